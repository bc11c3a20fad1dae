/** Numbers that look random, and are the same for the same seed. */
export class Chance {
  readonly seed: number;
  #state: number;

  /** `SEED=7` repeats a test that has printed it. */
  constructor(seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)) {
    this.seed = seed;
    this.#state = seed;
  }

  /** Returns a whole number from 0 to `most`. */
  upTo(most: number): number {
    // The generator mulberry32.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % (most + 1);
  }
}
