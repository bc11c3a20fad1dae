import type { Mode, Step } from '../../shared/protocol.ts';

/**
 * Checks what a tutorial must have done to the database, in addition to what it printed: the default export of a page's
 * `<name>.effects.ts`. Returns the faults that it finds, as sentences.
 */
export type Effects = (context: EffectsContext) => Promise<string[]>;

/**
 * What effects can use, in the sandbox in which the tutorial was run. Authors read about it in
 * `shared/effects-functions.ts`.
 */
export interface EffectsContext {
  mode: Mode;
  query: Query;
  /** Returns what a step of the tutorial printed; empty when only the other mode has it. Throws when none has. */
  printed: (step: string) => string;
  /** Runs a step of the tutorial again, by its id, or another step. */
  run: (step: string | Step) => Promise<{ printed: string }>;
}

/**
 * Returns the rows of a statement, run as root in the cluster of a verified tutorial, in the database `bank` by
 * default. Throws an Error when the statement fails or has more rows than the server sends.
 */
export type Query = (statement: string, database?: string) => Promise<(string | null)[][]>;
