import type { Column, TablePage } from '../../../shared/protocol.ts';

type Row = (string | null)[];

/**
 * Returns a page of a small bank's accounts (id, owner, balance), with all rows of the table unless `count` says
 * otherwise.
 */
export function pageOf(
  rows: Row[],
  {
    count = rows.length,
    columns = ACCOUNTS,
    sum = sumOf(rows),
    keys,
  }: { count?: number; columns?: Column[]; sum?: string; keys?: string[] | null } = {},
): TablePage {
  const told = columns.map((column) => (column.name === 'balance' ? { ...column, sum } : column));
  return {
    count,
    columns: told,
    moreColumns: 0,
    rows,
    ...(keys === null ? {} : { keys: keys ?? rows.map(([id]) => id!) }),
    sql: { tables: '', totals: '', rows: '' },
  };
}

const ACCOUNTS: Column[] = [
  { name: 'id', type: 'INT8', isKey: true },
  { name: 'owner', type: 'STRING' },
  { name: 'balance', type: 'INT8' },
];

function sumOf(rows: Row[]): string {
  return String(rows.reduce((sum, [, , balance]) => sum + Number(balance), 0));
}
