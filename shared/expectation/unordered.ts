import type { Aligned, ComparedLine } from './align.ts';
import { LineMatchers, type Values } from './line-matchers.ts';
import { withValues } from './matcher.ts';
import { pairUp } from './pair-up.ts';
import { SIMILAR, similarity } from './similarity.ts';
import { isSkip } from './skip.ts';

/**
 * Aligns printed lines with expected ones in any order, each as often as it is expected. With `…`, other lines may be
 * printed, too. Returns them in the order in which they were printed; an expected line that is missing stands before
 * the one that is most like it.
 */
export function alignUnordered(wanted: readonly string[], found: readonly string[], before: Values): Aligned {
  const indexes = wanted.flatMap((line, index) => (isSkip(line) ? [] : [index]));
  const mayHaveMore = indexes.length < wanted.length;
  const { partners, known } = pairUp(
    indexes.map((index) => wanted[index]!),
    found,
    before,
    new LineMatchers(),
  );
  const fitting = new Set(partners);
  const left = found.flatMap((_, at) => (fitting.has(at) ? [] : [at]));
  const missing = indexes.filter((_, index) => partners[index] === undefined);
  const alike = mostAlike(missing, left, (line, at) => similarity(wanted[line]!, found[at]!));
  const lost = (line: number): ComparedLine => ({ is: 'missing', text: withValues(wanted[line]!, known), line });
  const lines = found.flatMap((text, at): ComparedLine[] => {
    const line = alike.get(at);
    if (line !== undefined) return [lost(line), { is: 'extra', text }];
    return [{ is: fitting.has(at) || mayHaveMore ? 'same' : 'extra', text }];
  });
  const alone = missing.filter((line) => ![...alike.values()].includes(line)).map(lost);
  const first = lines.findIndex(({ is }, index) => is === 'extra' && lines[index - 1]?.is !== 'missing');
  return { lines: lines.toSpliced(first < 0 ? lines.length : first, 0, ...alone), known };
}

/** The most pairs of lines whose likeness is looked at. */
const MAX_PAIRS = 200_000;

/** Returns for printed lines which missing line they are most like, each taken once. */
function mostAlike(
  missing: readonly number[],
  left: readonly number[],
  likeness: (line: number, at: number) => number,
): Map<number, number> {
  const alike = new Map<number, number>();
  if (missing.length * left.length > MAX_PAIRS) return alike;
  const pairs = missing.flatMap((line) => left.map((at) => ({ line, at, is: likeness(line, at) })));
  const done = new Set<number>();
  for (const { line, at } of pairs.filter(({ is }) => is >= SIMILAR).sort((a, b) => b.is - a.is)) {
    if (done.has(line) || alike.has(at)) continue;
    done.add(line);
    alike.set(at, line);
  }
  return alike;
}
