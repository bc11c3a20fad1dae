import { describe, expect, it } from 'vitest';
import { exitCodeOf, outcomeLines } from '../../../commands/verify/outcome.ts';

const leftOut = ['django needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0 runs here'];

describe('a verification', () => {
  it('succeeds when something was verified and nothing was wrong', () => {
    expect(exitCodeOf({ right: 2, wrong: 0, steps: 9, leftOut: [] })).toBe(0);
    expect(exitCodeOf({ right: 2, wrong: 0, steps: 9, leftOut })).toBe(0);
  });

  it('fails when something was wrong, or when nothing was verified', () => {
    expect(exitCodeOf({ right: 2, wrong: 1, steps: 9, leftOut: [] })).toBe(1);
    expect(exitCodeOf({ right: 0, wrong: 1, steps: 1, leftOut: [] })).toBe(1);
    expect(exitCodeOf({ right: 0, wrong: 0, steps: 0, leftOut })).toBe(1);
    expect(exitCodeOf({ right: 0, wrong: 0, steps: 0, leftOut: [] })).toBe(1);
  });

  it('ends with what was left out and why, and how much was verified', () => {
    expect(outcomeLines({ right: 2, wrong: 1, steps: 9, leftOut })).toEqual([
      `left out: ${leftOut[0]}`,
      'Verified: 2 right, 1 wrong, each mode counted; 9 steps. Left out: 1.',
    ]);
    expect(outcomeLines({ right: 0, wrong: 0, steps: 0, leftOut })).toEqual([
      `left out: ${leftOut[0]}`,
      'Nothing was verified.',
    ]);
  });
});
