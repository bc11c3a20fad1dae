import { readAnswers } from './results.ts';
import { type Connection, ConnectionLost } from './server-connection.ts';
import type { ConnectOptions } from './connect-options.ts';
import { errorText } from './error-text.ts';
import { formatAnswer } from './formats.ts';
import type { Settings } from './settings.ts';
import { countStatements } from './completeness.ts';

const MULTIPLE =
  'Note: timings for multiple statements on a single line are not supported. See https://go.crdb.dev/issue-v/48180/v21.1.';
const SYNTAX_ERROR = '42601';

/** What a statement failed with. */
export interface Failure {
  /** In the words of the shell, without `ERROR: ` before it. */
  text: string;
  /** The statement could not be read, so nothing of it was done. */
  unreadable: boolean;
}

/**
 * Where the shell's statements go: one connection, made anew when it was lost, and the settings of how answers are
 * printed.
 */
export class Session {
  readonly options: ConnectOptions;
  readonly settings: Settings;
  readonly #connect: () => Promise<Connection>;
  readonly #interactive: boolean;
  #connection: Connection | undefined;

  constructor(options: ConnectOptions, settings: Settings, interactive: boolean, connect: () => Promise<Connection>) {
    this.options = options;
    this.settings = settings;
    this.#interactive = interactive;
    this.#connect = connect;
  }

  /** The live connection. Throws CommandError when there can be none. */
  async connection(): Promise<Connection> {
    if (this.#connection && !this.#connection.lost) return this.#connection;
    if (this.#connection && this.#interactive)
      process.stderr.write('warning: connection lost!\nopening new connection: all session settings will be lost\n');
    return (this.#connection = await this.#connect());
  }

  /** One value, for the shell's own needs; undefined when the server does not give it. */
  async value(statement: string): Promise<string | undefined> {
    try {
      const { answers } = readAnswers(await (await this.connection()).query(statement));
      return answers[0]?.rows[0]?.[0] ?? undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Runs a text of one or more statements and prints the answers. Gives what it failed with, printing nothing of that.
   */
  async run(text: string): Promise<Failure | undefined> {
    if (this.settings.is('echo')) process.stderr.write(`> ${text}\n`);
    const startedMs = performance.now();
    try {
      const { answers, error } = readAnswers(await (await this.connection()).query(text));
      for (const answer of answers)
        process.stdout.write(
          formatAnswer(answer, this.settings.format) + this.#times(text, performance.now() - startedMs),
        );
      return error && { text: errorText(error, { severity: false }), unreadable: error.code === SYNTAX_ERROR };
    } catch (cause) {
      const message = (cause as Error).message;
      return { text: cause instanceof ConnectionLost ? `connection lost.\n\n${message}` : message, unreadable: false };
    }
  }

  /** Has the server give up the statement under way, if there is one. */
  cancel(): void {
    this.#connection?.cancel();
  }

  /** Ends the connection. Idempotent. */
  async close(): Promise<void> {
    await this.#connection?.close();
  }

  #times(text: string, tookMs: number): string {
    if (!this.settings.is('show_times')) return '';
    const digits = this.settings.is('verbose_times') ? 3 : 0;
    return `\n${countStatements(text) > 1 ? MULTIPLE : `Time: ${tookMs.toFixed(digits)}ms total`}\n\n`;
  }
}
