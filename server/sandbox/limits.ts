/** What a run may use; see the configuration for where the figures come from. */
export interface RunLimits {
  stepMs: number;
  outputBytes: number;
}
