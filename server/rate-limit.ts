import { AppError, type LimitName } from './errors.ts';
import type { Quota } from './quota.ts';
import { tooOftenSentence } from './sentences/request-sentences.ts';

const WINDOW_MS = 60_000;

/** Limits how often something may happen in any minute. It remembers as many times as were allowed in the last one. */
export class RateLimit {
  readonly #what: string;
  readonly #limit: LimitName;
  /** The times of the last minute, in the order of the last ones. */
  readonly #times = new Map<string, number[]>();

  /** `what` is counted, in the plural, for the refusal: `runs`. */
  constructor(what: string, limit: LimitName) {
    this.#what = what;
    this.#limit = limit;
  }

  /**
   * Counts it once in each of these quotas. Throws AppError `too-many` with the seconds to wait when one is full, and
   * then counts nothing.
   */
  take(quotas: readonly Quota[], nowMs = performance.now()): void {
    this.#forget(nowMs - WINDOW_MS);
    const counted = quotas.map((quota) => ({ ...quota, recent: this.#recent(quota.of, nowMs) }));
    for (const { most, words, recent } of counted) {
      // When this one is a minute old, there is room for another.
      const inTheWay = recent.at(-most);
      if (recent.length < most || inTheWay === undefined) continue;
      throw new AppError('too-many', tooOftenSentence(this.#what, words), {
        limit: this.#limit,
        retryAfterSeconds: Math.max(1, Math.ceil((inTheWay + WINDOW_MS - nowMs) / 1000)),
      });
    }
    for (const { of, recent } of counted) {
      this.#times.delete(of);
      this.#times.set(of, [...recent, nowMs]);
    }
  }

  #recent(of: string, nowMs: number): number[] {
    return (this.#times.get(of) ?? []).filter((time) => time > nowMs - WINDOW_MS);
  }

  #forget(beforeMs: number): void {
    for (const [of, times] of this.#times) {
      if (times.at(-1)! > beforeMs) return;
      this.#times.delete(of);
    }
  }
}
