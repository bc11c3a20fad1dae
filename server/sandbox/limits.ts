/** What a run may use; see the configuration for where the figures come from. */
export interface RunLimits {
  stepMs: number;
  outputBytes: number;
  /** How long a SQL session that nobody uses is kept, and how long one with an open transaction. */
  sessionMs: number;
  transactionMs: number;
}
