import type { Parameters } from 'fast-check';

/** The search for a shorter case ends after this time, well before the test's deadline. */
const SEARCH_MS = 80_000;

/**
 * Returns how often to try a property: `usual` times, always the same tries, so that no change is blamed for what it
 * did not cause. `TRIES=1000 SEED=7` explores; a failure prints its seed and the shortest case that was found.
 */
export function rounds(usual: number): Parameters<unknown> {
  return {
    numRuns: Number(process.env['TRIES'] ?? usual),
    seed: Number(process.env['SEED'] ?? 16),
    interruptAfterTimeLimit: SEARCH_MS,
  };
}
