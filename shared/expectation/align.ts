import { cheapestWay } from './cheapest-way.ts';
import { fitInOrder } from './fit.ts';
import { withoutFalseSkips } from './in-place.ts';
import { LineMatchers, hasLabels, type Values } from './line-matchers.ts';
import { withValues } from './matcher.ts';
import { isSkip } from './skip.ts';

/** A line of a comparison: printed as expected, expected but not printed, or printed but not expected. */
export interface ComparedLine {
  is: 'same' | 'missing' | 'extra';
  text: string;
  /** Of a missing line: which of the expected lines it is, counted from 0. */
  line?: number;
}

/** Two aligned outputs, with the values of all labels known after them. */
export interface Aligned {
  lines: ComparedLine[];
  known: Values;
}

/**
 * Aligns printed lines with expected ones, in order. When they do not fit, as few lines as possible are left over, and
 * what was printed in the place of an expected line is left over, too, even where `…` could stand for it.
 */
export function align(wanted: readonly string[], found: readonly string[], before: Values): Aligned {
  const matchers = new LineMatchers();
  const fitting = fitInOrder(wanted, found, before, matchers);
  if (fitting) return { lines: found.map((text) => ({ is: 'same', text })), known: fitting };
  const lines: ComparedLine[] = [];
  let known = before;
  let same = 0;
  for (; same < wanted.length && same < found.length && !isSkip(wanted[same]!); same += 1) {
    const bound = matchers.bind(wanted[same]!, found[same]!, known);
    if (!bound) break;
    known = bound;
    lines.push({ is: 'same', text: found[same]! });
  }
  const last = sameAtEnd(wanted.slice(same), found.slice(same), (line, text) => matchers.bind(line, text, known));
  const [rest, come] = [wanted.slice(same, wanted.length - last), found.slice(same, found.length - last)];
  const way = cheapestWay(
    rest.map((line) => (isSkip(line) ? undefined : matchers.of(line, known))),
    come,
  );
  for (const { line, at, isSkipped } of withoutFalseSkips(way, rest, come)) {
    const bound = line !== undefined && at !== undefined ? matchers.bind(rest[line]!, come[at]!, known) : undefined;
    known = bound ?? known;
    // A pair that fits on its own may not fit the values of earlier labels.
    if (line !== undefined && !bound)
      lines.push({ is: 'missing', text: withValues(rest[line]!, known), line: same + line });
    if (at !== undefined) lines.push({ is: bound || isSkipped ? 'same' : 'extra', text: come[at]! });
  }
  for (const text of found.slice(found.length - last)) lines.push({ is: 'same', text });
  return { lines, known };
}

/**
 * Aligns the lines of a text with those of an older one, without captures, so that as few lines as possible are left
 * over.
 */
export function alignTexts(older: string[], newer: string[]): ComparedLine[] {
  const differs = older.findIndex((line, index) => line !== newer[index]);
  const same = differs < 0 ? older.length : differs;
  const [left, come] = [older.slice(same), newer.slice(same)];
  const way = cheapestWay(
    left.map((line) => (text) => text === line),
    come,
  );
  return [
    ...older.slice(0, same).map((text): ComparedLine => ({ is: 'same', text })),
    ...way.map(({ line, at }): ComparedLine =>
      at === undefined
        ? { is: 'missing', text: left[line!]! }
        : { is: line === undefined ? 'extra' : 'same', text: come[at]! },
    ),
  ];
}

/** Returns how many lines fit at the end of both texts, up to one with labels or `…`. */
function sameAtEnd(
  wanted: readonly string[],
  found: readonly string[],
  fits: (line: string, text: string) => unknown,
): number {
  const most = Math.min(wanted.length, found.length);
  for (let count = 0; count < most; count += 1) {
    const line = wanted.at(-1 - count)!;
    if (isSkip(line) || hasLabels(line) || !fits(line, found.at(-1 - count)!)) return count;
  }
  return most;
}
