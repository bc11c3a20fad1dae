import { describe, expect, it } from 'vitest';
import { sayTheSame } from '../../../commands/verify/equal-recordings.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { fingerprintOf, type Recording } from '../../../shared/recording.ts';
import type { PageStep } from '../../../shared/step.ts';

const page = (expected?: string): PageStep => ({
  step: { id: 'a-1', kind: 'shell', command: 'python app.py' },
  mode: null,
  ...(expected === undefined ? {} : { expected: { text: expected, unordered: false } }),
  source: { file: 'content/tutorials/a.mdx', line: 1 },
});
const recording = (text: string, { exitCode = 0, version = 'v25.2.0', date = '2026-11-26' } = {}): Recording => ({
  tutorial: 'a',
  mode: 'secure',
  engine: { name: 'stand-in', version, standIn: true },
  date,
  steps: [
    {
      id: 'a-1',
      fingerprint: fingerprintOf(page()),
      events: [
        ...text.split(/(?<=\n)/).map((part): RunEvent => ({ type: 'output', stream: 'stdout', text: part })),
        { type: 'done', step: 'a-1', ok: exitCode === 0, exitCode, ms: 0 },
      ],
    },
  ],
});
const isSame = (before: string, now: string, expected?: string): boolean =>
  sayTheSame(recording(before), recording(now, { date: '2026-11-28' }), [page(expected)]);

describe('a new recording says nothing new', () => {
  it.each([
    ['another day', 'done', 'done'],
    ['an identifier', 'id 6f0a3b9e-0c1d-4b52-9d6a-2f3c4d5e6f70', 'id 11111111-2222-4333-8444-555555555555'],
    ['a row’s number', 'account 1013567890123456789', 'account 1013567890987654321'],
    ['a moment', 'at 2026-11-26 10:01:02.5+00:00', 'at 2026-11-28 23:59:59+00:00'],
    ['a duration', 'Time: 12ms total (execution 3.5 ms)', 'Time: 9ms total (execution 14 ms)'],
    [
      'a column’s width',
      '  id        | n\n------------+---\n  2026-11-26 | 1',
      '  id    | n\n--------+---\n  2026-11-27 | 1',
    ],
  ])('when it differs in %s', (_, before, now) => {
    expect(isSame(before, now)).toBe(true);
  });

  it('when it differs in what the page calls varying', () => {
    expect(isSame('Created 97 accounts.', 'Created 100 accounts.', 'Created {int} accounts.')).toBe(true);
    expect(isSame('Created 97 accounts.', 'Created 100 accounts.')).toBe(false);
  });

  it('only if that is all that differs', () => {
    expect(isSame('Moved 5 euros.', 'Moved 6 euros.')).toBe(false);
    expect(isSame('a\n7', 'b\n7', '…\n{int}')).toBe(false);
    const now = recording('done', { exitCode: 1 });
    expect(sayTheSame(recording('done'), now, [page()])).toBe(false);
    expect(sayTheSame(recording('done'), recording('done', { version: 'v26.1.0' }), [page()])).toBe(false);
    expect(sayTheSame({ ...recording('done'), steps: [] }, recording('done'), [page()])).toBe(false);
  });
});
