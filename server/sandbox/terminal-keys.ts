import type { Duplex } from 'node:stream';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';

/** A page learns that keys were taken when they are this many: with fewer its window is far from full. */
const TELL_BYTES = TERMINAL_WINDOW_BYTES / 4;

/** What pages type, on its way to the program. One window's bytes at most wait for it, from however many pages. */
export class TerminalKeys {
  readonly #stream: Duplex;
  #waitingBytes = 0;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** The keys of one page. `took` tells it of bytes that were taken. */
  ofPage(took: (bytes: number) => void): PageKeys {
    return new PageKeys((bytes, done) => this.#write(bytes, done), took);
  }

  /** As a terminal does, drops what has no room: what another page typed may still wait. */
  #write(bytes: Buffer, done: () => void): void {
    if (this.#waitingBytes + bytes.length > TERMINAL_WINDOW_BYTES) return done();
    this.#waitingBytes += bytes.length;
    this.#stream.write(bytes, () => {
      this.#waitingBytes -= bytes.length;
      done();
    });
  }
}

/** What one page types; holds it to its window. */
export class PageKeys {
  readonly #write: (bytes: Buffer, done: () => void) => void;
  readonly #took: (bytes: number) => void;
  /** Sent by the page and not yet told as taken; and of these, taken. */
  #heldBytes = 0;
  #takenBytes = 0;

  constructor(write: (bytes: Buffer, done: () => void) => void, took: (bytes: number) => void) {
    this.#write = write;
    this.#took = took;
  }

  /** Passes keys on. False when the page had no credit for them. */
  type(bytes: Buffer): boolean {
    if (this.#heldBytes + bytes.length > TERMINAL_WINDOW_BYTES) return false;
    this.#heldBytes += bytes.length;
    this.#write(bytes, () => this.#taken(bytes.length));
    return true;
  }

  #taken(bytes: number): void {
    this.#takenBytes += bytes;
    if (this.#takenBytes < TELL_BYTES) return;
    this.#heldBytes -= this.#takenBytes;
    this.#took(this.#takenBytes);
    this.#takenBytes = 0;
  }
}
