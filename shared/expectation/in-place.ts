import type { Stride } from './cheapest-way.ts';
import { SIMILAR, similarity } from './similarity.ts';
import { isSkip } from './skip.ts';

/**
 * Returns a way on which a line that is missing next to `…` stands against what was printed in its place. On the
 * cheapest way, `…` would stand for that, too, as though it were right.
 */
export function withoutFalseSkips(
  way: readonly Stride[],
  wanted: readonly string[],
  found: readonly string[],
): Stride[] {
  const put: Stride[] = [];
  let from = 0;
  let ats: number[] = [];
  const close = (to: number): void => {
    put.push(...gapStrides(indexes(from, to), ats, wanted, found));
    ats = [];
  };
  for (const stride of way) {
    if (stride.line !== undefined && stride.at !== undefined) {
      close(stride.line);
      put.push(stride);
      from = stride.line + 1;
    } else if (stride.at !== undefined) ats.push(stride.at);
  }
  close(wanted.length);
  return put;
}

/** Returns the strides between two lines that fit: `lines` are expected there, and `ats` printed. */
function gapStrides(
  lines: readonly number[],
  ats: readonly number[],
  wanted: readonly string[],
  found: readonly string[],
): Stride[] {
  const skips = lines.filter((line) => isSkip(wanted[line]!));
  const [first, last] = [skips[0], skips.at(-1)];
  if (first === undefined || last === undefined) return apart(lines, ats);
  const head = lines.filter((line) => line < first);
  const tail = lines.filter((line) => line > last);
  const between = lines.filter((line) => line > first && line < last && !isSkip(wanted[line]!));
  const ahead = Math.min(head.length, ats.length);
  const behind = Math.max(ahead, ats.length - tail.length);
  return [
    ...apart(head, ats.slice(0, ahead)),
    ...besideSimilar(between, ats.slice(ahead, behind), wanted, found),
    ...apart(tail, ats.slice(behind)),
  ];
}

/** Returns lines between two `…`: those that are missing, each at what was printed most like it. */
function besideSimilar(
  lines: readonly number[],
  ats: readonly number[],
  wanted: readonly string[],
  found: readonly string[],
): Stride[] {
  const put: Stride[] = [];
  let from = 0;
  for (const line of lines) {
    const likeness = ats.map((at, index) => (index < from ? 0 : similarity(wanted[line]!, found[at]!)));
    const most = Math.max(0, ...likeness);
    if (most >= SIMILAR) {
      const index = likeness.indexOf(most);
      put.push(...skipped(ats.slice(from, index)), { line }, { at: ats[index]! });
      from = index + 1;
    } else put.push({ line });
  }
  return [...put, ...skipped(ats.slice(from))];
}

const apart = (lines: readonly number[], ats: readonly number[]): Stride[] => [
  ...lines.map((line) => ({ line })),
  ...ats.map((at) => ({ at })),
];

const skipped = (ats: readonly number[]): Stride[] => ats.map((at) => ({ at, isSkipped: true }));

const indexes = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
