import { SPAN_BYTES, SPAN_MESSAGES, SPAN_MS } from './terminal-limits.ts';

/** How much a page may be sent, span by span. */
export class TerminalPace {
  #sinceMs = Number.NEGATIVE_INFINITY;
  #bytes = 0;
  #messages = 0;

  /** What the next message may hold; 0 when none may go before the next span. */
  allowedBytes(): number {
    if (this.leftMs() <= 0) {
      this.#sinceMs = performance.now();
      this.#bytes = 0;
      this.#messages = 0;
    }
    return this.#messages < SPAN_MESSAGES ? SPAN_BYTES - this.#bytes : 0;
  }

  /** A message of so many bytes went. */
  count(bytes: number): void {
    this.#bytes += bytes;
    this.#messages += 1;
  }

  /** Until the next span, milliseconds. */
  leftMs(): number {
    return this.#sinceMs + SPAN_MS - performance.now();
  }
}
