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

/** One message and one answer from the database: a hostile server must not fill our memory. */
const MAX_ANSWER_BYTES = 4 << 20;
const CONNECT_MS = 10_000;
/** How long a server may take to hear that a session is over. */
const FAREWELL_MS = 500;
/** From a cancel to the end of the statement; the session is cut then. */
const CANCEL_MS = 1500;
const CANCEL_REQUEST = 80_877_102;
/** From an error to ReadyForQuery, which come together. */
const SETTLE_MS = 2000;

const AS_TEXT = { getTypeParser: () => (value: unknown) => value };

/** What the database gives for cancelling statements of the session. */
interface CancelKey {
  processID: number;
  secretKey: number;
}

/** A client, with what was heard of its connection. */
interface HeardClient {
  client: pg.Client;
  guard: () => MessageGuard | undefined;
  cancelKey: () => CancelKey | undefined;
}

/** A session over a connection to a cluster. All that comes from it is hostile: capped in rows and bytes. */
export class PgSession implements SqlSession {
  readonly #client: pg.Client;
  readonly #stream: Duplex;
  readonly #guard: () => MessageGuard | undefined;
  readonly ended: Promise<void>;
  readonly #dial: () => Duplex;
  readonly #cancelKey: () => CancelKey | undefined;
  #isOver = false;

  private constructor({ client, guard, cancelKey }: HeardClient, stream: Duplex, dial: () => Duplex) {
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

  /** Connects over a stream of `dial`. Throws DatabaseError. */
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
      if (!guard()?.hasGreeted) throw new Error('The database was not heard through the guard.');
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
        const lost = (): void =>
          fail(received.overflow() ?? new DatabaseError('The connection to the database was lost.'));
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
        // Several, when the database saw more statements in the text than we did: then the last one's answer counts.
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

  /** After an error: waits until the next statement may be sent. A session that is not told so in time is cut. */
  async #settle(): Promise<void> {
    const guard = this.#guard();
    if (!guard || guard.isIdle || this.isOver) return;
    await within(SETTLE_MS, Promise.race([new Promise((settle) => guard.once('idle', settle)), this.ended]));
    if (!guard.isIdle) this.destroy();
  }

  async cancel(): Promise<void> {
    const guard = this.#guard();
    const key = this.#cancelKey();
    // Versions before v22.1 give no key.
    if (!guard || !key?.processID || !key.secretKey) return this.destroy();
    if (guard.isIdle || this.isOver) return;
    const request = Buffer.alloc(16);
    for (const [at, word] of [16, CANCEL_REQUEST, key.processID, key.secretKey].entries())
      request.writeInt32BE(word, 4 * at);
    const asking = this.#dial();
    const heard = new Promise((settle) => asking.once('close', settle));
    asking.on('error', () => asking.destroy());
    asking.resume();
    asking.end(request);
    const idle = new Promise((settle) => guard.once('idle', settle));
    // Until the request itself is over: one that comes late would hit the next statement.
    await within(CANCEL_MS, Promise.all([heard, Promise.race([idle, this.ended])]));
    asking.destroy();
    if (!guard.isIdle) this.destroy();
  }

  async close(): Promise<void> {
    const gone = this.#client.end().catch(() => undefined);
    await within(FAREWELL_MS, gone);
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
    error = new DatabaseError(
      `The answer takes more than ${MAX_ANSWER_BYTES >> 20} MiB, the limit for one statement here.`,
      { code: '54000' },
    );
    stream.destroy();
  };
  stream.on('data', count);
  return { release: () => stream.off('data', count), overflow: () => error };
}

function asDatabaseError(cause: unknown): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  if (cause instanceof pg.DatabaseError) return new DatabaseError(cause.message, cause);
  return new DatabaseError(cause instanceof Error ? cause.message : String(cause));
}
