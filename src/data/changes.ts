import type { TablePage } from '../../shared/protocol.ts';
import { differenceOf } from '../decimal.ts';
import { isWhole, keysOf, type Cells, type Reading } from './reading.ts';

/** How a row differs from before the last step. `was` holds the old values of changed cells, by column. */
export type RowMark = { kind: 'new' } | { kind: 'changed'; was: Map<string, string | null> } | undefined;

/** A cell whose value has changed. */
interface CellChange {
  /** The label of its row: the key's values, or the first value. */
  row: string;
  key: string;
  column: string;
  was: string | null;
  is: string | null;
}

/** What a step changed in a table, as far as it was read before and after the step. */
export interface Changes {
  cells: CellChange[];
  changedRows: number;
  newRows: number;
  removedRows: number;
  /** Some rows were not read before or after, so more may have changed. */
  isPartial: boolean;
}

/** An amount that moved from one row to another. */
export interface Transfer {
  column: string;
  from: CellChange;
  to: CellChange;
  amount: string;
}

/** Returns the marks of a page's rows. Pure, as everything here. */
export function marksOf(before: Reading | undefined, page: TablePage): RowMark[] {
  const columns = page.columns.map(({ name }) => name);
  return keysOf(page).map((key, at) => (before ? markOf(before, key, page.rows[at]!, columns) : undefined));
}

/** Returns what changed between two readings. */
export function changesBetween(before: Reading, now: Reading, page: TablePage): Changes {
  const labelOf = labelsOf(page);
  const changes: Changes = {
    cells: [],
    changedRows: 0,
    newRows: 0,
    removedRows: 0,
    isPartial: !isWhole(before) || !isWhole(now),
  };
  for (const [key, row] of now.rows) {
    const mark = markOf(before, key, row, now.columns);
    if (mark?.kind === 'new') changes.newRows += 1;
    if (mark?.kind !== 'changed') continue;
    changes.changedRows += 1;
    for (const [column, was] of mark.was)
      changes.cells.push({ row: labelOf(row), key, column, was, is: row[now.columns.indexOf(column)] ?? null });
  }
  if (isWhole(now)) changes.removedRows = [...before.rows.keys()].filter((key) => !now.rows.has(key)).length;
  return changes;
}

/**
 * Returns the transfer if exactly two cells changed, in one column of numbers, and one lost what the other gained;
 * otherwise undefined.
 */
export function transferIn({ cells, changedRows, newRows, removedRows }: Changes): Transfer | undefined {
  const [one, other] = cells;
  if (
    !one ||
    !other ||
    cells.length !== 2 ||
    changedRows !== 2 ||
    newRows + removedRows > 0 ||
    one.column !== other.column
  )
    return undefined;
  const [first, second] = [differenceOf(one.was, one.is), differenceOf(other.was, other.is)];
  if (
    first === undefined ||
    second === undefined ||
    first === '0' ||
    first.replace('-', '') !== second.replace('-', '') ||
    first === second
  )
    return undefined;
  const [from, to] = first.startsWith('-') ? [one, other] : [other, one];
  return { column: one.column, from, to, amount: first.replace('-', '') };
}

/** Returns a function that labels a row with the values of its key, or with its first value. */
export function labelsOf({ columns }: TablePage): (row: Cells) => string {
  const places = columns.flatMap(({ isKey }, at) => (isKey ? [at] : []));
  return (row) => (places.length > 0 ? places : [0]).map((at) => row[at] ?? 'NULL').join(', ');
}

function markOf(before: Reading, key: string, row: Cells, columns: string[]): RowMark {
  const old = before.rows.get(key);
  if (!old) return isWhole(before) ? { kind: 'new' } : undefined;
  const was = new Map<string, string | null>();
  for (const [at, column] of columns.entries()) {
    const place = before.columns.indexOf(column);
    const [is, held] = [row[at] ?? null, old[place] ?? null];
    if (place >= 0 && is !== held) was.set(column, held);
  }
  return was.size > 0 ? { kind: 'changed', was } : undefined;
}
