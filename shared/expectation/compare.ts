import type { Expectation } from '../step.ts';
import { align, alignUnordered, type ComparedLine } from './align.ts';
import { foldLines } from './fold.ts';
import { linesOf } from './lines.ts';

/** The comparison of printed and expected output. */
export interface Comparison {
  fits: boolean;
  lines: ComparedLine[];
  /** The number of differing lines; an expected line and the one printed in its place count as one. 0 when it fits. */
  differing: number;
}

/**
 * Compares output with what a page expects, line by line, ignoring spaces at the ends of lines and empty lines at the
 * beginning and end. Captures match varying text, and a line of `…` any number of lines. `captures` has the values of
 * labels from earlier outputs; when this one fits, its values are added. Throws an Error for a capture of an unknown
 * kind.
 */
export function compareOutput(
  { text, unordered }: Expectation,
  actual: string,
  captures: Map<string, string>,
): Comparison {
  const { lines, known } = (unordered ? alignUnordered : align)(linesOf(text), linesOf(actual), captures);
  const fits = lines.every(({ is }) => is === 'same');
  if (fits) for (const [label, value] of known) captures.set(label, value);
  return { fits, lines, differing: countDiffering(lines) };
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
