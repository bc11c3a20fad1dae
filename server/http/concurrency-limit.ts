import { AppError } from '../errors.ts';
import { Counter } from './counter.ts';

/** For whom something is under way, and how much of it may be at once. */
export interface Quota {
  /** The sandbox, reader or address; counts of one name are one. */
  of: string;
  most: number;
  /** Whose limit it is, as the refusal says it: `your network address`. */
  words: string;
}

/** Counts what is under way, by whom it is for. */
export class ConcurrencyLimit {
  readonly #what: string;
  readonly #tally = new Counter<string>();

  /** `what` is under way, as the refusal says it: `requests`. */
  constructor(what: string) {
    this.#what = what;
  }

  /**
   * Begins one more, in each of these shares. Gives what ends it, once; more is harmless. Throws AppError `too-many`,
   * with nothing begun.
   */
  begin(shares: readonly Quota[]): () => void {
    const full = shares.find(({ of, most }) => this.#tally.of(of) >= most);
    if (full)
      throw new AppError(
        'too-many',
        `Too many ${this.#what} are under way for ${full.words}: wait for some of them to end, or ` +
          'close pages that you do not need.',
      );
    this.#add(shares, 1);
    let isUnderWay = true;
    return () => {
      if (isUnderWay) this.#add(shares, -1);
      isUnderWay = false;
    };
  }

  #add(shares: readonly Quota[], difference: number): void {
    for (const { of } of shares) this.#tally.add(of, difference);
  }
}
