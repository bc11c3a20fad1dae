import { compareOutput, explainDifference } from '../../shared/expectation/compare.ts';
import type { RunEvent } from '../../shared/protocol.ts';
import { failureWords, judgeEnd } from '../../shared/step-end.ts';
import { isBackground, type Failure, type PageStep } from '../../shared/step.ts';
import { endOf } from '../client/reader.ts';
import type { Finding } from './fault.ts';

/** The end of a long output that is shown for a failure. */
const SHOWN = 2000;

type Done = Extract<RunEvent, { type: 'done' }>;

/** Returns what is wrong with how a step ended, if something is: for one that is meant to fail, see `fails`. */
export function endFault(
  { step, fails }: Pick<PageStep, 'step' | 'fails'>,
  events: RunEvent[],
  printed: string,
): Finding | undefined {
  const { reason, message = '' } = endOf(events);
  const done = events.find((event): event is Done => event.type === 'done' && event.step === step.id);
  const detail = [message, printed.trimEnd().slice(-SHOWN)].filter((text) => text !== '').join('\n');
  if (reason === 'timed-out' && isBackground(step))
    return {
      found: 'no port on which its program listens',
      expected: 'the program of a background step to open a port',
      remedy: 'Let it listen, or leave out `background`.',
      detail,
    };
  if (reason === 'timed-out')
    return {
      found: 'that it did not end in time',
      expected: 'it to end within its limit',
      remedy:
        'A step can ask for more time, as in `limit=90s`' +
        (step.kind === 'sql' ? '; one that waits for another session says so, with `waits`.' : '.'),
      detail,
    };
  if (reason === 'failed-step' && isBackground(step))
    return {
      found: `that its program ended${withCode(done)} without opening a port`,
      expected: 'the program of a background step to open a port and go on',
      detail,
    };
  if (reason === 'failed-step')
    return {
      found: `that it failed${withCode(done)}`,
      expected: 'success',
      remedy: 'A step that must fail says so, with `fails`.',
      detail,
    };
  if (reason !== 'finished') return { found: `that its run ended with ${reason}`, expected: 'it to finish', detail };
  // A finished run alone does not prove that the step was done.
  if (!done) return { found: 'that it was not done, though its run finished', expected: 'it to be done', detail };
  return fails ? failureFault(fails, done, detail) : undefined;
}

function failureFault(fails: Failure, done: Done, detail: string): Finding | undefined {
  const expected = `it to fail${failureWords(fails)}, as its \`fails\` says`;
  switch (judgeEnd(done, fails)) {
    case 'succeeded':
      return { found: 'success', expected, detail };
    case 'otherwise':
      return { found: `that it failed${withCode(done)}`, expected, detail };
    default:
      return undefined;
  }
}

/** Returns the first difference between what a step printed and what the page says, if there is one. */
export function judgeOutput(
  { expected }: Pick<PageStep, 'expected'>,
  printed: string,
  captures: Map<string, string>,
): Finding | undefined {
  if (!expected) return undefined;
  const comparison = compareOutput(expected, printed, captures);
  const { first, printedNothing } = comparison;
  if (comparison.fits || !first) return undefined;
  const wanted = first.expected && `\`${first.expected.text}\` in line ${first.expected.line} of the expected output`;
  if (printedNothing) return { found: 'that it printed nothing', expected: wanted ?? 'some output' };
  const got = first.printed === undefined ? 'no such line in its output' : `\`${first.printed}\` in its output`;
  return {
    found: got,
    expected: wanted ?? 'no such line',
    detail: `- expected, + printed:\n${explainDifference(comparison)}`,
  };
}

function withCode(done: Done | undefined): string {
  if (done?.sqlState !== undefined) return ` with SQLSTATE ${done.sqlState}`;
  return done?.exitCode === undefined ? '' : ` with exit code ${done.exitCode}`;
}
