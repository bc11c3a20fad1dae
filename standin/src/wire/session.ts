import { SQLSTATE } from '../protocol/sqlstate.ts';
import { randomBytes } from 'node:crypto';
import { StatementError } from '../protocol/statement-error.ts';
import type { Context, SessionControl } from '../sql/translation/context.ts';
import type { Translation } from '../sql/translation/translation.ts';
import { translateTransactionControl, translateStatement } from '../sql/translate-statement.ts';
import { settingForPostgres } from '../sql/session/variables.ts';
import { quoteText } from '../sql/text/quoting.ts';
import { splitStatements, type Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Backend } from './backend.ts';
import type { CommitOrder } from './commit-order.ts';
import type { Outbox } from './outbox.ts';
import { message, problemMessage, ready } from '../protocol/messages.ts';
import { Runner } from './simple.ts';
import { retrying } from './retrying.ts';
import { Transaction } from './transaction.ts';
import type { Frame } from '../protocol/message-reader.ts';

/** What sessions of one server share. */
export interface Server {
  order: CommitOrder;
  sessions: Set<Session>;
  /** The cluster settings that were changed, by name. */
  clusterSettings: Map<string, string>;
  open: (user: string, database: string) => Promise<Backend>;
  /** Clients come with TLS and certificates. */
  secure: boolean;
  drain: () => void;
  crash: (exitCode: number) => void;
}

/** One client's session: its transaction, its variables, and how its statements are run one by one. */
export class Session implements SessionControl {
  get secure(): boolean {
    return this.#server.secure;
  }

  readonly id = randomBytes(16).toString('hex');
  /** Whoever knows it may cancel what the session does. */
  readonly cancelKey = randomBytes(8);
  readonly user: string;
  /** Called when the client's prepared statements are to be forgotten. */
  onDiscard: () => void = () => undefined;
  readonly variables: Map<string, string>;
  readonly outbox: Outbox;
  readonly transaction: Transaction;
  readonly context: Context;
  readonly #server: Server;
  readonly #runner: Runner;
  #database: string;
  #leave: () => void;
  ended = false;

  constructor(
    server: Server,
    backend: Backend,
    outbox: Outbox,
    start: { user: string; database: string; variables: Map<string, string> },
    nextFrame: () => Promise<Frame | undefined>,
  ) {
    this.#server = server;
    this.user = start.user;
    this.#database = start.database;
    this.variables = start.variables;
    this.outbox = outbox;
    this.#runner = new Runner(this, nextFrame);
    this.transaction = new Transaction(backend, server.order);
    this.#leave = server.order.enter(backend);
    outbox.onFlush = () => this.#sealed();
    outbox.onPressure = (slow) => this.backend.pause(slow);
    const database = (): string => this.#database;
    this.context = {
      user: this.user,
      get database() {
        return database();
      },
      query: (sql) => this.backend.rows(sql),
      execute: async (...all) => {
        for (const sql of all) await this.backend.rows(sql);
      },
      executeIn: (name, ...all) => this.#once(this.user, name, all),
      executeAsRoot: (...all) => this.#once('root', this.backend.database, all),
      useDatabase: (name) => this.#use(name),
      clusterSettings: server.clusterSettings,
      session: this,
    };
    server.sessions.add(this);
  }

  get backend(): Backend {
    return this.transaction.backend;
  }

  get database(): string {
    return this.#database;
  }

