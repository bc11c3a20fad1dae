import { TerminalEscapes } from './terminal-escapes.ts';

/**
 * Far more than a screen, and what a page may lack after its connection broke: the window, and what waits to be sent.
 */
export const TAIL_BYTES = 256 << 10;
const FIRST_BYTES = 4096;
/** A place to begin at comes within this, or never. */
const LONGEST_CUT_BYTES = 8192;

/** Where a new screen begins that is drawn from a tail. */
export interface TailEntry {
  /** Position of the first byte to draw. */
  bytes: number;
  /** To be drawn before it: puts the screen into the modes that the program had switched on by then. */
  restoring: Buffer;
}

/** The last bytes of a program, each known by its position among all that the program ever sent. */
export class TerminalTail {
  #ring = Buffer.alloc(FIRST_BYTES);
  #start = 0;
  #end = 0;
  /** Follows what has left the tail. */
  readonly #before = new TerminalEscapes();

  /** Position of the first byte that is held. */
  get start(): number {
    return this.#start;
  }

  /** Position after the last byte: how many there were in all. */
  get end(): number {
    return this.#end;
  }

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

  /** A copy of at most `most` bytes from that position on; at least one, unless there is none. */
  read(from: number, most: number): Buffer {
    return Buffer.from(this.#piece(from, most));
  }

  /**
   * Where to begin on an empty screen: at the first byte that is held and is neither within a sequence nor within a
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

  /** UTF-8: every byte of a character but its first is 10xxxxxx. */
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

  /** Grows before anything was dropped, so that all lies from the ring's beginning. */
  #makeRoom(bytes: number): void {
    if (bytes <= this.#ring.length) return;
    let size = this.#ring.length;
    while (size < bytes) size *= 2;
    const ring = Buffer.alloc(size);
    ring.set(this.#ring.subarray(0, this.#end));
    this.#ring = ring;
  }
}
