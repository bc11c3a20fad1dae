/** The limits of a run; the figures come from the configuration. */
export interface RunLimits {
  /** The usual limit of a step, and the most that a step can ask for. */
  stepMs: number;
  maxStepMs: number;
  outputBytes: number;
  /** How long an unused SQL session is kept, and one with an open transaction. */
  sessionMs: number;
  transactionMs: number;
}

/** How long SQL sessions are kept. */
export type SessionLimits = Pick<RunLimits, 'sessionMs' | 'transactionMs'>;

/** The limits of a sandbox and its lifetime. */
export interface SandboxLimits extends RunLimits {
  idleMs: number;
  lifeMs: number;
  /** How long a sandbox is kept for a reader who has closed all pages that use it. */
  awayMs: number;
  /** How long a terminal lives without a page. */
  terminalAwayMs: number;
}
