import { LITTLE_BYTES, SPAN_BYTES, SPAN_BYTES_OF_ALL, SPAN_MESSAGES, SPAN_MS } from './terminal-limits.ts';

/**
 * Limits what is sent to all pages together, in equal shares, because terminals may print without end and one thread
 * serves all readers.
 */
export class PaceOfAll {
  #sinceMs = performance.now();
  /** How many pages were sent much, in this span and in the last one. */
  #many = 0;
  #manyBefore = 0;

  /** Counts one more page that was sent much. */
  count(): void {
    this.#many += 1;
  }

  /** Returns how many bytes each page may be sent in a span. */
  shareBytes(): number {
    const passedMs = performance.now() - this.#sinceMs;
    if (passedMs >= SPAN_MS) {
      this.#manyBefore = passedMs < 2 * SPAN_MS ? this.#many : 0;
      this.#many = 0;
      this.#sinceMs += passedMs;
    }
    return Math.min(
      SPAN_BYTES,
      Math.max(LITTLE_BYTES, Math.floor(SPAN_BYTES_OF_ALL / Math.max(1, this.#many, this.#manyBefore))),
    );
  }
}

const OF_THIS_SERVER = new PaceOfAll();

/** Limits what is sent to one page, span by span. */
export class TerminalPace {
  readonly #all: PaceOfAll;
  #sinceMs = Number.NEGATIVE_INFINITY;
  #bytes = 0;
  #messages = 0;

  constructor(all = OF_THIS_SERVER) {
    this.#all = all;
  }

  /** Returns the most bytes for the next message; 0 when none may be sent in this span. */
  allowedBytes(): number {
    if (this.leftMs() <= 0) {
      this.#sinceMs = performance.now();
      this.#bytes = 0;
      this.#messages = 0;
    }
    return this.#messages < SPAN_MESSAGES ? Math.max(0, this.#all.shareBytes() - this.#bytes) : 0;
  }

  /** Counts a message of that many bytes. */
  count(bytes: number): void {
    if (this.#bytes < LITTLE_BYTES && this.#bytes + bytes >= LITTLE_BYTES) this.#all.count();
    this.#bytes += bytes;
    this.#messages += 1;
  }

  /** Returns the time until the next span, milliseconds. */
  leftMs(): number {
    return Math.max(0, this.#sinceMs + SPAN_MS - performance.now());
  }
}
