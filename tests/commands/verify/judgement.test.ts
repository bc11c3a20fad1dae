import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../../commands/verify/fault.ts';
import { endFault, judgeOutput } from '../../../commands/verify/judgement.ts';
import type { EndReason, RunEvent } from '../../../shared/protocol.ts';
import type { Failure, PageStep } from '../../../shared/step.ts';

type Done = Extract<RunEvent, { type: 'done' }>;

const shell: PageStep['step'] = { id: 'a-1', kind: 'shell', command: 'false' };
const sql: PageStep['step'] = { id: 'a-1', kind: 'sql', statements: 'INSERT …', user: 'root' };
const ended = (reason: EndReason, done?: Partial<Done>, message?: string): RunEvent[] => [
  ...(done ? [{ type: 'done', step: 'a-1', ok: false, ms: 1, ...done } as const] : []),
  { type: 'end', reason, ...(message === undefined ? {} : { message }) },
];
const judge = (
  events: RunEvent[],
  { step = shell, fails, printed = '' }: { step?: PageStep['step']; fails?: Failure; printed?: string } = {},
): string | undefined => {
  const finding = endFault({ step, ...(fails && { fails }) }, events, printed);
  return finding && describeFinding(finding);
};

describe('a step that must succeed', () => {
  it('is right when it was done', () => {
    expect(judge(ended('finished', { ok: true, exitCode: 0 }))).toBeUndefined();
  });

  it.each([
    ['failed-step', { exitCode: 3 }, 'found that it failed with exit code 3; expected success.'],
    ['failed-step', { sqlState: '23505' }, 'found that it failed with SQLSTATE 23505; expected success.'],
    ['timed-out', {}, 'found that it did not end in time; expected it to end within its limit.'],
    ['too-much-output', {}, 'found that its run ended with too-much-output; expected it to finish.'],
    ['finished', undefined, 'found that it was not done, though its run finished; expected it to be done.'],
  ] as const)('is wrong after %s, %j', (reason, done, sentence) => {
    expect(judge(ended(reason, done))).toContain(sentence);
  });

  it('that sends statements and runs out of time may wait for another session, as the remedy says', () => {
    expect(judge(ended('timed-out'), { step: sql })).toContain(
      'A step can ask for more time, as in `limit=90s`; one that waits for another session says so, with `waits`.',
    );
    expect(judge(ended('timed-out'))).not.toContain('waits');
  });

  it('is shown with what the server says, and the end of what it printed', () => {
    expect(judge(ended('timed-out', {}, 'It took longer than 30 s.'), { printed: 'working\n' })).toMatch(
      /\nIt took longer than 30 s\.\nworking$/,
    );
  });

  it('must open a port when it goes on in the background, and is told so', () => {
    const step = { ...shell, background: true };
    expect(judge(ended('timed-out'), { step })).toContain(
      'found no port on which its program listens; expected the program of a background step to open a port. ' +
        'Let it listen, or leave out `background`.',
    );
    expect(judge(ended('failed-step', { exitCode: 1 }), { step })).toContain(
      'found that its program ended with exit code 1 without opening a port',
    );
  });
});

describe('a step that must fail', () => {
  it.each([
    ['in any way', {}, shell, { exitCode: 7 }],
    ['with its exit code', { exitCode: 7 }, shell, { exitCode: 7 }],
    ['with its SQLSTATE', { sqlState: '23505' }, sql, { sqlState: '23505' }],
  ])('is right when it fails %s', (_, fails, step, done) => {
    expect(judge(ended('finished', done), { fails, step })).toBeUndefined();
  });

  it.each([
    [{}, shell, { ok: true, exitCode: 0 }, 'found success; expected it to fail, as its `fails` says.'],
    [
      { exitCode: 7 },
      shell,
      { exitCode: 1 },
      'found that it failed with exit code 1; expected it to fail with exit code 7, as its `fails` says.',
    ],
    [
      { sqlState: '23505' },
      sql,
      { sqlState: '42P01' },
      'found that it failed with SQLSTATE 42P01; expected it to fail with SQLSTATE 23505',
    ],
    [{ sqlState: '23505' }, sql, {}, 'found that it failed; expected it to fail with SQLSTATE 23505'],
    [{ sqlState: '23505' }, sql, { ok: true }, 'found success; expected it to fail with SQLSTATE 23505'],
  ])('is wrong otherwise: %j', (fails, step, done, sentence) => {
    expect(judge(ended('finished', done), { fails, step })).toContain(sentence);
  });
});

describe('what a step prints', () => {
  const output = (text: string, printed: string, unordered = false): string | undefined => {
    const finding = judgeOutput({ expected: { text, unordered } }, printed, new Map());
    return finding && describeFinding(finding);
  };

  it('is right when it fits, or when the page says nothing about it', () => {
    expect(output('Created {int} accounts.', 'Created 100 accounts.\n')).toBeUndefined();
    expect(judgeOutput({}, 'anything', new Map())).toBeUndefined();
  });

  it('is shown from its first difference', () => {
    expect(output('one\ntwo\nthree', 'one\n2\nthree\n')).toBe(
      'found `2` in its output; expected `two` in line 2 of the expected output.\n' +
        '- expected, + printed:\n  one\n- two\n+ 2\n  three',
    );
    expect(output('one', 'one\nmore\n')).toContain('found `more` in its output; expected no such line.');
    expect(output('one\ntwo', 'one\n')).toContain('found no such line in its output; expected `two` in line 2');
  });

  it('is told when it is nothing', () => {
    expect(output('one', '\n')).toBe('found that it printed nothing; expected `one` in line 1 of the expected output.');
  });
});
