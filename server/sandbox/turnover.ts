/** What happened this long ago counts half as much as what happens now. */
const HALF_LIFE_MS = 10 * 60_000;
const MEAN_MS = HALF_LIFE_MS / Math.LN2;
/** From fewer ends nothing can be said about the next ones; this is about two recent ones. */
const LEAST_ENDS = 1.5;

/**
 * How often readers' sandboxes have ended lately, from which the wait for a slot is estimated. Those that still live
 * count with their time so far; otherwise the short lives, which end first, would make the estimate too short.
 */
export class Turnover {
  #live = 0;
  #ends = 0;
  /** The time lived by all sandboxes together, weighted like the ends. */
  #livedMs = 0;
  #atMs = performance.now();

  /** Notes that a reader has got a sandbox. */
  begin(): void {
    this.#advance();
    this.#live += 1;
  }

  /** Notes that one has ended. */
  end(): void {
    this.#advance();
    this.#live -= 1;
    this.#ends += 1;
  }

  /** Returns the estimated time until that many more have ended; undefined when too few have ended lately. */
  waitMs(ends: number): number | undefined {
    this.#advance();
    if (this.#ends < LEAST_ENDS || this.#live === 0) return undefined;
    return (ends * this.#livedMs) / (this.#ends * this.#live);
  }

  #advance(): void {
    const nowMs = performance.now();
    const kept = 0.5 ** ((nowMs - this.#atMs) / HALF_LIFE_MS);
    this.#ends *= kept;
    this.#livedMs = this.#livedMs * kept + this.#live * MEAN_MS * (1 - kept);
    this.#atMs = nowMs;
  }
}
