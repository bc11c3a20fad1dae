import { AppError, type LimitName } from '../errors.ts';
import { Counter } from './counter.ts';
import type { Quota } from '../quota.ts';
import { tooManySentence } from '../sentences/request-sentences.ts';

/** Limits how many of one thing may be in progress, for each of several quotas. */
export class ConcurrencyLimit {
  readonly #what: string;
  readonly #limit: LimitName;
  readonly #tally = new Counter<string>();
  readonly #inProgress: Counter<LimitName>;

  /**
   * `what` is counted, in the plural, for the refusal: `requests`. `inProgress` counts all that is in progress under
   * the name of the limit.
   */
  constructor(what: string, limit: LimitName, inProgress = new Counter<LimitName>()) {
    this.#inProgress = inProgress;
    this.#what = what;
    this.#limit = limit;
  }

  /**
   * Counts one more in each of these quotas. Returns a function that ends it; calling it again has no effect. Throws
   * AppError `too-many` when one is full, and then counts nothing.
   */
  begin(quotas: readonly Quota[]): () => void {
    const full = quotas.find(({ of, most }) => this.#tally.of(of) >= most);
    if (full) throw new AppError('too-many', tooManySentence(this.#what, full.words), { limit: this.#limit });
    this.#add(quotas, 1);
    let isUnderWay = true;
    return () => {
      if (isUnderWay) this.#add(quotas, -1);
      isUnderWay = false;
    };
  }

  #add(quotas: readonly Quota[], difference: number): void {
    this.#inProgress.add(this.#limit, difference);
    for (const { of } of quotas) this.#tally.add(of, difference);
  }
}
