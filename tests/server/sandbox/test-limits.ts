import type { SandboxLimits } from '../../../server/sandbox/sandbox-limits.ts';

/** Limits that no test reaches by accident; a test about one of them sets it. */
export const LIMITS: SandboxLimits = {
  stepMs: 1000,
  maxStepMs: 2000,
  outputBytes: 1000,
  sessionMs: 60_000,
  transactionMs: 60_000,
  idleMs: 60_000,
  lifeMs: 60_000,
  awayMs: 60_000,
  terminalAwayMs: 60_000,
};
