import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import type { ColumnTypes } from './expressions/type-of.ts';

/**
 * Returns the types of a table's columns, as SHOW prints them, by name. Throws StatementError when there is no such
 * table.
 */
export async function columnTypes(path: string[], context: Context): Promise<ColumnTypes> {
  const { oid } = await resolveRelation(context, path);
  const columns = await context.query(
    `SELECT attname, crdb.type_name(atttypid, atttypmod)
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attnum > 0
      AND NOT attisdropped`,
  );
  return new Map(columns.map(([name, type]) => [name!, type ?? '']));
}
