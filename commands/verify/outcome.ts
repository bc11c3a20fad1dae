import { counted } from '../../src/sentences/counted.ts';

/** The result of verifying tutorials; each one counts once per mode. */
export interface Outcome {
  /** Tutorials without a fault. */
  right: number;
  /** Tutorials with faults. */
  wrong: number;
  /** Steps that were run. */
  steps: number;
  /** Why other tutorials were not verified, as clauses. */
  leftOut: string[];
}

/** Returns the last lines of a verification: what was left out and why, then what was verified. */
export function outcomeLines({ right, wrong, steps, leftOut }: Outcome): string[] {
  const lines = leftOut.map((reason) => `left out: ${reason}`);
  if (right + wrong === 0) return [...lines, 'Nothing was verified.'];
  return [
    ...lines,
    `Verified: ${right} right, ${wrong} wrong, each mode counted; ${counted(steps, 'step')}. ` +
      `Left out: ${leftOut.length}.`,
  ];
}

/** Returns 0 when something was verified and nothing was wrong, else 1. */
export function exitCodeOf({ right, wrong }: Outcome): 0 | 1 {
  return right > 0 && wrong === 0 ? 0 : 1;
}
