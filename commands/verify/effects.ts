import type { Mode, Step } from '../../shared/protocol.ts';

/**
 * What a tutorial must have done to the database, beyond what it printed: the default export of a page's
 * `<name>.effects.ts`. Returns the faults that it finds, as sentences; none when all is as it must be.
 */
export type Effects = (context: EffectsContext) => Promise<string[]>;

/** What effects may look at and do, in the sandbox that the tutorial was done in. */
interface EffectsContext {
  mode: Mode;
  query: Query;
  /** What a step of the tutorial printed; empty when there is no such step. */
  printed: (step: string) => string;
  /** Does a step of the tutorial once more, by its id, or another step. */
  run: (step: string | Step) => Promise<{ printed: string }>;
}

/**
 * Asks the cluster of a verified tutorial: the rows of a statement as root, in `bank` when no database is named. Throws
 * an Error when the statement fails, or has more rows than the server sends.
 */
export type Query = (statement: string, database?: string) => Promise<(string | null)[][]>;
