import type { Context } from '../translation/context.ts';

/** A table of CockroachDB's that the stand-in composes when it is read. */
export interface VirtualTable {
  /** Its columns in CockroachDB's order, as `id INT8, name STRING`. */
  columns: string;
  /** Returns a query for its rows, with columns in that order and of these types. */
  rows: (context: Context) => string | Promise<string>;
}

/** Stands for columns that the query names itself. */
export const OWN_COLUMNS = '';

/** Virtual tables by schema and name. */
export type VirtualTables = Readonly<Record<string, VirtualTable>>;

/** PostgreSQL's names of types, where they differ. */
const TYPES: Readonly<Record<string, string>> = { STRING: 'text', BYTES: 'bytea', DECIMAL: 'numeric' };

/** Returns columns as a list of expressions that are NULL: for a table without rows. */
export function nullColumns(columns: string): string {
  const typed = columns.split(', ').map((column) => {
    const [name = '', type = ''] = column.split(' ');
    const [element = '', brackets = ''] = type.replace(/\(.*\)/, '').split(/(?=\[)/);
    return `NULL::${TYPES[element] ?? element}${brackets} AS "${name}"`;
  });
  return typed.join(', ');
}

/** Returns a table whose rows are those of a query. */
export function rowsOf(columns: string, query: string): VirtualTable {
  return { columns, rows: () => query };
}

/** Returns a table without rows, for what a single node without these features never has. */
export function noRows(columns: string): VirtualTable {
  return rowsOf(columns, `SELECT ${nullColumns(columns)} WHERE false`);
}

/** The names of columns, quoted and joined with commas. */
export function columnNames(columns: string): string {
  return columns
    .split(', ')
    .map((column) => `"${column.split(' ')[0]}"`)
    .join(', ');
}

/** Returns entries for catalogs of PostgreSQL's that have no rows in CockroachDB: they keep their columns. */
export function withoutRows(names: readonly string[]): VirtualTables {
  return Object.fromEntries(names.map((name) => [name, rowsOf(OWN_COLUMNS, `SELECT * FROM ${name} WHERE false`)]));
}
