import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { isWellFormed } from './message-shape.ts';

/** The longest message that is passed on. */
const MAX_MESSAGE_BYTES = 4 << 20;
/** How much a server may send before its greeting is complete, and between two answers. */
const UNASKED_BYTES = 64 << 10;
const HEADER_BYTES = 5;
/** After this many parts of one message, they are joined, because each part takes more memory than its bytes. */
const MAX_PARTS = 4096;
/** How many rows of one answer are passed on, and their bytes, not counting the last one. */
const MAX_ROWS = 10_000;
const MAX_ROWS_BYTES = 1 << 20;
/**
 * How many messages of an answer other than rows are passed on. `pg` makes an object of each; a statement has two or
 * three.
 */
const MAX_OTHER_MESSAGES = 1000;
/**
 * How many columns an answer may describe. `pg` makes a parser for each, so that a hundred thousand of them would block
 * the server for half a second.
 */
const MAX_COLUMNS = 4096;

/** Message kinds that are allowed before the first ReadyForQuery, while the server answers, and between answers. */
const EXPECTED = { greeting: 'RSKNEZ', answer: 'TDCIENSAGHdcZ', idle: 'NSAE' };
const ROW = 'D'.charCodeAt(0);
/** Message kinds that are dropped while a statement is answered: notices, settings, notifications, and COPY's data. */
const IGNORED = new Set(Buffer.from('NSAHdc'));

/**
 * Checks a database's bytes before they reach `pg`, which trusts its server: a malformed message makes its parser throw
 * or loop forever, and an endless one fills the memory. The server can be hostile, because readers can stop the engine
 * and listen on its port. Emits complete, well-formed and expected messages as `data`; anything else destroys the
 * stream with an Error. Rows beyond the limit and ignored messages are skipped by their length without being parsed:
 * parsing them would cost the server more than sending them costs the reader.
 */
export class MessageGuard extends EventEmitter {
  #parts: Buffer[] = [];
  #size = 0;
  #phase: keyof typeof EXPECTED = 'greeting';
  #unasked = 0;
  #columns: number | undefined;
  #described = 0;
  #rows = 0;
  #rowsBytes = 0;
  #otherMessages = 0;
  #lastCount = 0;
  #status = 'I';

  constructor(stream: Duplex) {
    super();
    stream.on('data', (bytes: Buffer) => {
      try {
        if (!stream.destroyed) this.#take(bytes);
      } catch (cause) {
        stream.destroy(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
    stream.once('end', () => this.emit('end'));
  }

  /** Call this when a statement is about to be sent. */
  expectAnswer(): void {
    this.#phase = 'answer';
    this.#columns = undefined;
    this.#described = 0;
    this.#unasked = 0;
    this.#otherMessages = 0;
    this.#lastCount = 0;
  }

  /** The number of rows in the last complete answer, including those that were dropped. */
  get lastCount(): number {
    return this.#lastCount;
  }

  /** The transaction status in the last ReadyForQuery: none (`I`), open (`T`) or failed (`E`). */
  get status(): string {
    return this.#status;
  }

  /** Whether every statement was answered. An event `idle` is emitted each time that this becomes true. */
  get isIdle(): boolean {
    return this.#phase === 'idle';
  }

  /** Whether the server's greeting is complete. */
  get hasGreeted(): boolean {
    return this.#phase !== 'greeting';
  }

  #take(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    for (;;) {
      const size = this.#sizeOfNext();
      if (this.#phase !== 'answer' && this.#unasked + Math.max(this.#size, size ?? 0) > UNASKED_BYTES)
        throw new Error('The database sent more than it was asked for.');
      if (size === undefined || this.#size < size) return;
      const all = this.#join();
      const skipped = this.#skip(all);
      const taken = skipped || size;
      this.#parts = all.length === taken ? [] : [all.subarray(taken)];
      this.#size -= taken;
      if (skipped > 0) continue;
      this.#check(all.subarray(0, size));
      this.emit('data', all.subarray(0, size));
      if (this.isIdle) this.emit('idle');
    }
  }

  /**
   * Counts the rows at the beginning of `all` that are dropped. Returns how many bytes these and ignored messages take,
   * 0 when the first message must be passed on.
   */
  #skip(all: Buffer): number {
    if (this.#phase !== 'answer') return 0;
    const isFull = this.#columns === 0 || this.#rows >= MAX_ROWS || this.#rowsBytes >= MAX_ROWS_BYTES;
    let at = 0;
    while (at + HEADER_BYTES <= all.length) {
      const kind = all[at]!;
      if (kind === ROW ? !isFull || this.#columns === undefined : !IGNORED.has(kind)) break;
      const length = all.readUInt32BE(at + 1);
      // A message with a wrong length is refused by #sizeOfNext once it is the first one.
      if (length < 4 || length >= MAX_MESSAGE_BYTES || at + 1 + length > all.length) break;
      if (kind === ROW) this.#rows += 1;
      at += 1 + length;
    }
    return at;
  }

  #sizeOfNext(): number | undefined {
    if (this.#size < HEADER_BYTES) return undefined;
    const [first] = this.#parts;
    const head = first && first.length >= HEADER_BYTES && this.#parts.length < MAX_PARTS ? first : this.#join();
    const length = head.readUInt32BE(1);
    if (length < 4 || length >= MAX_MESSAGE_BYTES)
      throw new Error(`The database sent a message of ${length} bytes, which is not accepted here.`);
    return length + 1;
  }

  #join(): Buffer {
    const [first] = this.#parts;
    const all = first && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    this.#parts = [all];
    return all;
  }

  #check(message: Buffer): void {
    const kind = String.fromCharCode(message[0] ?? 0);
    const body = message.subarray(HEADER_BYTES);
    if (!EXPECTED[this.#phase].includes(kind) || !isWellFormed(kind, body))
      throw new Error('The database broke its protocol.');
    if (kind === 'D') this.#countRow(body, message.length);
    else if ((this.#otherMessages += 1) > MAX_OTHER_MESSAGES)
      throw new Error('The database sent more answers than it was asked for.');
    if (kind === 'T') this.#describe(body.readInt16BE(0));
    if (kind === 'C' || kind === 'I') {
      this.#lastCount = this.#columns === undefined ? 0 : this.#rows;
      this.#columns = undefined;
    }
    if (this.#phase !== 'answer') this.#unasked += message.length;
    if (kind !== 'Z') return;
    this.#phase = 'idle';
    this.#status = String.fromCharCode(body[0]!);
  }

  #describe(columns: number): void {
    [this.#columns, this.#rows, this.#rowsBytes] = [columns, 0, 0];
    this.#described += columns;
    if (this.#described > MAX_COLUMNS)
      throw new Error(`The database described more than ${MAX_COLUMNS} columns, which is not accepted here.`);
  }

  #countRow(body: Buffer, bytes: number): void {
    if (body.readInt16BE(0) !== this.#columns) throw new Error('The database broke its protocol.');
    this.#rows += 1;
    this.#rowsBytes += bytes;
  }
}
