/** One construct of CockroachDB's SQL, as the page about the stand-in lists it. */
export interface Construct {
  /** Sentences for readers, with SQL between backticks. */
  does: string;
  /** The pages of CockroachDB's documentation that describe it, by their names below `docs/stable/`. */
  pages: readonly string[];
  /** The module that implements it, by its path in this folder. */
  module: string;
}
