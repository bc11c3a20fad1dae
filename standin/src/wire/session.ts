import { randomBytes } from 'node:crypto';
import { StatementError } from '../protocol/statement-error.ts';
import { errorResponse, parameterStatus, ready } from '../protocol/messages.ts';
import { lookUpShapes } from '../sql/translation/shape-lookup.ts';
import type { TableShapes } from '../sql/translation/table-shape.ts';
import type { Context, SessionControl } from '../sql/translation/context.ts';
import type { Translation } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Assignment } from '../sql/session/set-config.ts';
import { changedDefaults } from '../sql/session/session-defaults.ts';
import { settingForPostgres } from '../sql/session/variables.ts';
import type { SessionFacts } from '../sql/translation/node.ts';
import { Activity } from './activity.ts';
import type { Backend } from './backend.ts';
import type { Cluster, OpenSession } from './cluster.ts';
import { PendingJobs } from './job-log.ts';
import type { Outbox } from './outbox.ts';
import type { DiskSpace } from './disk-space.ts';
import { finalError } from './final-error.ts';
import { ReportedSettings } from './reported-settings.ts';
import { nameDatabase, sendVariables } from './settings-of-backend.ts';
import { createdRelation, type Writing } from './writing.ts';
import { translateInState } from './translating.ts';
import { Transaction } from './transaction.ts';

/** PostgreSQL's database for a session that is in no database, as after dropping its own. */
export const NO_DATABASE = 'system';

/** One client's session: its user, its database, its transaction and its variables. */
export class Session implements SessionControl, OpenSession {
  readonly activity: Activity;
  readonly cancelKey = randomBytes(8);
  readonly user: string;
  readonly variables: Map<string, string>;
  readonly outbox: Outbox;
  readonly transaction: Transaction;
  readonly context: Context;
  readonly #jobs: PendingJobs;
  /** Called to end the client's connection. */
  onEnd: () => void = () => undefined;
  /** Called to forget the client's prepared statements. */
  onDiscard: () => void = () => undefined;
  readonly #cluster: Cluster;
  readonly #reported: ReportedSettings;
  #database: string;
  /** Whether USE has changed the database in the transaction. */
  #hasMoved = false;
  readonly #leaveCluster: () => void;
  #leaveOrder: () => void;
  /** The statement that was translated last. */
  #source = '';

  /** `backend` is logged in as the user; `database` is the client's, and need not exist. */
  constructor(
    cluster: Cluster,
    backend: Backend,
    outbox: Outbox,
    start: { user: string; database: string; variables: Map<string, string>; client: string },
  ) {
    this.#cluster = cluster;
    this.user = start.user;
    this.#database = start.database;
    this.variables = start.variables;
    this.#reported = new ReportedSettings(start.variables);
    this.activity = new Activity(start.user, start.client);
    this.#jobs = new PendingJobs(cluster.jobs, start.user);
    this.outbox = outbox;
    this.transaction = new Transaction(backend, cluster.order, cluster.history);
    this.#leaveOrder = cluster.order.enter(backend);
    this.#leaveCluster = cluster.enter(this);
    outbox.onFlush = () => this.transaction.log.noteSent();
    outbox.onPressure = (slow) => {
      for (const backend of this.#backends) backend.pause(slow);
    };
    this.context = this.#makeContext(() => this.#database);
  }

  get backend(): Backend {
    return this.transaction.backend;
  }

  /** The connection to the session's database, and those to others. */
  get #backends(): Backend[] {
    return [this.backend, ...this.transaction.companions.all];
  }

  get id(): string {
    return this.activity.id;
  }

  get lastTookMs(): number {
    return this.activity.lastTookMs;
  }

  get facts(): SessionFacts {
    return this.activity.facts(this.variables.get('application_name') ?? '');
  }

  get secure(): boolean {
    return this.#cluster.secure;
  }

  async translate(statement: Statement, context = this.context): Promise<Translation> {
    this.#source = statement.source;
    this.transaction.checkPast(context.database, statement);
    return await translateInState(statement, context, this.transaction);
  }

