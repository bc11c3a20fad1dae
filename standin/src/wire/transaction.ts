import type { TransactionStatus } from '../protocol/message-types.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { notSupported, StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import type { SystemTime } from '../sql/time-travel/system-time.ts';
import { isConflict, retryError } from '../sql/results/retry-error.ts';
import type { Modes, Savepoint, TransactionControl } from '../sql/translation/context.ts';
import type { Statement } from '../sql/text/statement.ts';
import { quoteName } from '../sql/text/quoting.ts';
import type { Backend } from './backend.ts';
import type { CommitOrder } from './commit-order.ts';
import { Companions } from './companions.ts';
import type { History } from './history.ts';
import { RetryLog } from './retry-log.ts';
import { SchemaChanges } from './schema-changes.ts';
import { Savepoints } from './savepoints.ts';
import { TransactionModes } from './transaction-modes.ts';
import { TransactionWrites } from './transaction-writes.ts';

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
  /** Changes when a transaction begins, begins again or ends. */
  number = 0;
  priority = 'normal';
  /** The connections to other databases that take part in the transaction. */
  readonly companions = new Companions();
  readonly log = new RetryLog();
  readonly modes: TransactionModes;
  readonly writes: TransactionWrites;
  readonly schema = new SchemaChanges(() => this.state === 'open');
  readonly #savepoints = new Savepoints();
  /** Whether PostgreSQL has ended the transaction with a conflict: then savepoints that are not initial are lost. */
  #conflicted = false;
  #committed = false;
  #broken = false;
  /** Whether it is only open here, for one statement that reads the past. */
  #isImplicit = false;
  #touched = false;

  constructor(backend: Backend, order: CommitOrder, history: History) {
    this.backend = backend;
    this.writes = new TransactionWrites(order, history);
    this.modes = new TransactionModes(history);
  }

  get state(): TransactionControl['state'] {
    if (this.#committed) return 'committed';
    if (this.#isImplicit) return 'none';
    if (this.#broken || this.backend.status === 'E') return 'aborted';
    return this.backend.status === 'T' ? 'open' : 'none';
  }

  /** The state for the client's ReadyForQuery. */
  get status(): TransactionStatus {
    return STATUS[this.state];
  }

  get readTime(): SystemTime | undefined {
    return this.modes.readTime;
  }

  setPriority(priority: string): void {
    if (this.#touched && priority !== this.priority)
      throw new StatementError(SQLSTATE.uncategorized, 'cannot change the user priority of a running transaction');
    this.priority = priority;
  }

  async setReadOnly(readOnly: boolean): Promise<void> {
    this.modes.readOnly = readOnly;
    await this.backend.rows(`SET TRANSACTION READ ${readOnly ? 'ONLY' : 'WRITE'}`);
  }

  checkNone(): void {
    if (this.state !== 'none')
      throw new StatementError(SQLSTATE.uncategorized, 'there is already a transaction in progress');
  }

  async readAt(time: SystemTime): Promise<void> {
    if (this.#touched) throw notSupported('SET TRANSACTION AS OF SYSTEM TIME after reads and writes');
    this.modes.readTime = time;
    const kept = [...this.#savepoints.list];
    await this.restart();
    for (const { name, commitsOnRelease } of kept) await this.savepoint(name, commitsOnRelease);
  }

  /** Begins a transaction for one statement that reads at that time. The client does not see it. */
  async beginRead(time: SystemTime): Promise<void> {
    this.#isImplicit = true;
    this.modes.readTime = time;
    await this.#begin();
  }

  /**
   * Checks a statement in a database, when the transaction reads the past. Other databases are known only as they are
   * now. Throws StatementError for what cannot be read.
   */
  checkPast(database: string, statement: Statement, readsOthers = false): void {
    this.modes.checkPast(database, statement, database === this.backend.database && !readsOthers);
  }

  /** Ends the transaction of `beginRead`, if there is one. */
  async endRead(): Promise<void> {
    if (!this.#isImplicit) return;
    this.#isImplicit = false;
    if (this.backend.status !== 'I') await this.#tell('ROLLBACK');
    this.#end();
  }

  get savepoints(): readonly Savepoint[] {
    return this.#savepoints.list;
  }

  /** Records that a statement has read or written: from then on savepoints are not initial. */
  touch(): void {
    this.#touched = true;
  }

  get hasDefinitions(): boolean {
    return this.#savepoints.hasDefinitions;
  }

  /** Records that a statement has changed the schema. */
  noteDefinition(): void {
    this.#savepoints.noteDefinition();
  }

  async begin(modes: Modes): Promise<void> {
    this.checkNone();
    this.priority = modes.priority;
    this.modes.set(modes);
    await this.#begin();
  }

  async commit(): Promise<string> {
    const state = this.state;
    this.#need(state);
    if (state === 'aborted') return await this.rollback();
    const failure = state === 'open' ? await this.schema.finish(this.backend) : undefined;
    if (state === 'open') await this.#commitInOrder();
    this.#end();
    if (failure) throw failure;
    return 'COMMIT';
  }

  async rollback(): Promise<string> {
    const state = this.state;
    this.#need(state);
    if (this.backend.status !== 'I') await this.#tell('ROLLBACK');
    this.#end();
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
    await this.modes.begin(this.backend, async (sql) => await this.#tell(sql));
    this.#over();
  }

  async #tell(sql: string): Promise<void> {
    await this.companions.tell(this.backend, sql);
  }

  #need(state: TransactionControl['state']): void {
    if (state === 'none') throw new StatementError(SQLSTATE.uncategorized, 'there is no transaction in progress');
  }

  async #commitInOrder(): Promise<void> {
    await this.writes.commit(this.backend, async () => await this.#tell('COMMIT'));
  }

  /** Forgets the transaction, which has ended. */
  #end(): void {
    this.#over();
    this.modes.clear();
  }

  #over(): void {
    this.number++;
    this.#committed = this.#broken = this.#touched = this.#conflicted = false;
    for (const part of [this.writes, this.log, this.#savepoints, this.schema]) part.clear();
  }
}
