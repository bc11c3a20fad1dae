import { StatementError } from '../protocol/statement-error.ts';
import { systemTimeNow, timestampOf, type SystemTime } from '../sql/time-travel/system-time.ts';
import type { Modes } from '../sql/translation/context.ts';
import type { Statement } from '../sql/text/statement.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';
import type { History } from './history.ts';

/**
 * What BEGIN and SET TRANSACTION said of a transaction: whether it may write, and the time that it reads at. With these
 * it begins in PostgreSQL, and again after a restart.
 */
export class TransactionModes {
  /** Undefined for the session's default. */
  readOnly: boolean | undefined;
  /** The time that it reads at; undefined for the present. */
  readTime: SystemTime | undefined;
  /** Whether the session's database is known as it was at `readTime`. */
  #isPastKnown = true;
  /** The time of the first BEGIN. */
  #began = '';
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  /** Takes what BEGIN said, and the time of now. */
  set({ readOnly, readTime }: Modes): void {
    this.readOnly = readOnly;
    this.readTime = readTime;
    this.#began = timestampOf(systemTimeNow());
  }

  /** Returns to the session's default, at the end of the transaction. */
  clear(): void {
    this.readTime = this.readOnly = undefined;
  }

  /** Begins the transaction in PostgreSQL; `tell` sends its BEGIN. */
  async begin(backend: Backend, tell: (sql: string) => Promise<void>): Promise<void> {
    if (this.readTime) this.#isPastKnown = await this.#history.begin(backend, tell, this.readTime);
    else {
      const mode = this.readOnly === undefined ? '' : this.readOnly ? ' READ ONLY' : ' READ WRITE';
      await tell(`BEGIN${mode}; SET LOCAL crdb.began = ${quoteText(this.#began)}`);
    }
  }

  /**
   * Checks a statement in a database when the transaction reads the past. With `isOwn` it reads the session's database
   * only; others are known only as they are now. Throws StatementError for what cannot be read.
   */
  checkPast(database: string, statement: Statement, isOwn: boolean): void {
    if (!this.readTime) return;
    const isKnown = isOwn ? this.#isPastKnown : this.#history.isPresent(this.readTime);
    this.#history.check(database, statement, this.readTime, isKnown);
  }

  /** Returns the error of a statement, judged by the time at which it read. */
  judge(error: unknown): unknown {
    if (!this.readTime || !(error instanceof StatementError)) return error;
    return this.#history.judge(error, this.readTime);
  }
}