  /**
   * Returns the connection to another database, which takes part in the session's transaction. It is closed by `rest`.
   * Throws StatementError.
   */
  async companion(database: string): Promise<Backend> {
    const { companions } = this.transaction;
    return await companions.get(database, this.backend, async () => await this.#connectTo(database));
  }

  /** Tells the client which of its settings have changed, and that it may send its next message. */
  becomeReady(): void {
    for (const [name, value] of this.#reported.changes()) this.outbox.put(parameterStatus(name, value));
    this.outbox.put(ready(this.transaction.status));
    this.outbox.flush();
  }

  /** Closes the connections to other databases, unless a transaction needs them. */
  async rest(): Promise<void> {
    if (this.transaction.state !== 'none') return;
    this.transaction.companions.leave();
    // A ROLLBACK takes back what PostgreSQL was told in the transaction.
    if (this.#hasMoved && !this.backend.lost) await nameDatabase(this.backend, this.#database);
    this.#hasMoved = false;
  }

  /** Returns what a translator may know and do in another database, on a connection to it. */
  contextIn(database: string, backend: Backend): Context {
    return {
      ...this.context,
      database,
      query: (sql) => backend.rows(sql),
      execute: (...statements) => backend.execute(...statements),
      executeAsRoot: (...statements) => this.#once('root', database, statements),
    };
  }

  /**
   * Tells the client why a statement failed, and marks its transaction as failed. Rethrows anything but a
   * StatementError.
   */
  async fail(cause: unknown): Promise<void> {
    const error = this.transaction.modes.judge(cause);
    if (!(error instanceof StatementError)) throw error;
    await this.transaction.fail(error.fields);
    this.outbox.put(errorResponse(await finalError(error, this.#source, this, this.#cluster)));
  }

  requireRoomForDatabase(): void {
    this.#cluster.disk.requireRoomForDatabase();
  }

  /** The databases that the transaction uses. */
  get databases(): string[] {
    return this.#backends.map(({ database }) => database);
  }

  get disk(): DiskSpace {
    return this.#cluster.disk;
  }

  /** Makes room on the full disk, in the databases of the transaction. */
  async makeRoom(): Promise<void> {
    await this.#cluster.makeRoom(this.databases);
  }

  /** Does what a successful statement does beyond its answer: `cockroach node drain` uses SQL. */
  afterwards(statement: Statement): void {
    if (statement.tokens.some((token) => isWord(token, 'standin_drain'))) this.#cluster.drain();
    const created = createdRelation(statement);
    if (created !== undefined) this.noteCreated(created);
    this.#jobs.note(statement, this.transaction.state !== 'none');
  }

  /** Connects this user to another database, and tells PostgreSQL there the session's variables and database. */
  async #connectTo(database: string): Promise<Backend> {
    const backend = await this.#cluster.connect(this.user, database);
    await sendVariables(backend, this.variables);
    await nameDatabase(backend, this.#database);
    return backend;
  }

  /** Keeps the variables that a statement set by `set_config`, and tells PostgreSQL. */
  async assign(assigned: readonly Assignment[]): Promise<void> {
    for (const { name, value } of assigned) {
      const telling = settingForPostgres(name, value);
      if (telling) await this.backend.execute(telling);
      this.variables.set(name, value);
    }
  }

  /** A transaction that has changed the schema looks it up each time, because others do not see it yet. */
  async shapes(paths: readonly string[][], context: Context): Promise<TableShapes> {
    if (this.transaction.hasDefinitions) return await lookUpShapes(paths, context);
    return await this.#cluster.shapes.shapes(paths, context);
  }

  /** Records that the schema may have changed. */
  forgetShapes(): void {
    this.#cluster.shapes.clear();
  }

  noteCreated(relation: string): void {
    this.#cluster.history.noteCreated(this.#database, relation);
  }

  /** Carries out a statement that commits by itself; when it writes, the state before is kept. */
  async keepingHistory(writing: Writing | undefined, run: () => Promise<void>): Promise<void> {
    if (writing) await this.#cluster.history.write(this.#database, writing === 'changes', run);
    else await run();
  }

  discard(): void {
    this.variables.clear();
    for (const [name, value] of changedDefaults(this.#cluster.settings)) this.variables.set(name, value);
    this.onDiscard();
  }

  async leaveDatabase(database: string): Promise<void> {
    await this.#cluster.vacate(database, this);
  }

  cancel(): void {
    for (const backend of this.#backends) backend.cancel();
  }

  async vacate(database: string, always: boolean): Promise<void> {
    if (this.transaction.state === 'none' || always) this.transaction.companions.leave(database);
    if (this.backend.database !== database) return;
    if (this.transaction.state !== 'none' && !always) return;
    const next = await this.#cluster.connect(this.user, NO_DATABASE);
    await nameDatabase(next, this.#database);
    this.#moveTo(next);
  }

  end(): void {
    this.cancel();
    this.onEnd();
  }

  /** Removes the session from the cluster and disconnects from PostgreSQL. Can be called twice. */
  close(): void {
    this.#leaveCluster();
    this.#leaveOrder();
    this.transaction.companions.leave();
    this.backend.close();
  }

  #makeContext(database: () => string): Context {
    return {
      user: this.user,
      get database() {
        return database();
      },
      query: (sql) => this.backend.rows(sql),
      execute: (...statements) => this.backend.execute(...statements),
      executeIn: (name, ...statements) => this.#once(this.user, name, statements),
      executeAsRoot: (...statements) => this.#once('root', this.backend.database, statements),
      useDatabase: (name) => this.#use(name),
      clusterSettings: this.#cluster.settings,
      session: this,
      node: this.#cluster.control,
    };
  }

  async #use(database: string): Promise<void> {
    if (this.transaction.state !== 'none') return await this.#useInTransaction(database);
    const next = await this.#cluster.connect(this.user, database);
    await sendVariables(next, this.variables);
    this.#moveTo(next);
    this.#database = database;
  }

  /** Makes the connection to another database the session's; both stay in the transaction. */
  async #useInTransaction(database: string): Promise<void> {
    await this.companion(database);
    const own = this.backend;
    const next = this.transaction.companions.swap(database, own);
    this.#leaveOrder();
    this.transaction.backend = next;
    this.#leaveOrder = this.#cluster.order.enter(next);
    this.#database = database;
    this.#hasMoved = true;
    for (const backend of [own, next]) await nameDatabase(backend, database);
    // What was done before cannot be repeated here.
    this.transaction.log.sealed = true;
  }

  async #once(user: string, database: string, statements: string[]): Promise<void> {
    const backend = await this.#cluster.connect(user, database);
    try {
      await backend.execute(...statements);
    } finally {
      backend.close();
    }
  }

  #moveTo(next: Backend): void {
    next.onEnd = this.backend.onEnd;
    this.#leaveOrder();
    this.backend.close();
    this.transaction.backend = next;
    this.#leaveOrder = this.#cluster.order.enter(next);
  }
}
