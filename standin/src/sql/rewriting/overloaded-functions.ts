/** A function with several forms for the same number of arguments, of which NULL alone does not choose one. */
export interface Overloaded {
  /** How many arguments it takes. */
  counts: readonly number[];
  /** Whether its first argument tells the form, or all of them together. */
  decides: 'first' | 'all';
  /** A type, as PostgreSQL names it, that one of the forms takes for NULL. */
  type: string;
  /** Whether its result is NULL when an argument is. */
  isStrict: boolean;
}

const number = (...counts: number[]): Overloaded => ({ counts, decides: 'all', type: 'numeric', isStrict: true });
const first = (type: string, ...counts: number[]): Overloaded => ({ counts, decides: 'first', type, isStrict: true });

/** By name. The forms are those of the catalog of CockroachDB v21.1 (catalog/functions.json). */
export const OVERLOADED: ReadonlyMap<string, Overloaded> = new Map([
  ...['abs', 'cbrt', 'ceil', 'ceiling', 'exp', 'floor', 'isnan', 'ln', 'sign', 'sqrt', 'trunc'].map(
    (name) => [name, number(1)] as const,
  ),
  ...['div', 'mod', 'pow', 'power'].map((name) => [name, number(2)] as const),
  ['log', number(1, 2)],
  ['width_bucket', number(4)],
  ['round', first('numeric', 1, 2)],
  ['get_bit', first('bytea', 2)],
  ['set_bit', first('bytea', 3)],
  ...['array_length', 'array_lower', 'array_upper'].map((name) => [name, first('text[]', 2)] as const),
  ['array_to_string', first('text[]', 2, 3)],
  ['array_to_json', first('text[]', 1, 2)],
  // It tells the type of NULL itself: for `tid`, which CockroachDB does not have, it is `unknown`.
  ['pg_typeof', { ...first('pg_catalog.tid', 1), isStrict: false }],
]);
