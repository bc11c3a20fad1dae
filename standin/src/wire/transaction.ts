import type { TransactionStatus } from '../protocol/message-types.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { TransactionControl } from '../sql/translation/context.ts';
import { quoteName } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';
import type { CommitOrder } from './commit-order.ts';
import { RetryLog } from './retry-log.ts';

/** Releasing the savepoint with this name commits, and rolling back to it restarts the transaction. */
const RESTART = 'cockroach_restart';
const STATUS: Record<TransactionControl['state'], TransactionStatus> = {
  none: 'I',
  open: 'T',
  committed: 'T',
  aborted: 'E',
};

/**
 * The transaction as the client sees it (cockroachlabs.com/docs/stable/transactions,
 * advanced-client-side-transaction-retries). PostgreSQL keeps its snapshot across ROLLBACK TO SAVEPOINT, so there
 * rolling back to `cockroach_restart` begins a new transaction.
 */
export class Transaction implements TransactionControl {
  backend: Backend;
  priority = 'normal';
  readonly log = new RetryLog();
  readonly addedColumns = new Set<string>();
  readonly droppedTables = new Set<string>();
  #committed = false;
  #broken = false;
  #begin = 'BEGIN';
  #touched = false;
  readonly #order: CommitOrder;

  constructor(backend: Backend, order: CommitOrder) {
    this.backend = backend;
    this.#order = order;
  }

  get state(): TransactionControl['state'] {
    if (this.#committed) return 'committed';
    if (this.#broken || this.backend.status === 'E') return 'aborted';
    return this.backend.status === 'T' ? 'open' : 'none';
  }

  /** The state for the client's ReadyForQuery. */
  get status(): TransactionStatus {
    return STATUS[this.state];
  }

  setPriority(priority: string): void {
    this.priority = priority;
  }

  noteColumn(name: string): void {
    if (this.state === 'open') this.addedColumns.add(name);
  }

  noteDropped(table: string): void {
    if (this.state === 'open') this.droppedTables.add(table);
  }

  /** Records that a statement has read or written: from then on it is too late for `SAVEPOINT cockroach_restart`. */
  touch(): void {
    this.#touched = true;
  }

  async begin(modes: { readOnly: boolean; priority: string }): Promise<void> {
    if (this.state !== 'none')
      throw new StatementError(SQLSTATE.uncategorized, 'there is already a transaction in progress');
    this.#begin = modes.readOnly ? 'BEGIN READ ONLY' : 'BEGIN';
    this.priority = modes.priority;
    await this.backend.rows(this.#begin);
    this.#begun();
  }

  async commit(): Promise<string> {
    const state = this.state;
    this.#need(state);
    if (state === 'aborted') return await this.rollback();
    if (state === 'open') await this.#commitInOrder();
    this.#over();
    return 'COMMIT';
  }

  async rollback(): Promise<string> {
    const state = this.state;
    this.#need(state);
    if (this.backend.status !== 'I') await this.backend.rows('ROLLBACK');
    this.#over();
    return state === 'committed' ? 'COMMIT' : 'ROLLBACK';
  }

  async savepoint(name: string): Promise<void> {
    this.#need(this.state);
    if (name === RESTART && this.#touched)
      throw new StatementError(
        SQLSTATE.syntaxError,
        `SAVEPOINT "${RESTART}" needs to be the first statement in a transaction`,
      );
    await this.backend.rows(`SAVEPOINT ${quoteName(name)}`);
  }

  async rollbackTo(name: string): Promise<void> {
    this.#needSavepoint(name);
    if (name !== RESTART) return void (await this.backend.rows(`ROLLBACK TO SAVEPOINT ${quoteName(name)}`));
    await this.restart();
    await this.backend.rows(`SAVEPOINT ${quoteName(name)}`);
  }

  async release(name: string): Promise<string> {
    this.#needSavepoint(name);
    await this.backend.rows(`RELEASE SAVEPOINT ${quoteName(name)}`);
    if (name !== RESTART) return 'RELEASE';
    await this.#order.turn(this.backend);
    try {
      await this.backend.rows('COMMIT');
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    this.#committed = true;
    return 'COMMIT';
  }

  /** Marks the transaction as failed, after an error that PostgreSQL has not seen. */
  async fail(): Promise<void> {
    if (this.backend.status === 'T')
      await this.backend.rows('ROLLBACK TO SAVEPOINT "none has this name"').catch(() => undefined);
  }

  /** Restarts the transaction with the same modes. */
  async restart(): Promise<void> {
    if (this.backend.status !== 'I') await this.backend.rows('ROLLBACK');
    await this.backend.rows(this.#begin);
    this.#begun();
  }

  #need(state: TransactionControl['state']): void {
    if (state === 'none') throw new StatementError(SQLSTATE.uncategorized, 'there is no transaction in progress');
  }

  #needSavepoint(name: string): void {
    if (this.state === 'none')
      throw new StatementError(SQLSTATE.invalidSavepointSpecification, `savepoint "${name}" does not exist`);
  }

  async #commitInOrder(): Promise<void> {
    await this.#order.turn(this.backend);
    await this.backend.rows('COMMIT');
  }

  #begun(): void {
    this.#over();
    this.#touched = false;
  }

  #over(): void {
    this.#committed = this.#broken = false;
    this.log.clear();
    this.addedColumns.clear();
    this.droppedTables.clear();
  }
}
