import { TerminalEscapes } from './terminal-escapes.ts';

/**
 * Far more than a screen, and more than a page can lack after its connection broke: a window and the unsent output.
 */
export const TAIL_BYTES = 256 << 10;
const FIRST_BYTES = 4096;
/** How far from the tail's beginning a place to start drawing is searched. */
const LONGEST_CUT_BYTES = 8192;

/** Where to start drawing an empty screen. */
export interface TailEntry {
  /** The position of the first byte to draw. */
  bytes: number;
  /** Sequences to draw first, which put the screen into the modes that the program had set at that position. */
  restoring: Buffer;
}

/** The last bytes of a program's output. Positions count all bytes that the program has ever sent. */
export class TerminalTail {
  #ring = Buffer.alloc(FIRST_BYTES);
  #start = 0;
  #end = 0;
  /** Parses the bytes that were dropped from the tail. */
  readonly #before = new TerminalEscapes();

  /** The position of the first byte that is kept. */
  get start(): number {
    return this.#start;
  }

  /** The position after the last byte, that is, the number of bytes so far. */
  get end(): number {
    return this.#end;
  }

  /** Adds bytes, and drops old ones over `TAIL_BYTES`. */
  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += TAIL_BYTES) this.#append(bytes.subarray(at, at + TAIL_BYTES));
  }

  #append(bytes: Uint8Array): void {
    const over = this.#end + bytes.length - this.#start - TAIL_BYTES;
    if (over > 0) this.#drop(over);
    this.#makeRoom(this.#end - this.#start + bytes.length);
    const at = this.#end % this.#ring.length;
    const first = bytes.subarray(0, this.#ring.length - at);
    this.#ring.set(first, at);
    this.#ring.set(bytes.subarray(first.length), 0);
    this.#end += bytes.length;
  }

  /** Returns a copy of at most `most` bytes from that position, and at least one if there is any. */
  read(from: number, most: number): Buffer {
    return Buffer.from(this.#piece(from, most));
  }

  /**
   * Returns where to start drawing an empty screen: at the first kept byte that is not inside a sequence or a
   * character.
   */
  entry(): TailEntry {
    const escapes = new TerminalEscapes(this.#before);
    const last = Math.min(this.#end, this.#start + LONGEST_CUT_BYTES);
    let at = this.#start;
    if (at > 0) {
      while (at < last && !(escapes.isText && this.#isBeginning(at))) {
        escapes.follow(this.#piece(at, 1));
        at += 1;
      }
    }
    return { bytes: at, restoring: Buffer.from(escapes.restoring()) };
  }

  /** Whether a character begins there. In UTF-8, all other bytes of a character are 10xxxxxx. */
  #isBeginning(at: number): boolean {
    return (this.#ring[at % this.#ring.length]! & 0xc0) !== 0x80;
  }

  #piece(from: number, most: number): Buffer {
    const at = from % this.#ring.length;
    return this.#ring.subarray(at, Math.min(this.#ring.length, at + Math.min(most, this.#end - from)));
  }

  #drop(count: number): void {
    const until = Math.min(this.#end, this.#start + count);
    while (this.#start < until) {
      const piece = this.#piece(this.#start, until - this.#start);
      this.#before.follow(piece);
      this.#start += piece.length;
    }
  }

  /** Grows the ring. That only happens before anything was dropped, so the content starts at the ring's beginning. */
  #makeRoom(bytes: number): void {
    if (bytes <= this.#ring.length) return;
    let size = this.#ring.length;
    while (size < bytes) size *= 2;
    const ring = Buffer.alloc(size);
    ring.set(this.#ring.subarray(0, this.#end));
    this.#ring = ring;
  }
}
