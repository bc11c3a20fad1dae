import type { Duplex } from 'node:stream';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';

/** Taken keys are acknowledged to the page in batches of this size; with fewer, its window is far from full. */
const TELL_BYTES = TERMINAL_WINDOW_BYTES / 4;

/** Queues what pages type for the program: at most one window's bytes, however many pages there are. */
export class TerminalKeys {
  readonly #stream: Duplex;
  #waitingBytes = 0;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** Returns the queue's end for one page. `took` is called with how many of its bytes were taken. */
  ofPage(took: (bytes: number) => void): PageKeys {
    return new PageKeys((bytes, done) => this.#write(bytes, done), took);
  }

  /** Drops what does not fit, as terminals do: input of another page may still be queued. */
  #write(bytes: Buffer, done: () => void): void {
    if (this.#waitingBytes + bytes.length > TERMINAL_WINDOW_BYTES) return done();
    this.#waitingBytes += bytes.length;
    this.#stream.write(bytes, () => {
      this.#waitingBytes -= bytes.length;
      done();
    });
  }
}

/** The keys of one page, limited by its window. */
export class PageKeys {
  readonly #write: (bytes: Buffer, done: () => void) => void;
  readonly #took: (bytes: number) => void;
  /** Bytes that the page has sent and that were not acknowledged, and how many of them were taken. */
  #heldBytes = 0;
  #takenBytes = 0;

  constructor(write: (bytes: Buffer, done: () => void) => void, took: (bytes: number) => void) {
    this.#write = write;
    this.#took = took;
  }

  /** Queues keys. Returns false when the page has exceeded its window. */
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
