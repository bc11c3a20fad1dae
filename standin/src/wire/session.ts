import { randomBytes } from 'node:crypto';
import { StatementError } from '../protocol/statement-error.ts';
import { errorResponse, parameterStatus, ready } from '../protocol/messages.ts';
import { refuseOwnNames } from '../sql/queries/own-names.ts';
import { refuseSystemColumns } from '../sql/queries/system-columns.ts';
import { lookUpShapes } from '../sql/translation/shape-lookup.ts';
import type { TableShapes } from '../sql/translation/table-shape.ts';
import type { Context, SessionControl } from '../sql/translation/context.ts';
import type { Translation } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import { quoteName } from '../sql/text/quoting.ts';
import { mentions } from '../sql/text/mentions.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Assignment } from '../sql/session/set-config.ts';
import { changedDefaults } from '../sql/session/session-defaults.ts';
import { settingForPostgres } from '../sql/session/variables.ts';
import type { SessionFacts } from '../sql/translation/node.ts';
import { Activity } from './activity.ts';
import type { Backend } from './backend.ts';
import type { Cluster, OpenSession } from './cluster.ts';
import { Connections } from './connections.ts';
import { PendingJobs } from './job-log.ts';
import type { Outbox } from './outbox.ts';
import { OpenPortal } from './open-portal.ts';
import { PreparedStatements } from './prepared.ts';
import type { DiskSpace } from './disk-space.ts';
import { finalError } from './final-error.ts';
import { refusalOfFault } from './own-fault.ts';
import { ReportedSettings } from './reported-settings.ts';
import { contextOfSession } from './session-context.ts';
import { createdRelation, type Writing } from './writing.ts';
import { translateInState } from './translating.ts';
import { Transaction } from './transaction.ts';

/** One client's session: its user, its database, its transaction and its variables. */
export class Session implements SessionControl, OpenSession {
  readonly activity: Activity;
  readonly cancelKey = randomBytes(8);
  readonly user: string;
  readonly variables: Map<string, string>;
  readonly outbox: Outbox;
  readonly transaction: Transaction;
  readonly connections: Connections;
  readonly context: Context;
  readonly prepared = new PreparedStatements();
  readonly openPortal: OpenPortal;
  readonly #jobs: PendingJobs;
  /** Called to end the client's connection. */
  onEnd: () => void = () => undefined;
  readonly #cluster: Cluster;
  readonly #reported: ReportedSettings;
  readonly #leaveCluster: () => void;
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
    this.variables = start.variables;
    this.#reported = new ReportedSettings(start.variables);
    this.activity = new Activity(start.user, start.client);
    this.#jobs = new PendingJobs(cluster.jobs, start.user);
    this.outbox = outbox;
    this.transaction = new Transaction(backend, cluster.order, cluster.history);
    this.openPortal = new OpenPortal(this.transaction);
    this.connections = new Connections(cluster, this.transaction, start);
    this.#leaveCluster = cluster.enter(this);
    outbox.leastNotice = () => this.variables.get('client_min_messages') ?? 'notice';
    outbox.onFlush = () => this.transaction.log.noteSent();
    outbox.onPressure = (slow) => {
      for (const backend of this.connections.all) backend.pause(slow);
    };
    this.context = contextOfSession(this, this.user, this.connections, cluster);
  }

  get backend(): Backend {
    return this.transaction.backend;
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
    refuseOwnNames(statement, this.#cluster.ownFunctions);
    refuseSystemColumns(statement);
    return await translateInState(statement, context, this.transaction);
  }

  /** Tells the client which of its settings have changed, and that it may send its next message. */
  becomeReady(): void {
    for (const [name, value] of this.#reported.changes()) this.outbox.put(parameterStatus(name, value));
    this.outbox.put(ready(this.transaction.status));
    this.outbox.flush();
  }

  /**
   * Tells the client why a statement failed, and marks its transaction as failed. Rethrows anything but a
   * StatementError.
   */
  async fail(cause: unknown): Promise<void> {
    const error = this.transaction.modes.judge(refusalOfFault(cause));
    if (!(error instanceof StatementError)) throw error;
    await this.transaction.fail(error.fields);
    this.outbox.put(errorResponse(await finalError(error, this.#source, this.connections, this.#cluster)));
  }

  requireRoomForDatabase(): void {
    this.#cluster.disk.requireRoomForDatabase();
  }

  get disk(): DiskSpace {
    return this.#cluster.disk;
  }

  /** Makes room on the full disk, in the databases of the transaction. */
  async makeRoom(): Promise<void> {
    await this.#cluster.makeRoom(this.connections.databases);
  }

  /** Does what a successful statement does beyond its answer: `cockroach node drain` uses SQL. */
  afterwards(statement: Statement): void {
    const { tokens } = statement;
    const isDrain = mentions(tokens, 'standin_drain') && tokens.some((token) => isWord(token, 'standin_drain'));
    if (isDrain) this.#cluster.drain();
    const created = createdRelation(statement);
    if (created !== undefined) this.noteCreated(created);
    this.#jobs.note(statement, this.transaction.state !== 'none');
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
    this.#cluster.history.noteCreated(this.connections.database, relation);
  }

  /** Carries out a statement that commits by itself; when it writes, the state before is kept. */
  async keepingHistory(writing: Writing | undefined, run: () => Promise<void>): Promise<void> {
    if (writing) await this.#cluster.history.write(this.connections.database, writing === 'changes', run);
    else await run();
  }

  discard(): void {
    this.variables.clear();
    for (const [name, value] of changedDefaults(this.#cluster.settings)) this.variables.set(name, value);
    this.prepared.clear();
  }

  async deallocate(name: string): Promise<boolean> {
    const known = this.prepared.findStatement(name);
    this.prepared.removeStatement(name);
    if (known?.parsedOn && !known.parsedOn.lost) await known.parsedOn.execute(`DEALLOCATE ${quoteName(name)}`);
    return known !== undefined;
  }

  deallocateAll(): void {
    this.prepared.removeStatements();
  }

  async leaveDatabase(database: string): Promise<void> {
    await this.#cluster.vacate(database, this);
  }

  async cancel(): Promise<void> {
    const isBusy = this.activity.query !== undefined;
    await Promise.all(this.connections.all.map(async (backend) => await backend.cancel(isBusy)));
  }

  async vacate(database: string, always: boolean): Promise<void> {
    await this.connections.vacate(database, always);
  }

  end(): void {
    void this.cancel();
    this.onEnd();
  }

  /** Cancels what the session is doing for a client that has gone, and disconnects from PostgreSQL. */
  async abandon(): Promise<void> {
    await this.cancel();
    this.close();
  }

  /** Removes the session from the cluster and disconnects from PostgreSQL. Can be called twice. */
  close(): void {
    this.#leaveCluster();
    this.connections.close();
  }
}
