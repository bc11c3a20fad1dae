import { AppError } from '../errors.ts';

/** For whom something is under way, and how much of it may be at once. */
export interface Share {
  /** The sandbox, reader or address; counts of one name are one. */
  of: string;
  most: number;
  /** Whose limit it is, as the refusal says it: `your network address`. */
  words: string;
}

/** Counts what is under way, by whom it is for. What is over is forgotten at once. */
export class UnderWay {
  readonly #what: string;
  readonly #counts = new Map<string, number>();

  /** `what` is under way, as the refusal says it: `requests`. */
  constructor(what: string) {
    this.#what = what;
  }

  /** Begins one more, in each of these shares. Gives what ends it, once; more is harmless. Throws AppError `too-many`, with nothing begun. */
  begin(shares: readonly Share[]): () => void {
    const full = shares.find(({ of, most }) => (this.#counts.get(of) ?? 0) >= most);
    if (full) throw new AppError('too-many', `Too many ${this.#what} are under way for ${full.words}: wait for some of them to end, or close pages that you do not need.`);
    this.#add(shares, 1);
    let isUnderWay = true;
    return () => {
      if (isUnderWay) this.#add(shares, -1);
      isUnderWay = false;
    };
  }

  #add(shares: readonly Share[], difference: number): void {
    for (const { of } of shares) {
      const count = (this.#counts.get(of) ?? 0) + difference;
      if (count > 0) this.#counts.set(of, count);
      else this.#counts.delete(of);
    }
  }
}
