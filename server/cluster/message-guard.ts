import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { isWellFormed } from './message-shape.ts';

/** The longest message that is let through. */
const MAX_MESSAGE_BYTES = 4 << 20;
/** What a server may send before its greeting is over, and between two answers. */
const UNASKED_BYTES = 64 << 10;
const HEADER_BYTES = 5;
/** A message that comes byte by byte is joined from time to time, for each part costs more than a byte. */
const MAX_PARTS = 4096;
/** Rows of one answer that are let through, and their bytes but for the last one's. */
const MAX_ROWS = 1000;
const MAX_ROWS_BYTES = 1 << 20;
/**
 * Beside rows, the messages of an answer that are let through: `pg` makes an object of each, and a statement has two or
 * three.
 */
const MAX_HEARD = 1000;
/**
 * Columns that an answer may describe: `pg` makes a parser for each, so that a hundred thousand of them take half a
 * second of everyone's time.
 */
const MAX_COLUMNS = 4096;

/** What a server may send when: before its first ReadyForQuery, while it answers, and between answers. */
const EXPECTED = { greeting: 'RSKNEZ', answer: 'TDCIENSAGHdcZ', idle: 'NSAE' };
const ROW = 'D'.charCodeAt(0);
/** What nobody here listens to while a statement is answered: notices, settings, notifications, and what COPY gives. */
const UNHEARD = new Set(Buffer.from('NSAHdc'));

/**
 * Stands between a database's bytes and `pg`, which trusts its server: a broken message makes its parser loop for ever
 * or throw, and an endless one fills the memory. A reader can be that server: they can end theirs and listen in its
 * place. Lets whole, well-formed, expected messages through, as `data`; anything else destroys the stream with an
 * Error. Rows beyond those that are kept, and what nobody listens to, are passed over by their length alone: reading
 * them would take more of our time than making them takes of the reader's.
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
  #heard = 0;
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

  /** A statement is about to be sent. */
  expectAnswer(): void {
    this.#phase = 'answer';
    this.#columns = undefined;
    this.#described = 0;
    this.#unasked = 0;
    this.#heard = 0;
    this.#lastCount = 0;
  }

  /** Rows of the last answer to be complete, let through or not. */
  get lastCount(): number {
    return this.#lastCount;
  }

  /** What the last ReadyForQuery said of the transaction: none (`I`), open (`T`) or failed (`E`). */
  get status(): string {
    return this.#status;
  }

  /** Nothing is asked, and everything answered. Each time that it becomes so, there is an event `idle`. */
  get isIdle(): boolean {
    return this.#phase === 'idle';
  }

  /** Whether the greeting went through here. */
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
      const passed = this.#passOver(all);
      const taken = passed || size;
      this.#parts = all.length === taken ? [] : [all.subarray(taken)];
      this.#size -= taken;
      if (passed > 0) continue;
      this.#check(all.subarray(0, size));
      this.emit('data', all.subarray(0, size));
      if (this.isIdle) this.emit('idle');
    }
  }

  /**
   * Counts the rows at the beginning that are not let through. Gives how many bytes they take, with all else that
   * nobody listens to.
   */
  #passOver(all: Buffer): number {
    if (this.#phase !== 'answer') return 0;
    const isFull = this.#columns === 0 || this.#rows >= MAX_ROWS || this.#rowsBytes >= MAX_ROWS_BYTES;
    let at = 0;
    while (at + HEADER_BYTES <= all.length) {
      const kind = all[at]!;
      if (kind === ROW ? !isFull || this.#columns === undefined : !UNHEARD.has(kind)) break;
      const length = all.readUInt32BE(at + 1);
      // One that is too long or too short is refused when it is the first.
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
    else if ((this.#heard += 1) > MAX_HEARD) throw new Error('The database sent more answers than it was asked for.');
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
