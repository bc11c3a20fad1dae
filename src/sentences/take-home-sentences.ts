import { MODE_NAMES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import { counted } from './counted.ts';

/** Nothing was run in that mode. */
export const nothingRanSentence = (mode: Mode): string =>
  `Nothing has run here yet in ${MODE_NAMES[mode]} mode. ` +
  'What you run then appears here, as a script for your own machine.';

/** What the script holds. */
export function scriptSentence(mode: Mode, steps: number, lines: number): string {
  const extent = [
    ...(steps > 0 ? [counted(steps, 'step')] : []),
    ...(lines > 0 ? [`${counted(lines, 'line')} from the terminal`] : []),
  ].join(' and ');
  return `What was run here in ${MODE_NAMES[mode]} mode, in order: ${extent}, for bash on your own machine.`;
}

const FOLDERS = {
  secure: "in the folder with your cluster's certs and my-safe-directory",
  insecure: 'in an empty folder',
};

/** The comments of the script, each without its sign. `at`: a moment in UTC; `guide`: how a cluster is started. */
export const SCRIPT_REMARKS = {
  noInput: 'As on the page, the programs here get no input.',
  noPasswords: 'Passwords are left out: put yours where it says PASSWORD-LEFT-OUT.',
  typed: 'Typed in the terminal',
  outOfOrder: 'This ran after the lines below; a script cannot leave the transaction open for it.',
  edited: 'Edited; this is not what the page says.',
  fails: 'It is meant to fail.',
  keptOpen: 'This session stays open next to the others, and answers when it can.',
  shell: 'This shell keeps its directory, variables and functions for later steps.',
  failed: 'It failed, and is left out here:',
  unfinished: 'It did not finish, and is left out here:',
  background: 'It keeps running until this script ends.',
};

/** The first comments of the script. */
export const headRemarks = (
  mode: Mode,
  { address, at, guide }: Record<'address' | 'at' | 'guide', string>,
): string[] => [
  `What was run on ${address} since ${at} UTC, in that order.`,
  `For your own machine: save it ${FOLDERS[mode]}, and run it there with bash.`,
  `It needs a cluster at localhost:26257; how to start one: ${guide}`,
];

/** The oldest entries are no longer remembered. */
export const forgottenRemark = (entries: number): string =>
  `The first ${entries} steps or lines are missing: there were too many to keep.`;

/** A step was run several times with nothing else between. */
export const repeatedRemark = (times: number): string => `It was run ${times} times in a row.`;
