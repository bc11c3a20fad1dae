import type { ComparedLine } from './align.ts';

/** Lines that fit and are shown next to one that does not. */
const CONTEXT = 2;
/** Lines of one kind in a row that are shown; of longer runs, the first ones. */
const MOST_IN_A_ROW = 20;
/** Fewer are not worth a fold. */
const LEAST_FOLDED = 3;

/** Lines of a comparison that need not be shown, only counted; all are of one kind. */
export interface Fold {
  folded: ComparedLine[];
}

/**
 * Returns a comparison with the lines that do not matter folded: those that fit, except for some next to a difference,
 * and the rest of long runs.
 */
export function foldLines(lines: ComparedLine[]): (ComparedLine | Fold)[] {
  const runs: ComparedLine[][] = [];
  for (const line of lines) {
    if (runs.at(-1)?.[0]?.is === line.is) runs.at(-1)!.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run, index) => {
    const fits = run[0]!.is === 'same';
    const before = fits ? (index === 0 ? 0 : CONTEXT) : MOST_IN_A_ROW;
    const after = fits && index < runs.length - 1 ? CONTEXT : 0;
    const folded = run.slice(before, run.length - after);
    if (folded.length < LEAST_FOLDED) return run;
    return [...run.slice(0, before), { folded }, ...run.slice(run.length - after)];
  });
}
