/*
 * Rows that are made up, the same ones each time. CockroachDB draws names, addresses and numbers from lists and a
 * generator of its own, which changed between its versions; those here are ours.
 */

const listOf = (words: string): string[] => words.split(' ');
const FIRST = listOf('Ada Alan Barbara Donald Edith Edsger Frances Grace Ivan Jean John Katherine');
const LAST = listOf('Abbott Barker Castillo Dawson Ellis Foster Grant Hudson Ibarra Jensen Keller Lopez Meyer Novak');
const STREETS = listOf(
  'Birch Canal Cedar Chestnut Church Elm Harbor Hill Lake Maple Market Mill Orchard River Station',
);
const SUFFIXES = listOf('Avenue Court Lane Place Road Square Street Way');
const WORDS = listOf(
  'amber bicycle corner daily early first garden half indigo journey kind lunch monday night open plaza quiet return ' +
    'summer ticket uptown velvet weekend zone',
);
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Draws values for one row. Two with the same seed draw the same. */
export class MadeUp {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** Returns a whole number from 0 to `count` - 1. */
  below(count: number): number {
    // Mulberry32: 32 bits of state are enough for a few thousand rows.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  name(): string {
    return `${this.oneOf(FIRST)} ${this.oneOf(LAST)}`;
  }

  address(): string {
    const house = `${1000 + this.below(98_999)} ${this.oneOf(STREETS)} ${this.oneOf(SUFFIXES)}`;
    const part = this.below(4);
    return part > 1 ? house : `${house} ${part === 0 ? 'Apt.' : 'Suite'} ${this.below(100)}`;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.below(10)).join('');
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => LETTERS[this.below(LETTERS.length)]).join('');
  }

  words(count: number): string[] {
    return Array.from({ length: count }, () => this.oneOf(WORDS));
  }

  /** Returns some sentences of four to seven words. */
  paragraph(): string {
    return Array.from({ length: 1 + this.below(4) }, () => {
      const sentence = this.words(4 + this.below(4)).join(' ');
      return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
    }).join(' ');
  }
}
