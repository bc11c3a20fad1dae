import { expect, it } from 'vitest';
import { verificationLines } from '../../../commands/verify/result-lines.ts';
import type { VerifiedStep } from '../../../commands/verify/tutorial-run.ts';
import type { Verification } from '../../../commands/verify/verification.ts';

const step: VerifiedStep = {
  id: 'a-1',
  events: [],
  printed: '',
  pageStep: { step: { id: 'a-1', kind: 'shell', command: 'ls' }, mode: null, source: { file: 'a.mdx', line: 1 } },
};
const verification = (rest: Partial<Verification> = {}): Verification => ({
  tutorial: 'pony',
  mode: 'secure',
  sandbox: {
    id: 's',
    mode: 'secure',
    state: 'ready',
    engine: { name: 'CockroachDB', version: 'v26.2.5', standIn: false },
    done: [],
    expiresAtMs: 0,
  },
  steps: [step, step],
  faults: [],
  checked: { outputs: 1, effects: true, functions: 2 },
  ...rest,
});

it('a verification says what it checked, and what there was not to check', () => {
  expect(verificationLines(verification(), { seconds: 8.12, recording: 'recording up to date' })).toEqual([
    'right  pony, secure: 2 steps, 1 output compared, effects checked, 2 functions executed, recording up to date; ' +
      '8.1 s on CockroachDB v26.2.5',
  ]);
  const checked = { outputs: 0, effects: false, functions: 0 };
  expect(verificationLines(verification({ checked }), { seconds: 1 })[0]).toContain(
    '0 outputs compared, no effects, no functions named; 1.0 s',
  );
});

it('after a fault it says only what it reached, and then the fault, indented', () => {
  const checked = { outputs: 1, effects: false, functions: 0 };
  expect(verificationLines(verification({ checked, faults: ['a.mdx:1: wrong\n- this'] }), { seconds: 1 })).toEqual([
    'WRONG  pony, secure: 2 steps, 1 output compared; 1.0 s on CockroachDB v26.2.5',
    '       a.mdx:1: wrong\n       - this',
  ]);
});

it('one step alone says how many were needed before it', () => {
  expect(verificationLines(verification(), { seconds: 1, only: 'a-2' })[0]).toBe(
    'right  pony, secure: step a-2 after 1 step above it, 1 output compared, effects and recording not looked at; ' +
      '1.0 s on CockroachDB v26.2.5',
  );
});
