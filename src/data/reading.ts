import type { Column, TablePage } from '../../shared/protocol.ts';

/** The values of a row. null is SQL's NULL. */
export type Cells = readonly (string | null)[];

/** The most rows of a table that are remembered. */
const MAX_ROWS = 2000;
const INEXACT = /^(FLOAT|REAL)/;

/** What was read of a table between two steps: pages of its rows, its count and its sums. */
export interface Reading {
  count: number;
  columns: string[];
  sums: Map<string, string | null>;
  /** The rows that were read, by key. */
  rows: Map<string, Cells>;
}

/** The reading of a table that does not exist yet. */
export const NO_TABLE: Reading = { count: 0, columns: [], sums: new Map(), rows: new Map() };

/** Returns a reading with a page added. `seen` is undefined for the first page. Pure. */
export function addPage(seen: Reading | undefined, page: TablePage): Reading {
  const { count, columns } = page;
  const rows = new Map(seen?.rows);
  const keys = keysOf(page);
  for (const [at, row] of page.rows.entries())
    if (rows.size < MAX_ROWS || rows.has(keys[at]!)) rows.set(keys[at]!, row);
  return { count, columns: columns.map(({ name }) => name), sums: sumsOf(columns), rows };
}

/** Returns whether all rows were read, so that a row that is not among them did not exist. */
export function isWhole({ rows, count }: Reading): boolean {
  return rows.size >= count;
}

/**
 * Returns a key for each row of a page. Without a primary key, that is the row's content and a counter for rows with
 * the same content.
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

/** Returns whether the table has changed since the reading, judging by its count and sums. */
export function hasMoved(seen: Reading, page: TablePage): boolean {
  return seen.count !== page.count || [...sumsOf(page.columns)].some(([name, sum]) => seen.sums.get(name) !== sum);
}

/**
 * Returns the sums by column. Sums of floating point numbers are rounded, because their last digits depend on the order
 * of addition.
 */
function sumsOf(columns: readonly Column[]): Reading['sums'] {
  return new Map(
    columns.flatMap(({ name, type, sum }) =>
      sum === undefined
        ? []
        : [[name, sum !== null && INEXACT.test(type) ? String(Number(Number(sum).toPrecision(12))) : sum]],
    ),
  );
}