  /** A simple query: every statement by itself, until one fails. */
  async query(source: string): Promise<void> {
    try {
      const statements = splitStatements(source);
      for (const statement of statements) translateTransactionControl(statement, this.context);
      if (!statements.length) this.outbox.put(message('I'));
      for (const statement of statements) await this.perform(statement.source, () => this.#runner.simple(statement));
    } catch (error) {
      await this.fail(error);
    }
    this.outbox.put(ready(this.transaction.status));
    this.outbox.flush();
  }

  /** Does a step, again where CockroachDB would retry by itself. Throws what the client must be told. */
  async perform(source: string, step: () => Promise<void>): Promise<void> {
    await retrying(this, source, step);
  }

  /** How a statement is carried out, or a refusal because of the transaction's state. */
  async translate(statement: Statement): Promise<Translation> {
    const state = this.transaction.state;
    const control = translateTransactionControl(statement, this.context);
    if (control && (state !== 'committed' || control.afterCommit)) return control;
    if (state === 'committed')
      throw new StatementError(
        SQLSTATE.invalidTransactionState,
        'current transaction is committed, commands ignored until end of transaction block',
      );
    if (state === 'aborted') {
      await this.#runner.onlySyntax(statement);
      throw new StatementError(
        SQLSTATE.inFailedSqlTransaction,
        'current transaction is aborted, commands ignored until end of transaction block',
      );
    }
    return await translateStatement(statement, this.context);
  }

  /** The client's next message. */
  async nextFrame(): Promise<Frame | undefined> {
    return await this.#runner.nextFrame();
  }

  /**
   * A connection of this user to another database, that tells the session's variables and database. The caller closes
   * it.
   */
  async connectTo(database: string): Promise<Backend> {
    const backend = await this.#server.open(this.user, database);
    await this.tellVariables(backend);
    await this.nameDatabase(backend);
    return backend;
  }

  /** Tells the client why a statement failed, and leaves its transaction failed. */
  async fail(error: unknown): Promise<void> {
    if (!(error instanceof StatementError)) throw error;
    const exit = /^\[exit (\d+)\]/.exec(error.message);
    if (exit) {
      this.crash(Number(exit[1]));
      throw new Error('the server ends');
    }
    await this.transaction.fail();
    this.outbox.put(problemMessage('E', error.fields));
  }

  async #use(database: string): Promise<void> {
    if (this.transaction.state !== 'none')
      throw new StatementError(
        SQLSTATE.featureNotSupported,
        'unimplemented: the stand-in for CockroachDB cannot change the database inside a transaction',
      );
    const next = await this.#server.open(this.user, database);
    await this.tellVariables(next);
    this.#moveTo(next);
    this.#database = database;
  }

  async #once(user: string, database: string, all: string[]): Promise<void> {
    const backend = await this.#server.open(user, database);
    try {
      for (const sql of all) await backend.rows(sql);
    } finally {
      backend.close();
    }
  }

  #moveTo(next: Backend): void {
    this.#leave();
    this.backend.close();
    this.transaction.backend = next;
    this.#leave = this.#server.order.enter(next);
  }

  /** Makes room for DROP DATABASE: whoever is in there is left in no database. */
  async leaveDatabase(database: string): Promise<void> {
    for (const session of this.#server.sessions) {
      if (session.backend.database !== database) continue;
      if (session.transaction.state !== 'none' && session !== this) continue;
      const next = await this.#server.open(session.user, 'system');
      await session.nameDatabase(next);
      session.#moveTo(next);
    }
  }

  #sealed(): void {
    const { transaction } = this;
    for (const step of transaction.steps) step.told = true;
    transaction.sealed ||= transaction.steps.some(({ seals }) => seals);
    // Nothing can be done again any more: a long transaction need not be remembered.
    if (transaction.sealed) transaction.steps = [];
    transaction.mark = undefined;
  }

  /** What a statement that succeeded does beside its answer: `cockroach node drain` asks by SQL. */
  afterwards(statement: Statement): void {
    if (statement.tokens.some((token) => isWord(token, 'standin_drain'))) this.drain();
  }

  discard(): void {
    this.variables.clear();
    this.onDiscard();
  }

  /** Lets `current_database()` say the client's database, which is not there. */
  async nameDatabase(backend: Backend): Promise<void> {
    await backend.rows(`SET crdb.database = ${quoteText(this.#database)}`);
  }

  /** Tells a fresh connection what the variables say. */
  async tellVariables(backend: Backend): Promise<void> {
    for (const [name, value] of this.variables) {
      const telling = settingForPostgres(name, value);
      if (telling) await backend.rows(telling);
    }
  }

  end(): void {
    this.ended = true;
  }

  drain(): void {
    this.#server.drain();
  }

  crash(exitCode: number): void {
    this.#server.crash(exitCode);
  }

  /** Gives everything back. */
  close(): void {
    this.#server.sessions.delete(this);
    this.#leave();
    this.backend.close();
  }
}
