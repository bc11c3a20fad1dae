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

/** What a server may send when: before its first ReadyForQuery, while it answers, and between answers. */
const EXPECTED = { greeting: 'RSKNEZ', answer: 'TDCIENSAGHdcZ', idle: 'NSAE' };

/**
 * Stands between a database's bytes and `pg`, which trusts its server: a broken message makes its parser loop for ever or
 * throw, and an endless one fills the memory. A reader can be that server: they can end theirs and listen in its place. Lets
 * whole, well-formed, expected messages through, as `data`; anything else destroys the stream with an Error.
 */
export class MessageGuard extends EventEmitter {
  #parts: Buffer[] = [];
  #size = 0;
  #phase: keyof typeof EXPECTED = 'greeting';
  #unasked = 0;
  #columns: number | undefined;

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
    this.#unasked = 0;
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
      if (this.#phase !== 'answer' && this.#unasked + Math.max(this.#size, size ?? 0) > UNASKED_BYTES) throw new Error('The database sent more than it was asked for.');
      if (size === undefined || this.#size < size) return;
      const all = this.#join();
      this.#parts = all.length === size ? [] : [all.subarray(size)];
      this.#size -= size;
      this.#check(all.subarray(0, size));
      this.emit('data', all.subarray(0, size));
    }
  }

  #sizeOfNext(): number | undefined {
    if (this.#size < HEADER_BYTES) return undefined;
    const [first] = this.#parts;
    const head = first && first.length >= HEADER_BYTES && this.#parts.length < MAX_PARTS ? first : this.#join();
    const length = head.readUInt32BE(1);
    if (length < 4 || length >= MAX_MESSAGE_BYTES) throw new Error(`The database sent a message of ${length} bytes, which is not accepted here.`);
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
    if (!EXPECTED[this.#phase].includes(kind) || !isWellFormed(kind, body)) throw new Error('The database broke its protocol.');
    if (kind === 'T') this.#columns = body.readInt16BE(0);
    if (kind === 'D' && body.readInt16BE(0) !== this.#columns) throw new Error('The database broke its protocol.');
    if (kind === 'C' || kind === 'I') this.#columns = undefined;
    if (this.#phase !== 'answer') this.#unasked += message.length;
    if (kind === 'Z') this.#phase = 'idle';
  }
}
