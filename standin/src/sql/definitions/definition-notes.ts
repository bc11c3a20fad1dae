import { quoteArray, quoteText } from '../text/quoting.ts';
import type { Token } from '../text/tokens.ts';
import { printedSql } from './expressions/printed-sql.ts';
import type { ColumnTypes } from './expressions/type-of.ts';

const relation = (table: string): string => `${quoteText(table)}::pg_catalog.regclass`;

/**
 * Returns a statement that notes the default of a column, or the expression that computes it, as SHOW CREATE prints it;
 * none for an expression that is not understood. `table` is the table's name for PostgreSQL.
 */
export function noteDefault(
  table: string,
  column: string,
  expression: readonly Token[],
  columns: ColumnTypes,
  type?: string,
): string[] {
  const printed = printedSql(expression, columns, type);
  if (printed === undefined) return [];
  return [`SELECT crdb.note_column(${relation(table)}, 'expression', ${quoteText(column)}, ${printed})`];
}

/** Returns a statement that notes that a computed column is VIRTUAL. */
export function noteVirtual(table: string, column: string): string {
  return `SELECT crdb.note_column(${relation(table)}, 'virtual', ${quoteText(column)}, 'yes')`;
}

/** Returns a statement that notes the default of a SERIAL column that has a sequence. */
export function noteSequence(table: string, column: string): string {
  const sequence = `pg_catalog.pg_get_serial_sequence(${quoteText(table)}, ${quoteText(column)})`;
  const text = `'nextval(' || pg_catalog.quote_literal(${sequence}) || ':::STRING::REGCLASS)'`;
  return `SELECT crdb.note_column(${relation(table)}, 'expression', ${quoteText(column)}, ${text})`;
}

/** Returns a statement that notes the conditions of the checks that the statement before it defines. */
export function noteChecks(table: string, checks: readonly (readonly Token[])[], columns: ColumnTypes): string[] {
  if (checks.length === 0) return [];
  const texts = checks.map((check) => printedSql(check, columns) ?? 'NULL');
  return [`SELECT crdb.note_checks(${relation(table)}, ARRAY[${texts.join(', ')}]::text[])`];
}

/** Returns a statement that notes the condition of the partial index that the statement before it makes. */
export function notePredicate(table: string, condition: readonly Token[], columns: ColumnTypes): string[] {
  const printed = printedSql(condition, columns);
  if (printed === undefined) return [];
  return [`SELECT crdb.note_index(${relation(table)}, 'expression', false, ${printed})`];
}

/** Returns a statement that notes the descending columns of a primary key. */
export function noteDescending(table: string, columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const names = columns.map((name) => `\u0001${name}\u0001`).join(',');
  return [`SELECT crdb.note_index(${relation(table)}, 'descending', true, ${quoteText(names)})`];
}

/** Returns a statement that notes how many buckets a hash-sharded index has. */
export function noteBuckets(table: string, buckets: number, isKey: boolean): string {
  return `SELECT crdb.note_index(${relation(table)}, 'buckets', ${isKey}, '${buckets}')`;
}

/** Returns a statement that hides columns of a table. */
export function hideColumns(table: string, columns: readonly string[]): string {
  return `SELECT crdb.hide_columns(${relation(table)}, ${quoteArray(columns)})`;
}

/** Returns a statement that gives a table its hidden primary key, unless it has a key. */
export function addRowid(table: string): string {
  return `SELECT crdb.add_rowid(${relation(table)})`;
}

/** Returns a statement that removes the hidden primary key of a table: with `keep`, only as a key. */
export function dropRowid(table: string, keep: boolean): string {
  return `SELECT crdb.drop_rowid(${relation(table)}, ${keep})`;
}

/** Returns a statement that names the indexes of a table, and notes its definitions, as those of a table it is like. */
export function copyDefinition(table: string, source: string): string {
  return `SELECT crdb.copy_definition(${relation(table)}, ${relation(source)})`;
}

/** Returns a statement that notes a default whose value is that of an expression of PostgreSQL. */
export function noteConstant(table: string, column: string, expression: string, type: string): string {
  const text = `(${expression})::pg_catalog.text`;
  const value = type === 'STRING' ? `pg_catalog.quote_literal(${text})` : text;
  return `SELECT crdb.note_column(${relation(table)}, 'expression', ${quoteText(column)}, ${value} || ':::${type}')`;
}
