import type { Mode, Step } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';

/** Matches `cockroach sql` that opens a shell, but not when statements are passed to it. */
const OPENS = /^cockroach sql(?=\s|$)(?![^]*(?:\s(?:-e|-f|--execute|--file)\b|[<|]))/;
const LEAVES = /^(?:\\q|quit|exit)\b/m;

/** Whether a command opens a SQL shell in which somebody types. */
export function opensSqlShell(command: string): boolean {
  return OPENS.test(command.trim());
}

/**
 * A SQL shell on a page. When each mode opens it in a block of its own, a later step of both modes joins the two with
 * `sameAs`.
 */
interface Shell {
  sameAs?: Shell;
}

/**
 * Finds out which SQL steps of a page belong to the same shell: those below a `cockroach sql` block, up to `\q` or the
 * next such block. Programs and files between them do not end it, because a reader can have several terminals. Steps
 * whose fences name a session belong to that one.
 */
export class SqlShells {
  readonly #open: Partial<Record<Mode, Shell>> = {};
  readonly #steps = new Map<Step, Shell>();
  readonly #named = new Map<Step, string>();

  /** Adds the page's next block, with its step when it is runnable, and the session's name that its fence gives. */
  addBlock(language: string, text: string, mode: Mode | null, step?: Step, named?: string): void {
    if (step && named !== undefined) this.#named.set(step, named);
    const modes = MODES.filter((each) => mode === null || mode === each);
    if (language === 'shell' && opensSqlShell(text)) {
      const shell = {};
      for (const each of modes) this.#open[each] = shell;
      if (step) this.#steps.set(step, shell);
    } else if (language === 'sql' && step) {
      if (named !== undefined) return;
      const [shell, other] = modes.flatMap((each) => this.#open[each] ?? []).map(firstOf);
      if (shell && other && shell !== other) other.sameAs = shell;
      if (shell) this.#steps.set(step, shell);
    } else if (language === 'sql' && LEAVES.test(text)) {
      for (const each of modes) delete this.#open[each];
    }
  }

  /** Sets the sessions of the steps: the page's name, and the number of the SQL shell or the name on the fence. */
  nameSessions(page: string): void {
    const numbers = new Map<Shell, number>();
    for (const [step, of] of this.#steps) {
      const shell = firstOf(of);
      numbers.set(shell, numbers.get(shell) ?? numbers.size + 1);
      if (step.kind !== 'file') step.session = `${page}:${numbers.get(shell)}`;
    }
    for (const [step, name] of this.#named) {
      if (step.kind === 'shell') step.shell = `${page}:${name}`;
      if (step.kind === 'sql') step.session = `${page}:${name}`;
    }
  }
}

function firstOf(shell: Shell): Shell {
  return shell.sameAs ? firstOf(shell.sameAs) : shell;
}
