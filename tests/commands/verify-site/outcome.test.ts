import { describe, expect, it } from 'vitest';
import { exitCodeOf, replayLines, summaryLines } from '../../../commands/verify-site/outcome.ts';
import type { Replay } from '../../../commands/verify-site/replay.ts';

const right: Replay = {
  page: '/pony.html',
  mode: 'secure',
  outcome: 'right',
  steps: 10,
  faults: [],
  clusterMs: 412,
  firstOutputMs: 960,
  ms: 6049,
};
const wrong: Replay = { page: '/', mode: 'insecure', outcome: 'wrong', steps: 1, faults: ['it fails\n  here'], ms: 50 };
const full: Replay = { ...wrong, outcome: 'full', faults: ['All clusters are in use.'] };
const of = (...replays: Replay[]): Parameters<typeof exitCodeOf>[0] => ({ replays, leftOut: [], isCutShort: false });

describe('the exit code for a timer', () => {
  it('is 0 when something was replayed and everything was right', () => {
    expect(exitCodeOf(of(right, right))).toBe(0);
  });

  it('is 1 when something was wrong, when nothing was replayed, or when the time was up', () => {
    expect(exitCodeOf(of(right, wrong))).toBe(1);
    expect(exitCodeOf(of(wrong, full))).toBe(1);
    expect(exitCodeOf(of())).toBe(1);
    expect(exitCodeOf({ ...of(right), isCutShort: true })).toBe(1);
  });

  it('is 75, for another try later, when nothing was wrong but the site had no room', () => {
    expect(exitCodeOf(of(right, full))).toBe(75);
  });
});

describe('what is told', () => {
  it('is a line for each page and mode, with how long a reader waited', () => {
    expect(replayLines(right)).toEqual([
      'right  /pony.html, secure: 10 steps in 6.0 s, cluster after 0.4 s, first output after 1.0 s',
    ]);
    expect(replayLines(wrong)).toEqual(['WRONG  /, insecure: 1 step in 0.1 s', '       it fails\n         here']);
    expect(replayLines(full)[0]).toMatch(/^full {3}\/, insecure/);
  });

  it('has none of the control characters that a program printed', () => {
    expect(replayLines({ ...wrong, faults: ['a\u001b[2Jb\tc\u009bd'] })[1]).toBe('       a\u{FFFD}[2Jb\tc\u{FFFD}d');
  });

  it('ends with what was left out and why, and how much was replayed', () => {
    expect(summaryLines({ replays: [right, wrong], leftOut: ['django needs more'], isCutShort: true })).toEqual([
      'left out: django needs more',
      'The time was up before everything was tried (--minutes).',
      'Replayed: 1 right, 1 wrong, each mode counted. Left out: 1.',
    ]);
    expect(summaryLines(of(full))).toEqual([
      'Replayed: 0 right, 0 wrong, each mode counted; the site is full. Left out: 0.',
    ]);
  });
});
