import type { ComparedLine } from './align.ts';

/** How many fitting lines are shown next to a differing one. */
const CONTEXT = 2;
/** How many differing lines of one kind are shown in a row; the first ones of longer runs. */
const MAX_IN_A_ROW = 20;
/** The fewest lines that are worth folding. */
const MIN_FOLDED = 3;

/** Lines of a comparison that are only counted, not shown; all are of one kind. */
export interface Fold {
  folded: ComparedLine[];
}

/**
 * Returns a comparison in which irrelevant lines are folded: those that fit, except for a few next to a difference, and
 * the rest of long runs.
 */
export function foldLines(lines: ComparedLine[]): (ComparedLine | Fold)[] {
  const runs: ComparedLine[][] = [];
  for (const line of lines) {
    if (runs.at(-1)?.[0]?.is === line.is) runs.at(-1)!.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run, index) => {
    const fits = run[0]!.is === 'same';
    const before = fits ? (index === 0 ? 0 : CONTEXT) : MAX_IN_A_ROW;
    const after = fits && index < runs.length - 1 ? CONTEXT : 0;
    const folded = run.slice(before, run.length - after);
    if (folded.length < MIN_FOLDED) return run;
    return [...run.slice(0, before), { folded }, ...run.slice(run.length - after)];
  });
}
