import type { Duplex } from 'node:stream';
import pg from 'pg';
import { within } from '../within.ts';
import type { ClientCertificate } from './certificates.ts';
import { guardClient } from './guard-client.ts';
import type { MessageGuard } from './message-guard.ts';
import type { TransactionState } from '../../shared/protocol.ts';
import { listenForRefusal } from './connection-refusal.ts';
import { DatabaseError } from './database-error.ts';
import type { QueryResult, SqlSession } from './sql-session.ts';
import { CONNECTION_LOST, answerTooLargeSentence } from '../sentences/database-sentences.ts';

/** The most bytes that one answer of the database may have: a hostile one must not fill the server's memory. */
const MAX_ANSWER_BYTES = 4 << 20;
const CONNECT_MS = 10_000;
/** How long a session may take to close; then the connection is cut. */
const CLOSE_MS = 500;
/** How long a statement may take to end after a cancel request; then the session is cut. */
const CANCEL_MS = 1500;
const CANCEL_REQUEST = 80_877_102;
/** How long ReadyForQuery may take after an error; normally they arrive together. */
const SETTLE_MS = 2000;

const SQL_STATE = /^[\dA-Z]{5}$/;

const AS_TEXT = { getTypeParser: () => (value: unknown) => value };

/** What the database sends to a session for cancelling its statements. */
interface CancelKey {
  processID: number;
  secretKey: number;
}

/** A client, with access to what its connection has received. */
interface GuardedClient {
  client: pg.Client;
  guard: () => MessageGuard | undefined;
  cancelKey: () => CancelKey | undefined;
}

/** A session over a connection to a cluster. Everything that it receives is hostile, and limited in rows and bytes. */
export class PgSession implements SqlSession {
  readonly #client: pg.Client;
  readonly #stream: Duplex;
  readonly #guard: () => MessageGuard | undefined;
  readonly ended: Promise<void>;
  readonly #dial: () => Duplex;
  readonly #cancelKey: () => CancelKey | undefined;
  #isOver = false;

