import { countStatements } from './completeness.ts';
import type { ConnectOptions } from './connect-options.ts';
import { errorText } from './error-text.ts';
import { formatResult } from './formats.ts';
import { readResults } from './results.ts';
import { ConnectionLost, type ServerConnection } from './server-connection.ts';
import type { Settings } from './settings.ts';

const MULTIPLE =
  'Note: timings for multiple statements on a single line are not supported. ' +
  'See https://go.crdb.dev/issue-v/48180/v21.1.';
const SYNTAX_ERROR = '42601';

/** Why a statement failed. */
export interface Failure {
  /** As the shell prints it, without the leading `ERROR: `. */
  text: string;
  /** Whether the statement could not be parsed, so that nothing was done. */
  unreadable: boolean;
}

/**
 * Executes the shell's statements: sends them over one connection, reconnects when that was lost, and prints the
 * answers as the settings say.
 */
export class Executor {
  readonly options: ConnectOptions;
  readonly settings: Settings;
  readonly #connect: () => Promise<ServerConnection>;
  readonly #interactive: boolean;
  #connection: ServerConnection | undefined;

  constructor(
    options: ConnectOptions,
    settings: Settings,
    interactive: boolean,
    connect: () => Promise<ServerConnection>,
  ) {
    this.options = options;
    this.settings = settings;
    this.#interactive = interactive;
    this.#connect = connect;
  }

  /** Returns the live connection, connecting first if necessary. Throws CommandError when that fails. */
  async connection(): Promise<ServerConnection> {
    if (this.#connection && !this.#connection.lost) return this.#connection;
    if (this.#connection && this.#interactive)
      process.stderr.write('warning: connection lost!\nopening new connection: all session settings will be lost\n');
    return (this.#connection = await this.#connect());
  }

  /** Queries one value for the shell's own use; undefined when the server does not return one. */
  async value(statement: string): Promise<string | undefined> {
    try {
      const { results } = readResults(await (await this.connection()).query(statement));
      return results[0]?.rows[0]?.[0] ?? undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Executes a text of one or more statements and prints the results. Returns the failure, which is not printed yet.
   */
  async execute(text: string): Promise<Failure | undefined> {
    if (this.settings.is('echo')) process.stderr.write(`> ${text}\n`);
    const startedMs = performance.now();
    try {
      const { results, error } = readResults(await (await this.connection()).query(text));
      for (const result of results) {
        const shown = formatResult(result, this.settings.format);
        process.stdout.write(shown + this.#times(text, performance.now() - startedMs));
      }
      return error && { text: errorText(error, { severity: false }), unreadable: error.code === SYNTAX_ERROR };
    } catch (cause) {
      const message = (cause as Error).message;
      return { text: cause instanceof ConnectionLost ? `connection lost.\n\n${message}` : message, unreadable: false };
    }
  }

  /** Asks the server to cancel the running statement, if there is one. */
  cancel(): void {
    this.#connection?.cancel();
  }

  /** Ends the connection. Can be called twice. */
  async close(): Promise<void> {
    await this.#connection?.close();
  }

  #times(text: string, tookMs: number): string {
    if (!this.settings.is('show_times')) return '';
    const digits = this.settings.is('verbose_times') ? 3 : 0;
    return `\n${countStatements(text) > 1 ? MULTIPLE : `Time: ${tookMs.toFixed(digits)}ms total`}\n\n`;
  }
}
