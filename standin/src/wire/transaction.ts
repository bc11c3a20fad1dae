import type { TransactionStatus } from '../protocol/message-types.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { retryError } from '../sql/results/retry-error.ts';
import type { Modes, Savepoint, TransactionControl } from '../sql/translation/context.ts';
import { quoteName, quoteText } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';
import type { CommitOrder } from './commit-order.ts';
import { Companions } from './companions.ts';
import { RetryLog } from './retry-log.ts';
import { Savepoints } from './savepoints.ts';

const STATUS: Record<TransactionControl['state'], TransactionStatus> = {
  none: 'I',
  open: 'T',
  committed: 'T',
  aborted: 'E',
};

/**
 * The transaction as the client sees it (cockroachlabs.com/docs/stable/transactions,
 * advanced-client-side-transaction-retries). PostgreSQL keeps its snapshot across ROLLBACK TO SAVEPOINT, so there
 * rolling back to an initial savepoint, such as `cockroach_restart`, begins a new transaction. Its time stays that of
 * the first BEGIN: `crdb.began` tells it to PostgreSQL, where `crdb.now()` returns it.
 */
export class Transaction implements TransactionControl {
  backend: Backend;
  priority = 'normal';
  /** The connections to other databases that take part in the transaction. */
  readonly companions = new Companions();
  readonly log = new RetryLog();
  readonly addedColumns = new Set<string>();
  readonly droppedTables = new Set<string>();
  readonly createdTables = new Set<string>();
  readonly renamedTables = new Set<string>();
  readonly #savepoints = new Savepoints();
  /** Whether PostgreSQL has ended the transaction with a conflict: then savepoints that are not initial are lost. */
  #conflicted = false;
  #committed = false;
  #broken = false;
  #readOnly = false;
  #began = '';
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

  get savepoints(): readonly Savepoint[] {
    return this.#savepoints.list;
  }

  noteColumn(name: string): void {
    if (this.state === 'open') this.addedColumns.add(name);
  }

  noteCreated(table: string): void {
    if (this.state === 'open') this.createdTables.add(table);
  }

  noteDropped(table: string): void {
    // The name of a table that this very transaction has created is free again at once.
    if (this.state === 'open' && !this.createdTables.delete(table)) this.droppedTables.add(table);
  }

  noteRenamed(table: string): void {
    if (this.state === 'open') this.renamedTables.add(table);
  }

  /** Records that a statement has read or written: from then on savepoints are not initial. */
  touch(): void {
    this.#touched = true;
  }

  /** Records that a statement has changed the schema. */
  noteDefinition(): void {
    this.#savepoints.noteDefinition();
  }

  async begin(modes: Modes): Promise<void> {
    if (this.state !== 'none')
      throw new StatementError(SQLSTATE.uncategorized, 'there is already a transaction in progress');
    this.#readOnly = modes.readOnly;
    this.priority = modes.priority;
    this.#began = timeNow();
    await this.#begin();
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
    if (this.backend.status !== 'I') await this.#tell('ROLLBACK');
    this.#over();
    return state === 'committed' ? 'COMMIT' : 'ROLLBACK';
  }

  async savepoint(name: string, restarts: boolean): Promise<void> {
    this.#need(this.state);
    this.#savepoints.add(name, !this.#touched, restarts);
    await this.#tell(`SAVEPOINT ${quoteName(name)}`);
  }

  async rollbackTo(name: string): Promise<void> {
    const entry = this.#savepoints.find(name);
    this.#savepoints.checkRollback(entry, this.priority);
    if (this.#conflicted && !entry.isInitial)
      throw StatementError.of(
        retryError(
          'restart transaction: TransactionRetryWithProtoRefreshError: ' +
            'cannot rollback to savepoint after a transaction restart',
        ),
      );
    this.#savepoints.rollBackTo(entry);
    if (!entry.isInitial) return await this.#tell(`ROLLBACK TO SAVEPOINT ${quoteName(name)}`);
    const kept = [...this.#savepoints.list];
    await this.restart();
    for (const { name: again, commitsOnRelease } of kept) {
      const set = (): Promise<void> => this.savepoint(again, commitsOnRelease);
      await set();
      this.log.done.push({ again: set, seals: false, sent: true });
    }
  }

  async release(name: string): Promise<string> {
    const entry = this.#savepoints.find(name);
    if (!entry.commitsOnRelease) {
      this.#savepoints.release(entry);
      await this.#tell(`RELEASE SAVEPOINT ${quoteName(name)}`);
      return 'RELEASE';
    }
    try {
      await this.#commitInOrder();
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    this.#committed = true;
    return 'COMMIT';
  }

  /** Marks the transaction as failed, after an error that PostgreSQL has perhaps not seen. */
  async fail(error: ErrorFields): Promise<void> {
    if (this.backend.status === 'T')
      await this.backend.rows('ROLLBACK TO SAVEPOINT "none has this name"').catch(() => undefined);
    this.#conflicted ||= isConflict(error);
  }

  /** Restarts the transaction with the same modes and the same time. */
  async restart(): Promise<void> {
    if (this.backend.status !== 'I') await this.#tell('ROLLBACK');
    await this.#begin();
  }

  async #begin(): Promise<void> {
    const begin = this.#readOnly ? 'BEGIN READ ONLY' : 'BEGIN';
    await this.#tell(`${begin}; SET LOCAL crdb.began = ${quoteText(this.#began)}`);
    this.#over();
  }

  async #tell(sql: string): Promise<void> {
    await this.companions.tell(this.backend, sql);
  }

  #need(state: TransactionControl['state']): void {
    if (state === 'none') throw new StatementError(SQLSTATE.uncategorized, 'there is no transaction in progress');
  }

  async #commitInOrder(): Promise<void> {
    await this.#order.turn(this.backend);
    await this.#tell('COMMIT');
  }

  #over(): void {
    this.#committed = this.#broken = this.#touched = this.#conflicted = false;
    this.log.clear();
    this.#savepoints.clear();
    for (const noted of [this.addedColumns, this.createdTables, this.droppedTables, this.renamedTables]) noted.clear();
  }
}

/** Whether the transaction has met another one. `force_retry` and `force_error` only act as if. */
function isConflict({ code, message }: ErrorFields): boolean {
  const isReal = message.startsWith('restart transaction: TransactionRetryWithProtoRefreshError');
  return code === SQLSTATE.serializationFailure && isReal;
}

/** The current time, with microseconds, as PostgreSQL reads it. */
export function timeNow(): string {
  const microseconds = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  const fraction = String(microseconds % 1_000_000).padStart(6, '0');
  return `${new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, 19)}.${fraction}Z`;
}
