/** How far a run is: the step under way, of how many, and since when, epoch milliseconds. */
export interface RunProgress {
  at: number;
  of: number;
  sinceMs: number;
}