  private constructor({ client, guard, cancelKey }: GuardedClient, stream: Duplex, dial: () => Duplex) {
    this.#cancelKey = cancelKey;
    this.#dial = dial;
    this.#client = client;
    this.#stream = stream;
    this.#guard = guard;
    this.ended = new Promise((settle) => {
      for (const each of [client, stream]) each.once(each === client ? 'end' : 'close', settle);
    });
    void this.ended.then(() => (this.#isOver = true));
  }

  get isOver(): boolean {
    return this.#isOver || this.#stream.destroyed;
  }

  get transaction(): TransactionState | undefined {
    const status = this.#guard()?.status;
    return status === 'T' ? 'open' : status === 'E' ? 'aborted' : undefined;
  }

  /** Connects over a stream that `dial` opens. Throws DatabaseError. */
  static async open(
    dial: () => Duplex,
    options: { user: string; database: string; tls?: ClientCertificate | undefined },
  ): Promise<PgSession> {
    const stream = dial();
    const client = new pg.Client({
      stream: () => stream,
      user: options.user,
      database: options.database,
      host: 'localhost',
      password: () => '',
      application_name: 'bankrun',
      connectionTimeoutMillis: CONNECT_MS,
      ssl: options.tls ? { ...options.tls, servername: 'localhost' } : false,
    });
    client.on('error', () => stream.destroy());
    const guard = guardClient(client);
    const cancelKey = keepCancelKey(client);
    const refusal = listenForRefusal(stream);
    try {
      await client.connect();
      if (!guard()?.hasGreeted) throw new Error('The database’s greeting did not pass through the guard.');
    } catch (cause) {
      stream.destroy();
      throw (options.tls && refusal()) ?? asDatabaseError(cause);
    }
    return new PgSession({ client, guard, cancelKey }, stream, dial);
  }

  async query(statement: string): Promise<QueryResult> {
    const received = cap(this.#stream);
    let tag = '';
    const { connection } = this.#client;
    const noteTag = (message: { text: string }): void => {
      tag = message.text;
    };
    const undo: (() => void)[] = [received.release, () => connection.off('commandComplete', noteTag)];
    connection.on('commandComplete', noteTag);
    try {
      return await new Promise<QueryResult>((settle, fail) => {
        const lost = (): void => fail(received.overflow() ?? new DatabaseError(CONNECTION_LOST));
        this.#client.once('end', lost);
        undo.push(() => this.#client.off('end', lost));
        let rows: (string | null)[][] = [];
        let answered: unknown;
        const config: pg.QueryArrayConfig = { text: statement, rowMode: 'array', types: AS_TEXT };
        const query = new pg.Query(config);
        query.on('row', (row: (string | null)[], result) => {
          if (result !== answered) rows = [];
          answered = result;
          rows.push(row);
        });
        query.on('error', fail);
        // An array when the database found several statements in the text; then the last answer counts.
        query.on('end', (result: pg.QueryArrayResult | pg.QueryArrayResult[]) => {
          const last = Array.isArray(result) ? result.at(-1) : result;
          settle({
            columns: last?.fields.map((field) => field.name) ?? [],
            rows: last === answered ? rows : [],
            tag,
            count: this.#guard()?.lastCount ?? 0,
          });
        });
        this.#guard()?.expectAnswer();
        this.#client.query(query);
      });
    } catch (cause) {
      await this.#settle();
      throw asDatabaseError(received.overflow() ?? cause);
    } finally {
      for (const step of undo) step();
    }
  }

  /** After an error, waits until the next statement may be sent, and cuts the session when that takes too long. */
  async #settle(): Promise<void> {
    const guard = this.#guard();
    if (!guard || guard.isIdle || this.isOver) return;
    await within(SETTLE_MS, Promise.race([new Promise((settle) => guard.once('idle', settle)), this.ended]));
    if (!guard.isIdle) this.destroy();
  }

  async cancel(): Promise<void> {
    const guard = this.#guard();
    const key = this.#cancelKey();
    // CockroachDB sends no cancel key before v22.1.
    if (!guard || !key?.processID || !key.secretKey) return this.destroy();
    if (guard.isIdle || this.isOver) return;
    const request = Buffer.alloc(16);
    for (const [at, word] of [16, CANCEL_REQUEST, key.processID, key.secretKey].entries())
      request.writeInt32BE(word, 4 * at);
    const cancelling = this.#dial();
    const received = new Promise((settle) => cancelling.once('close', settle));
    cancelling.on('error', () => cancelling.destroy());
    cancelling.resume();
    cancelling.end(request);
    const idle = new Promise((settle) => guard.once('idle', settle));
    // Also waits until the request has been processed: a late one would cancel the next statement.
    await within(CANCEL_MS, Promise.all([received, Promise.race([idle, this.ended])]));
    cancelling.destroy();
    if (!guard.isIdle) this.destroy();
  }

  async close(): Promise<void> {
    const gone = this.#client.end().catch(() => undefined);
    await within(CLOSE_MS, gone);
    this.#stream.destroy();
  }

  destroy(): void {
    this.#stream.destroy();
  }
}

function keepCancelKey(client: pg.Client): () => CancelKey | undefined {
  let key: CancelKey | undefined;
  client.connection.on('backendKeyData', (message: CancelKey) => (key = message));
  return () => key;
}

function cap(stream: Duplex): { release: () => void; overflow: () => DatabaseError | undefined } {
  let bytes = 0;
  let error: DatabaseError | undefined;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= MAX_ANSWER_BYTES) return;
    error = new DatabaseError(answerTooLargeSentence(MAX_ANSWER_BYTES), { code: '54000' });
    stream.destroy();
  };
  stream.on('data', count);
  return { release: () => stream.off('data', count), overflow: () => error };
}

function asDatabaseError(cause: unknown): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  if (cause instanceof pg.DatabaseError) return new DatabaseError(cause.message, { ...cause, code: sqlStateOf(cause) });
  return new DatabaseError(cause instanceof Error ? cause.message : String(cause));
}

/** Returns an error's SQLSTATE. A hostile database may send anything in its place, and of any length. */
function sqlStateOf({ code }: pg.DatabaseError): string | undefined {
  return SQL_STATE.test(code ?? '') ? code : undefined;
}
