import { counted } from '../../src/sentences/counted.ts';
import type { Replay } from './replay.ts';

/** What became of a site's replays. */
export interface SiteOutcome {
  replays: Replay[];
  /** Why others were not made, as clauses. */
  leftOut: string[];
  /** Whether the time for everything was up before all were made. */
  isCutShort: boolean;
}

/**
 * The exit codes, for timers: what was tried is right; something is wrong, or nothing could be tried; the command line
 * is wrong; this machine cannot try, because it has no browser that starts; and nothing is wrong, but the site has no
 * room (75 is `EX_TEMPFAIL` of sysexits.h).
 */
export const EXIT = { right: 0, wrong: 1, usage: 2, untried: 3, full: 75 } as const;

/** Returns the exit code of an outcome. */
export function exitCodeOf({ replays, isCutShort }: SiteOutcome): number {
  const has = (outcome: Replay['outcome']): boolean => replays.some((replay) => replay.outcome === outcome);
  if (has('wrong') || isCutShort) return EXIT.wrong;
  if (has('full')) return EXIT.full;
  return has('right') ? EXIT.right : EXIT.wrong;
}

/** Returns the lines about a replay. */
export function replayLines(replay: Replay): string[] {
  const { outcome, page, mode, steps, ms, clusterMs, firstOutputMs, faults } = replay;
  const word = { right: 'right', wrong: 'WRONG', full: 'full ' }[outcome];
  const waits = [
    ...(clusterMs === undefined ? [] : [`cluster after ${seconds(clusterMs)}`]),
    ...(firstOutputMs === undefined ? [] : [`first output after ${seconds(firstOutputMs)}`]),
  ];
  return [
    `${word}  ${page}, ${mode}: ${[`${counted(steps, 'step')} in ${seconds(ms)}`, ...waits].join(', ')}`,
    ...faults.map((fault) => `       ${printable(fault).replaceAll('\n', '\n       ')}`),
  ];
}

/** Returns the last lines: what was left out and why, then what was replayed. */
export function summaryLines({ replays, leftOut, isCutShort }: SiteOutcome): string[] {
  const count = (outcome: Replay['outcome']): number => replays.filter((replay) => replay.outcome === outcome).length;
  return [
    ...leftOut.map((reason) => `left out: ${reason}`),
    ...(isCutShort ? ['The time was up before everything was tried (--minutes).'] : []),
    `Replayed: ${count('right')} right, ${count('wrong')} wrong, each mode counted` +
      `${count('full') > 0 ? '; the site is full' : ''}. Left out: ${leftOut.length}.`,
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The site's programs printed it, and control characters could change the operator's terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{FFFD}');
}
