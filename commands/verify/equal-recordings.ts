import { compareOutput } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import type { RunEvent } from '../../shared/protocol.ts';
import type { Recording } from '../../shared/recording.ts';
import type { Expectation, PageStep } from '../../shared/step.ts';

/** What differs between two runs of the same steps: identifiers, days and times, durations, addresses in memory. */
const VARYING: [RegExp, string][] = [
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '{uuid}'],
  [/\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z| ?[+-]\d\d(?::?\d\d)?(?: UTC)?)?/g, '{time}'],
  [/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, '{time}'],
  [/\b\d+(?:\.\d+)?(?: ?(?:ns|µs|ms|s)| seconds?| milliseconds?)\b/g, '{duration}'],
  [/\b\d{15,}(?:\.\d+)?\b/g, '{id}'],
  [/\b0x[0-9a-f]+\b/gi, '{address}'],
];

/**
 * Whether a new recording says nothing that the stored one does not: it is of the same steps on the same engine, and
 * what they printed differs at most in what the page calls varying, and in days, times and identifiers.
 */
export function sayTheSame(stored: Recording, made: Recording, steps: readonly PageStep[]): boolean {
  const { engine } = stored;
  if (engine.name !== made.engine.name || engine.version !== made.engine.version) return false;
  if (stored.steps.length !== made.steps.length) return false;
  const captures = new Map<string, string>();
  return made.steps.every((step, at) => {
    const before = stored.steps[at];
    const expected = steps.find((each) => each.step.id === step.id)?.expected;
    return (
      before?.id === step.id &&
      before.fingerprint === step.fingerprint &&
      endOf(before.events) === endOf(step.events) &&
      fitsAlike(before.events, step.events, expected, captures)
    );
  });
}

function fitsAlike(
  before: RunEvent[],
  now: RunEvent[],
  expected: Expectation | undefined,
  captures: Map<string, string>,
): boolean {
  const [was, is] = [printedText(before), printedText(now)];
  if (was === is) return true;
  // The page says what this prints, to the last line. The new output is known to fit.
  if (expected && !/^\s*…\s*$/m.test(expected.text) && compareOutput(expected, was, captures).fits) return true;
  return withoutVarying(was) === withoutVarying(is);
}

function withoutVarying(text: string): string {
  // Columns are as wide as what is in them.
  return VARYING.reduce((all, [pattern, name]) => all.replaceAll(pattern, name), text).replaceAll(/ +|-{3,}/g, ' ');
}

function endOf(events: RunEvent[]): string {
  return JSON.stringify(events.filter(({ type }) => type === 'done'));
}
