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

/** Returns the defaults of a table's columns, as PostgreSQL prints them, by name. */
export async function columnDefaults(path: string[], context: Context): Promise<ReadonlyMap<string, string>> {
  const { oid } = await resolveRelation(context, path);
  const columns = await context.query(
    `SELECT a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = ${oid}
      AND a.attgenerated = ''`,
  );
  return new Map(columns.map(([name, text]) => [name!, text!]));
}

/** Returns the columns of the primary key of the table with that oid; none for a table without one. */
export async function keyColumns(oid: string, context: Context): Promise<string[]> {
  const [[key] = []] = await context.query(`SELECT array_to_json(crdb.key_columns(${oid}::oid::regclass))`);
  return JSON.parse(key ?? '[]') as string[];
}
