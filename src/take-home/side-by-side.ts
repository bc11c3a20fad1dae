import { SCRIPT_REMARKS } from '../sentences/take-home-sentences.ts';
import type { Group } from './groups.ts';
import { heredoc } from './shell-words.ts';

/** Bash itself uses the numbers from 10 on, for a few files. */
const FIRST_FILE = 20;
/** How long a session gets to answer before another one goes on, in seconds. */
const ANSWER_SECONDS = 2;

/** Writes SQL sessions that stay open side by side in a script: each reads what is written to its own file. */
export class SideBySide {
  readonly #files = new Map<string, number>();

  /** Returns lines that send statements to the session, which `command` opens if it is not open yet. */
  lines({ name, statements }: Group & { is: 'kept-open' }, command: string, text: string): string[] {
    const { user, database } = statements[0]!.sent;
    const key = JSON.stringify([name, user, database]);
    const known = this.#files.get(key);
    const file = known ?? FIRST_FILE + this.#files.size;
    this.#files.set(key, file);
    // A statement that fails must not end the session.
    const open = [`# ${SCRIPT_REMARKS.keptOpen}`, `exec ${file}> >(exec ${command} --set=errexit=false)`];
    return [...(known === undefined ? open : []), ...heredoc(`cat >&${file} `, text), `sleep ${ANSWER_SECONDS}`];
  }

  /** Returns lines that end all sessions. */
  end(): string[] {
    if (this.#files.size === 0) return [];
    const closed = [...this.#files.values()].map((file) => `${file}>&-`);
    return ['', `exec ${closed.join(' ')}`, `sleep ${ANSWER_SECONDS}`];
  }
}
