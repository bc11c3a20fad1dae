import { connect, type Socket } from 'node:net';
import { MESSAGE_CAP_BYTES, MessageReader, type Message } from '../protocol/message-reader.ts';
import { sendCancelRequest } from '../protocol/cancel.ts';
import { encode } from '../protocol/encode.ts';
import { CLIENT, SERVER, type TransactionStatus } from '../protocol/message-types.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { query } from '../protocol/messages.ts';
import { notSupported, StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { readError, readRow } from '../protocol/read-message.ts';
import { startupMessage } from '../protocol/startup.ts';
import { translateError } from '../sql/results/translate-error.ts';
import { SOURCE_DETAIL } from '../sql/text/syntax-error.ts';

const CONNECT_MS = 10_000;
const CLOSE_MS = 1000;
const INSIST_MS = 100;
/** What a client is told when there are as many as may be (CockroachDB's words, server.max_connections_per_gateway). */
export const FULL: ErrorFields = {
  code: SQLSTATE.tooManyConnections,
  message: 'sorry, too many clients already',
  hint: 'The stand-in serves fewer clients at a time than CockroachDB. Close some connections.',
};

function tooLarge(): StatementError {
  return notSupported(`rows of more than ${MESSAGE_CAP_BYTES >> 20} MiB`);
}

/** Leaves out where an error is in the text of an internal statement, which is not the client's. */
function withoutSource({ detail, ...error }: ErrorFields): ErrorFields {
  return { ...error, ...(detail !== undefined && !detail.startsWith(SOURCE_DETAIL) && { detail }) };
}

/** Receives messages as they arrive. The exchange ends with the first message for which it returns true. */
export type Sink = (message: Message) => boolean | undefined;

/** A connection to the PostgreSQL underneath, over its unix socket. Only one exchange at a time. */
export class Backend {
  /** From the last ReadyForQuery. */
  status: TransactionStatus = 'I';
  readonly database: string;
  /** The BackendKeyData: PostgreSQL's process for this connection, and the secret to cancel with. */
  #key: Buffer = Buffer.alloc(8);
  readonly #path: string;
  readonly #socket: Socket;
  readonly #reader = new MessageReader({ skipsLarge: true });
  /** Whether the exchange had a message that is too large to be relayed. */
  #hadTooLarge = false;
  #sink: Sink | undefined;
  #settle: ((error?: Error) => void) | undefined;
  #lost: Error | undefined;
  /** Resolves when PostgreSQL has been asked to cancel an exchange. */
  #asking: Promise<void> | undefined;
  #isCanceled = false;
  /** Called when PostgreSQL ends the connection by itself while it is idle, with the reason that it gave. */
  onEnd: (reason: ErrorFields) => void = () => undefined;

  private constructor(path: string, database: string) {
    this.#path = path;
    this.#socket = connect(path);
    this.database = database;
    this.#socket.on('data', (chunk) => {
      this.#reader.push(chunk);
      this.#pump();
    });
    this.#socket.on('error', (error) => this.#lose(error));
    this.#socket.on('close', () => this.#lose(new Error('the server closed the connection')));
  }

  /**
   * Connects to the socket at `path` and logs in. Throws StatementError when PostgreSQL refuses the login, otherwise
   * Error.
   */
  static async open(path: string, user: string, database: string): Promise<Backend> {
    const backend = new Backend(path, database);
    const timer = setTimeout(() => backend.#lose(new Error('no answer')), CONNECT_MS);
    let refusal: ErrorFields | undefined;
    try {
      await backend.exchange(startupMessage(user, database), ({ type, body }) => {
        if (type === SERVER.backendKeyData) backend.#key = body;
        if (type === SERVER.errorResponse) refusal = readError(body);
        return type === SERVER.readyForQuery || type === SERVER.errorResponse;
      });
    } finally {
      clearTimeout(timer);
    }
    if (refusal) {
      backend.close();
      if (refusal.code === FULL.code) throw StatementError.of(FULL);
      throw new StatementError(refusal.code, refusal.message);
    }
    return backend;
  }

  /** The id of PostgreSQL's process for this connection. */
  get pid(): number {
    return this.#key.readInt32BE(0);
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Sends bytes, and passes messages to the sink until it returns true. Throws StatementError when it was canceled
   * before or, at its end, when a message was too large to be passed on, and Error when the connection is lost.
   */
  async exchange(bytes: Buffer, sink: Sink): Promise<void> {
    if (this.#asking) await this.#asking;
    if (this.#isCanceled) {
      this.#isCanceled = false;
      throw new StatementError(SQLSTATE.queryCanceled, 'query execution canceled');
    }
    if (this.#lost) throw this.#lost;
    this.#hadTooLarge = false;
    await new Promise<void>((resolve, reject) => {
      this.#sink = sink;
      this.#settle = (error) => (error ? reject(error) : resolve());
      this.#socket.write(bytes);
    });
  }

  /** Sends without waiting for an answer, as COPY data is sent. */
  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Returns the rows of one internal statement, as text. Throws StatementError in CockroachDB's words. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    let error: ErrorFields | undefined;
    await this.exchange(query(sql), ({ type, body }) => {
      if (type === SERVER.dataRow) rows.push(readRow(body).map((value) => value && value.toString('utf8')));
      if (type === SERVER.errorResponse) error = readError(body, sql);
      return type === SERVER.readyForQuery;
    });
    if (error) throw StatementError.of(withoutSource(translateError(error, sql)));
    return rows;
  }

  /** Runs internal statements one after the other, up to the first that fails. Throws StatementError. */
  async execute(...statements: string[]): Promise<void> {
    for (const sql of statements) await this.rows(sql);
  }

  /**
   * Asks PostgreSQL to cancel what it is doing for this connection, and resolves when it was asked. The next exchange
   * waits for that, so that it is not the one which is canceled. While PostgreSQL does nothing, the next exchange fails
   * instead, if `orNext` and unless `forgetCancel` comes first. Never throws.
   */
  async cancel(orNext: boolean): Promise<void> {
    this.#isCanceled = orNext && !this.#sink;
    if (!this.#sink) return;
    const asked = sendCancelRequest({ path: this.#path }, this.#key);
    this.#asking = asked;
    await asked;
    if (this.#asking !== asked) return;
    this.#asking = undefined;
    this.#insist(this.#sink);
  }

  /** Cancels again while the same exchange goes on: PostgreSQL ignores what comes before it has begun to work. */
  #insist(sink: Sink | undefined): void {
    const again = (): void => void (sink && this.#sink === sink && this.cancel(false));
    setTimeout(again, INSIST_MS).unref();
  }

  /** Forgets a `cancel` that has met nothing. */
  forgetCancel(): void {
    this.#isCanceled = false;
  }

  /** Stops reading while a slow client catches up, or resumes. */
  pause(paused: boolean): void {
    if (paused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Logs out. Can be called twice. */
  close(): void {
    if (!this.#lost) this.#socket.end(encode(CLIENT.terminate));
    this.#lose(new Error('closed'));
    setTimeout(() => this.#socket.destroy(), CLOSE_MS).unref();
  }

  /** Logs out and waits until PostgreSQL has ended the session, at most `CLOSE_MS`. */
  async leave(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.close();
    await gone;
  }

  #pump(): void {
    try {
      for (let message = this.#reader.next(); message; message = this.#reader.next()) this.#take(message);
    } catch (error) {
      this.#lose(error as Error);
      this.#socket.destroy();
    }
  }

  #take(message: Message): void {
    if (message.type === SERVER.readyForQuery) this.status = String.fromCharCode(message.body[0]!) as TransactionStatus;
    if (!this.#sink && !this.#lost && message.type === SERVER.errorResponse) this.onEnd(readError(message.body));
    if (message.isSkipped) this.#hadTooLarge = true;
    else if (this.#sink?.(message)) this.#end(this.#hadTooLarge ? tooLarge() : undefined);
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#end(this.#lost);
  }

  #end(error?: Error): void {
    const settle = this.#settle;
    this.#sink = this.#settle = undefined;
    settle?.(error);
  }
}
