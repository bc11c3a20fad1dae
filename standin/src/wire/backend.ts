import { connect, type Socket } from 'node:net';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { translateError } from '../sql/results/translate-error.ts';
import { FrameReader, type Frame } from '../protocol/message-reader.ts';
import { int32, message, query, text } from '../protocol/messages.ts';
import { readProblem, readRow } from '../protocol/read-message.ts';

const CONNECT_MS = 10_000;
const CANCEL_MS = 5000;
const CANCEL_REQUEST = 80_877_102;

/** Takes messages as they come; the exchange ends with the first for which it says `true`. */
export type Sink = (frame: Frame) => boolean | undefined;

/** A connection to the PostgreSQL underneath, over its unix socket. Only one exchange at a time. */
export class Backend {
  /** As ReadyForQuery told last: `I`, `T` or `E`. */
  status = 'I';
  readonly database: string;
  /** PostgreSQL's process for this connection. */
  pid = 0;
  #secret = 0;
  readonly #path: string;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #sink: Sink | undefined;
  #done: ((error?: Error) => void) | undefined;
  #lost: Error | undefined;

  private constructor(path: string, database: string) {
    const socket = connect(path);
    this.#path = path;
    this.#socket = socket;
    this.database = database;
    socket.on('data', (chunk) => {
      this.#reader.push(chunk);
      this.#pump();
    });
    socket.on('error', (error) => this.#lose(error));
    socket.on('close', () => this.#lose(new Error('the server closed the connection')));
  }

  /** Connects and logs in. Throws StatementError as PostgreSQL refuses, Error when it is away. */
  static async open(path: string, user: string, database: string): Promise<Backend> {
    const backend = new Backend(path, database);
    const timer = setTimeout(() => backend.#lose(new Error('no answer')), CONNECT_MS);
    const parameters = Buffer.concat([text('user'), text(user), text('database'), text(database), Buffer.alloc(1)]);
    const hello = Buffer.concat([int32(parameters.length + 8), int32(196_608), parameters]);
    let refusal: ErrorFields | undefined;
    try {
      await backend.exchange(hello, (frame) => {
        if (frame.type === 'K') [backend.pid, backend.#secret] = [frame.body.readInt32BE(0), frame.body.readInt32BE(4)];
        if (frame.type === 'E') refusal = readProblem(frame.body);
        return frame.type === 'Z' || frame.type === 'E';
      });
    } finally {
      clearTimeout(timer);
    }
    if (refusal) {
      backend.close();
      throw new StatementError(refusal.code, refusal.message);
    }
    return backend;
  }

  /** Sends, and hands over what comes until the sink is content. Throws when the connection is lost. */
  async exchange(bytes: Buffer, sink: Sink): Promise<void> {
    if (this.#lost) throw this.#lost;
    await new Promise<void>((resolve, reject) => {
      this.#sink = sink;
      this.#done = (error) => (error ? reject(error) : resolve());
      this.#socket.write(bytes);
    });
  }

  /** Sends without awaiting an answer, as COPY data is sent. */
  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** The rows of one statement of our own, as text. Throws StatementError in CockroachDB's words. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    let problem: ErrorFields | undefined;
    await this.exchange(query(sql), (frame) => {
      if (frame.type === 'D') rows.push(readRow(frame.body).map((value) => value && value.toString('utf8')));
      if (frame.type === 'E') problem = readProblem(frame.body, sql);
      return frame.type === 'Z';
    });
    if (problem) {
      throw StatementError.of(translateError(problem, sql));
    }
    return rows;
  }

  /** Has PostgreSQL cancel what it does for this connection, if anything. Never throws. */
  cancel(): void {
    const socket = connect(this.#path);
    socket.on('error', () => socket.destroy());
    socket.setTimeout(CANCEL_MS, () => socket.destroy());
    socket.end(Buffer.concat([int32(16), int32(CANCEL_REQUEST), int32(this.pid), int32(this.#secret)]));
  }

  /** Stops reading while a slow client catches up. */
  pause(paused: boolean): void {
    if (paused) this.#socket.pause();
    else this.#socket.resume();
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  close(): void {
    if (!this.#lost) this.#socket.end(message('X'));
    this.#lose(new Error('closed'));
    setTimeout(() => this.#socket.destroy(), 1000).unref();
  }

  #pump(): void {
    try {
      for (;;) {
        const frame = this.#reader.next();
        if (!frame) return;
        if (frame.type === 'Z') this.status = String.fromCharCode(frame.body[0]!);
        const sink = this.#sink;
        if (!sink) continue;
        if (sink(frame)) {
          const done = this.#done;
          this.#sink = this.#done = undefined;
          done?.();
        }
      }
    } catch (error) {
      this.#lose(error as Error);
      this.#socket.destroy();
    }
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    const done = this.#done;
    this.#sink = this.#done = undefined;
    done?.(this.#lost);
  }
}
