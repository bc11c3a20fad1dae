import { TYPE, type Column } from '../../protocol/columns.ts';
import { quoteNames, quoteText } from '../text/quoting.ts';

/** The names of types that are not text, by their oids. */
const CASTS = new Map<number, string>([
  [TYPE.bool, 'bool'],
  [TYPE.int8, 'int8'],
  [TYPE.int4, 'int4'],
  [TYPE.textArray, '_text'],
  [TYPE.timestamp, 'timestamp'],
  [TYPE.timestamptz, 'timestamptz'],
  [TYPE.interval, 'interval'],
  [TYPE.float8, 'float8'],
  [TYPE.numeric, 'numeric'],
  [TYPE.uuid, 'uuid'],
]);

/**
 * Returns a query of PostgreSQL with these columns and rows.
 *
 *     SELECT * FROM (VALUES ('a', '1'::pg_catalog.int8)) AS "values" ("name", "value")
 */
export function valuesOf(columns: readonly Column[], rows: readonly (readonly (string | null)[])[]): string {
  const cell = (value: string | null, i: number): string => {
    const cast = CASTS.get(columns[i]?.oid ?? TYPE.text);
    return `${value === null ? 'NULL' : quoteText(value)}${cast === undefined ? '' : `::pg_catalog.${cast}`}`;
  };
  const row = (values: readonly (string | null)[]): string => `(${values.map(cell).join(', ')})`;
  const filled = rows.length > 0 ? rows : [columns.map(() => null)];
  const names = quoteNames(columns.map(({ name }) => name));
  const where = rows.length > 0 ? '' : ' WHERE false';
  return `SELECT * FROM (VALUES ${filled.map(row).join(', ')}) AS "values" (${names})${where}`;
}
