import type { Expectation } from '../step.ts';
import { align, type ComparedLine } from './align.ts';
import { foldLines } from './fold.ts';
import { linesOf } from './lines.ts';
import { alignUnordered } from './unordered.ts';

/** The comparison of printed and expected output. */
export interface Comparison {
  fits: boolean;
  lines: ComparedLine[];
  /** The number of differing lines; an expected line and the one printed in its place count as one. 0 when it fits. */
  differing: number;
  /** The first difference. Undefined when the output fits. */
  first: Mismatch | undefined;
  /** Whether there is output to expect, but nothing was printed. */
  printedNothing: boolean;
}

/** A place where outputs differ: what is expected there, and what was printed instead. One of them may be missing. */
interface Mismatch {
  /** `line` counts the lines of the page's expected output from 1, with empty lines and `…`. */
  expected?: { text: string; line: number };
  printed?: string;
}

/**
 * Compares output with what a page expects, line by line, ignoring spaces at the ends of lines and empty lines at the
 * beginning and end. Captures match varying text, and a line of `…` any number of lines. `captures` has the values of
 * labels from earlier outputs; when this one fits, its values are added.
 */
export function compareOutput(
  { text, unordered }: Expectation,
  actual: string,
  captures: Map<string, string>,
): Comparison {
  const [wanted, found] = [linesOf(text), linesOf(actual)];
  const { lines, known } = (unordered ? alignUnordered : align)(wanted, found, captures);
  const fits = lines.every(({ is }) => is === 'same');
  if (fits) for (const [label, value] of known) captures.set(label, value);
  return {
    fits,
    lines,
    differing: countDiffering(lines),
    first: fits
      ? undefined
      : firstMismatch(
          lines,
          text.split('\n').findIndex((line) => line.trim() !== ''),
        ),
    printedNothing: found.length === 0 && !fits,
  };
}

const SIGNS = { same: ' ', missing: '-', extra: '+' };

/**
 * Returns the relevant lines of a comparison as plain text: `-` before expected lines, `+` before those printed
 * instead, and a space before lines that fit.
 */
export function explainDifference({ lines }: Comparison): string {
  return foldLines(lines)
    .map((line) => ('folded' in line ? `  … ${line.folded.length} lines` : `${SIGNS[line.is]} ${line.text}`))
    .join('\n');
}

function countDiffering(lines: ComparedLine[]): number {
  let sum = 0;
  let here = { missing: 0, extra: 0 };
  for (const { is } of [...lines, { is: 'same' as const }]) {
    if (is !== 'same') here[is] += 1;
    else {
      sum += Math.max(here.missing, here.extra);
      here = { missing: 0, extra: 0 };
    }
  }
  return sum;
}

/** Returns the first difference; `emptyLines` is how many lines stand before the first of the expected output. */
function firstMismatch(lines: readonly ComparedLine[], emptyLines: number): Mismatch {
  const here = lines.slice(lines.findIndex(({ is }) => is !== 'same'));
  const next = here.findIndex(({ is }) => is === 'same');
  const differing = next < 0 ? here : here.slice(0, next);
  const expected = differing.find(({ is }) => is === 'missing');
  const printed = differing.find(({ is }) => is === 'extra');
  return {
    ...(expected && { expected: { text: expected.text, line: emptyLines + (expected.line ?? 0) + 1 } }),
    ...(printed && { printed: printed.text }),
  };
}
