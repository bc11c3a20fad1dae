import type { Column, TablePage } from '../../shared/protocol.ts';

/** The values of a row; null is the database's NULL. */
export type Cells = readonly (string | null)[];

/** More rows of a table are not remembered. */
const MOST_ROWS = 2000;
const INEXACT = /^(FLOAT|REAL)/;

/** What was seen of a table between two steps: pages of its rows, its count, its sums. */
export interface Reading {
  count: number;
  columns: string[];
  sums: Map<string, string | null>;
  /** By key. */
  rows: Map<string, Cells>;
}

/** A table that is not there yet, which is known as well as one can. */
export const NO_TABLE: Reading = { count: 0, columns: [], sums: new Map(), rows: new Map() };

/** Adds a page to what was seen already; `seen` undefined: it is the first. Pure. */
export function addPage(seen: Reading | undefined, page: TablePage): Reading {
  const { count, columns } = page;
  const rows = new Map(seen?.rows);
  const keys = keysOf(page);
  for (const [at, row] of page.rows.entries())
    if (rows.size < MOST_ROWS || rows.has(keys[at]!)) rows.set(keys[at]!, row);
  return { count, columns: columns.map(({ name }) => name), sums: sumsOf(columns), rows };
}

/** All rows were seen: one that is not among them was not there. */
export function isWhole({ rows, count }: Reading): boolean {
  return rows.size >= count;
}

/**
 * What tells each row of a page from the others. Without a key that is all that it holds, and which of those that hold
 * the same.
 */
export function keysOf({ rows, keys }: TablePage): string[] {
  if (keys) return keys;
  const times = new Map<string, number>();
  return rows.map((row) => {
    const whole = JSON.stringify(row);
    const time = (times.get(whole) ?? 0) + 1;
    times.set(whole, time);
    return `${whole} ${time}`;
  });
}

/** Whether the table was changed since that was read, as far as its count and its sums tell. */
export function hasMoved(seen: Reading, page: TablePage): boolean {
  return seen.count !== page.count || [...sumsOf(page.columns)].some(([name, sum]) => seen.sums.get(name) !== sum);
}

/** Sums by column. One of floating point numbers depends on their order in its last digits, which say nothing. */
function sumsOf(columns: readonly Column[]): Reading['sums'] {
  return new Map(
    columns.flatMap(({ name, type, sum }) =>
      sum === undefined
        ? []
        : [[name, sum !== null && INEXACT.test(type) ? String(Number(Number(sum).toPrecision(12))) : sum]],
    ),
  );
}
