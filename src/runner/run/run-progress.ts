/**
 * The progress of a run: the number of the current step, the number of all steps, and when Run was pressed, in epoch
 * milliseconds.
 */
export interface RunProgress {
  at: number;
  of: number;
  sinceMs: number;
}
