import { SKIP } from './captures.ts';
import { lineMatcher, withValues } from './matcher.ts';

/** A line of a comparison: printed as expected, expected but not printed, or printed but not expected. */
export interface ComparedLine {
  is: 'same' | 'missing' | 'extra';
  text: string;
}

/** Two aligned outputs, with the values of all labels known after them. */
interface Aligned {
  lines: ComparedLine[];
  known: Map<string, string>;
}

/** Aligns printed lines with expected ones, in order, so that as few lines as possible are left over. */
export function align(wanted: string[], found: string[], before: ReadonlyMap<string, string>): Aligned {
  const known = new Map(before);
  const lines: ComparedLine[] = [];
  // Output that fits is completely handled by this loop.
  let same = 0;
  for (; same < wanted.length && same < found.length && !isSkip(wanted[same]!); same += 1) {
    if (!bind(wanted[same]!, found[same]!, known)) break;
    lines.push({ is: 'same', text: found[same]! });
  }
  const rest = wanted.slice(same);
  for (const [line, at] of cheapestWay(
    rest,
    found.slice(same),
    rest.map((line) => (isSkip(line) ? undefined : lineMatcher(line, known))),
  )) {
    const text = at === undefined ? '' : found[same + at]!;
    if (line === undefined) lines.push({ is: 'extra', text });
    else if (at === undefined) lines.push({ is: 'missing', text: withValues(line, known) });
    else if (isSkip(line) || bind(line, text, known)) lines.push({ is: 'same', text });
    // The line fits on its own, but not with the values of earlier labels.
    else lines.push({ is: 'missing', text: withValues(line, known) }, { is: 'extra', text });
  }
  return { lines, known };
}

/**
 * The most pairs of lines that are compared. Longer texts are not aligned, but shown one after the other.
 */
const MAX_PAIRS = 4_000_000;

/**
 * Aligns the lines of a text with those of an older one, without captures, so that as few lines as possible are left
 * over.
 */
export function alignTexts(older: string[], newer: string[]): ComparedLine[] {
  const differs = older.findIndex((line, index) => line !== newer[index]);
  const same = differs < 0 ? older.length : differs;
  const [left, come] = [older.slice(same), newer.slice(same)];
  const isLong = left.length * come.length > MAX_PAIRS;
  const way: Way = isLong
    ? [...left.map((line): Way[number] => [line, undefined]), ...come.map((_, at): Way[number] => [undefined, at])]
    : cheapestWay(
        left,
        come,
        left.map((line) => (text) => text === line),
      );
  return [
    ...older.slice(0, same).map((text): ComparedLine => ({ is: 'same', text })),
    ...way.map(([line, at]): ComparedLine =>
      at === undefined
        ? { is: 'missing', text: line! }
        : { is: line === undefined ? 'extra' : 'same', text: come[at]! },
    ),
  ];
}

/** Aligns printed lines with expected ones in any order. Returns them in the order in which they were printed. */
export function alignUnordered(wanted: string[], found: string[], before: ReadonlyMap<string, string>): Aligned {
  const known = new Map(before);
  const met = new Set<number>();
  const missing: ComparedLine[] = [];
  for (const line of wanted) {
    const fits = lineMatcher(line, known);
    const at = found.findIndex((text, index) => !met.has(index) && fits(text));
    if (at < 0) missing.push({ is: 'missing', text: withValues(line, known) });
    else {
      met.add(at);
      bind(line, found[at]!, known);
    }
  }
  const lines = found.map((text, index): ComparedLine => ({ is: met.has(index) ? 'same' : 'extra', text }));
  const first = lines.findIndex(({ is }) => is === 'extra');
  return { lines: lines.toSpliced(first < 0 ? lines.length : first, 0, ...missing), known };
}

/** A path through both texts: an expected line, the index of a found one, or both when they fit (`…` fits any line). */
type Way = [line: string | undefined, at: number | undefined][];

/** Returns the path with the fewest unmatched lines. `fits` has a test for each expected line, or undefined for `…`. */
function cheapestWay(wanted: string[], found: string[], fits: (((text: string) => unknown) | undefined)[]): Way {
  const width = found.length + 1;
  // The number of lines left over from expected line i and found line j on: cost[i * width + j].
  const cost = new Uint32Array((wanted.length + 1) * width);
  const met = new Uint8Array(cost.length);
  for (let i = wanted.length; i >= 0; i -= 1) {
    for (let j = found.length; j >= 0; j -= 1) {
      const here = i * width + j;
      const down = i < wanted.length ? cost[here + width]! : Infinity;
      const right = j < found.length ? cost[here + 1]! : Infinity;
      if (i === wanted.length) cost[here] = found.length - j;
      else if (!fits[i]) cost[here] = Math.min(down, right);
      else {
        met[here] = j < found.length && fits[i]!(found[j]!) ? 1 : 0;
        cost[here] = met[here] ? Math.min(cost[here + width + 1]!, down + 1, right + 1) : Math.min(down, right) + 1;
      }
    }
  }
  const way: Way = [];
  for (let i = 0, j = 0; i < wanted.length || j < found.length;) {
    const here = i * width + j;
    const down = i < wanted.length ? cost[here + width]! : Infinity;
    if (i < wanted.length && !fits[i]) {
      if (down === cost[here]) i += 1;
      else way.push([wanted[i], j++]);
    } else if (met[here] && cost[here + width + 1] === cost[here]) way.push([wanted[i++], j++]);
    else if (down + 1 === cost[here]) way.push([wanted[i++], undefined]);
    else way.push([undefined, j++]);
  }
  return way;
}

/** Returns whether a line fits; if so, adds the values of its labels to `known`. */
function bind(expected: string, actual: string, known: Map<string, string>): boolean {
  const values = lineMatcher(expected, known)(actual);
  for (const [label, value] of values ?? []) known.set(label, value);
  return values !== undefined;
}

function isSkip(line: string): boolean {
  return line.trim() === SKIP;
}
