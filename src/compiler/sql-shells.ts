import type { Mode, Step } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';

/** `cockroach sql` that waits for statements: not one that is given them. */
const OPENS = /^cockroach sql(?=\s|$)(?![^]*(?:\s(?:-e|-f|--execute|--file)\b|[<|]))/;
const LEAVES = /^(?:\\q|quit|exit)\b/m;

/** A shell that a page shows. A step of both modes makes those the same that each mode has a block of its own for. */
interface Shell {
  sameAs?: Shell;
}

/**
 * Which SQL steps of a page a reader sees typed into one shell: those below a `cockroach sql` block, up to `\q` or the
 * next such block. Programs and files between them do not leave it, for a reader may have several terminals.
 */
export class SqlShells {
  readonly #open: Partial<Record<Mode, Shell>> = {};
  readonly #steps = new Map<Step, Shell>();

  /** Takes note of a block, in the page's order; `step` when it can be run. */
  see(language: string, text: string, mode: Mode | null, step?: Step): void {
    const modes = MODES.filter((each) => mode === null || mode === each);
    if (language === 'shell' && OPENS.test(text.trim())) {
      const shell = {};
      for (const each of modes) this.#open[each] = shell;
      if (step) this.#steps.set(step, shell);
    } else if (language === 'sql' && step) {
      const [shell, other] = modes.flatMap((each) => this.#open[each] ?? []).map(firstOf);
      if (shell && other && shell !== other) other.sameAs = shell;
      if (shell) this.#steps.set(step, shell);
    } else if (language === 'sql' && LEAVES.test(text)) {
      for (const each of modes) delete this.#open[each];
    }
  }

  /** Writes into the steps which session they share: the page's name with the number of the shell. */
  nameSessions(page: string): void {
    const numbers = new Map<Shell, number>();
    for (const [step, of] of this.#steps) {
      const shell = firstOf(of);
      numbers.set(shell, numbers.get(shell) ?? numbers.size + 1);
      if (step.kind !== 'file') step.session = `${page}:${numbers.get(shell)}`;
    }
  }
}

function firstOf(shell: Shell): Shell {
  return shell.sameAs ? firstOf(shell.sameAs) : shell;
}
