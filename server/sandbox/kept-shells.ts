import { createHash } from 'node:crypto';
import { MAX_SESSIONS } from '../../shared/limits.ts';
import type { Step } from '../../shared/protocol.ts';

/** A step that runs a command. */
type ShellStep = Step & { kind: 'shell' };

/** What bash reads before a step of a kept shell; it documents the variables. */
const BEFORE_STEP = '/opt/agent/kept-shell.bash';
/** How many steps of each shell are remembered; limited, because clients can name any number. */
const REMEMBERED_STEPS = 64;

/**
 * The shells of a sandbox that steps share: their directories, variables and so on. Each step is a bash of its own,
 * which takes over the state that the one before has left in a file in the sandbox. The server only knows which steps a
 * shell has done, so that it begins anew when all of them are done again.
 */
export class KeptShells {
  readonly #done = new Map<string, string[]>();
  readonly #isNew = new Set<string>();

  /**
   * Prepares for a run of these steps. Begins a shell anew when the run repeats everything that was done in it, and
   * has more than one of its steps. A step that is run again on its own goes on in its shell, as if typed again.
   */
  beginRun(steps: readonly Step[]): void {
    for (const [shell, done] of this.#done) {
      const again = steps.filter((step) => step.kind === 'shell' && step.shell === shell);
      if (again.length < 2 || !done.every((id) => again.some((step) => step.id === id))) continue;
      this.#done.delete(shell);
      this.#isNew.add(shell);
      // A run that fails early never begins its shells.
      if (this.#isNew.size > MAX_SESSIONS) this.#isNew.delete(this.#isNew.values().next().value!);
    }
  }

  /** Returns the variables with which bash runs a step in its shell. */
  environmentOf({ id, shell = '', background }: ShellStep): Record<string, string> {
    const use = background ? 'look' : this.#isNew.delete(shell) ? 'new' : 'go-on';
    if (!background) this.#note(shell, id);
    return { BASH_ENV: BEFORE_STEP, KEPT_SHELL: fileOf(shell), KEPT_SHELL_USE: use };
  }

  #note(shell: string, step: string): void {
    const done = this.#done.get(shell) ?? [];
    this.#done.delete(shell);
    this.#done.set(shell, [...done.filter((id) => id !== step), step].slice(-REMEMBERED_STEPS));
    if (this.#done.size > MAX_SESSIONS) this.#done.delete(this.#done.keys().next().value!);
  }
}

/** Returns the file in the sandbox that has a shell's state. Its name needs no quotes. */
function fileOf(shell: string): string {
  return `/tmp/.shell-${createHash('sha256').update(shell).digest('hex').slice(0, 16)}`;
}
