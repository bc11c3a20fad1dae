import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation, schemaOfPath } from '../translation/relation.ts';

/** The name of an index in a statement: `table@index`, or the index alone. */
export interface IndexName {
  /** The table, or else what stands before the index: nothing, its schema, or its database and schema. */
  path: string[];
  isOfTable: boolean;
  index: string;
}

/** An index that exists, with its names as PostgreSQL writes them. */
export interface Index {
  name: string;
  table: string;
  /** The unique constraint or primary key that it belongs to. */
  constraint: string | null;
  isPrimary: boolean;
}

/** Reads `[database.][schema.]table@index` or `[database.][schema.]index`. Throws StatementError (syntaxError). */
export function readIndexName(reader: StatementReader): IndexName {
  const path = reader.path();
  if (reader.skip('@')) return { path, isOfTable: true, index: reader.name() };
  return { path: path.slice(0, -1), isOfTable: false, index: path.at(-1)! };
}

/**
 * Finds an index by its name, which is unique to its table. Throws StatementError when there is no such table, or when
 * several tables have such an index and the statement does not say which.
 */
export async function findIndex({ path, isOfTable, index }: IndexName, context: Context): Promise<Index | undefined> {
  const table = isOfTable ? (await resolveRelation(context, path)).oid : undefined;
  const schema = table === undefined ? schemaOfPath(context, path) : undefined;
  const found = await context.query(
    `SELECT *
    FROM crdb.find_indexes(${quoteText(index)}, ${table ?? 'NULL'}::pg_catalog.oid::pg_catalog.regclass,
      ${schema === undefined ? 'NULL' : quoteText(schema)})`,
  );
  const [first, second] = found as string[][];
  if (second)
    throw new StatementError(
      SQLSTATE.ambiguousParameter,
      `index name "${index}" is ambiguous (found in ${first![4]} and ${second[4]})`,
    );
  return first && { name: first[0]!, constraint: first[1] ?? null, isPrimary: first[2] === 'p', table: first[3]! };
}

/** Returns the error about an index that does not exist. */
export function noSuchIndex(index: string): StatementError {
  return new StatementError(SQLSTATE.undefinedObject, `index "${index}" does not exist`);
}
