/** What a run may use; see the configuration for where the figures come from. */
export interface RunLimits {
  stepMs: number;
  outputBytes: number;
  /** How long a SQL session that nobody uses is kept, and how long one with an open transaction. */
  sessionMs: number;
  transactionMs: number;
}

/** How long SQL sessions are kept. */
export type SessionLimits = Pick<RunLimits, 'sessionMs' | 'transactionMs'>;

/** What a sandbox may use, and how long it lives. */
export interface SandboxLimits extends RunLimits {
  idleMs: number;
  lifeMs: number;
  /** How long a terminal lives without a page. */
  terminalAwayMs: number;
}
