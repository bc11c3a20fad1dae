import { AppError } from '../errors.ts';
import type { Column, TableQuery } from '../../shared/protocol.ts';
import { sqlName, sqlString } from './sql-quoting.ts';
import { DatabaseError } from './database-error.ts';
import type { SqlSession } from './sql-session.ts';
import { NO_SUCH_TABLE } from '../sentences/database-sentences.ts';

/** How many columns are shown; each costs a sum and a place on the page. */
const MAX_COLUMNS = 100;
/** Columns with a longer name are not shown. */
const MAX_NAME_CHARACTERS = 200;
/** Numeric types, as all versions name them in `SHOW COLUMNS`. */
const NUMBER = /^(INT|INT[248]|DECIMAL|NUMERIC|FLOAT|FLOAT[48]|REAL)(\([\d,]+\))?$/;
/** SQLSTATEs for an undefined database, schema and table. */
const UNDEFINED = new Set(['3D000', '3F000', '42P01']);

/** The engine's own databases. */
export const OWN_DATABASES = ['system', 'postgres', 'template0', 'template1'];
/** Selects the tables of the current database, without views, sequences and materialised views. */
export const TABLES =
  "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'" +
  " AND table_schema NOT IN ('crdb_internal', 'information_schema', 'pg_catalog', 'pg_extension')";

/** The names that identify a table. */
export type TableName = Pick<TableQuery, 'database' | 'schema' | 'name'>;

/** A table's visible columns and its key. */
export interface TableShape {
  /** Database, schema and name, quoted for use in a statement. */
  path: string;
  columns: Column[];
  moreColumns: number;
  /** The columns of the primary key, in its order; empty when it cannot be read. */
  key: string[];
  /** Numeric columns that are worth summing: those in no primary or foreign key. */
  summed: string[];
  /** The statement that found the table. */
  sql: string;
}

/** Reads a table's columns and key. Throws AppError `not-found` when there is no such table, or it is a view. */
export async function readShape(session: SqlSession, { database, schema, name }: TableName): Promise<TableShape> {
  const path = sqlName(database, schema, name);
  const sql = `${TABLES} AND table_schema = ${sqlString(schema)} AND table_name = ${sqlString(name)}`;
  const found = OWN_DATABASES.includes(database) ? [] : (await session.query(sql)).rows;
  if (found.length === 0) throw noSuchTable();
  const {
    columns: facts,
    rows,
    count,
  } = await session.query(`SHOW COLUMNS FROM ${path}`).catch((cause: unknown) => {
    throw isUndefined(cause) ? noSuchTable(cause) : cause;
  });
  const [nameAt, typeAt, hiddenAt] = ['column_name', 'data_type', 'is_hidden'].map((fact) => facts.indexOf(fact)) as [
    number,
    number,
    number,
  ];
  const all = rows.map((row) => ({
    name: row[nameAt] ?? '',
    type: (row[typeAt] ?? '').slice(0, MAX_NAME_CHARACTERS),
    isHidden: row[hiddenAt]?.startsWith('t') === true,
  }));
  const keys = await readKeys(session, schema, name);
  const hidden = all.filter(({ isHidden }) => isHidden);
  const key =
    keys.primary.length > 0 ? keys.primary : hidden.map(({ name }) => name).filter((each) => each === 'rowid');
  const visible = all
    .filter(({ name, isHidden }) => !isHidden && name.length <= MAX_NAME_CHARACTERS)
    .slice(0, MAX_COLUMNS);
  const columns = visible.map(({ name, type }): Column =>
    keys.primary.includes(name) ? { name, type, isKey: true } : { name, type },
  );
  return {
    path,
    columns,
    moreColumns: count - hidden.length - columns.length,
    key: key.every((each) => each.length <= MAX_NAME_CHARACTERS) ? key : [],
    summed: columns
      .filter(({ name, type, isKey }) => isNumber(type) && !isKey && !keys.foreign.includes(name))
      .map(({ name }) => name),
    sql,
  };
}

/** Whether that column type is numeric. */
export function isNumber(type: string): boolean {
  return NUMBER.test(type);
}

/** Returns the AppError `not-found` for a table that does not exist. */
export function noSuchTable(cause?: unknown): AppError {
  return new AppError('not-found', NO_SUCH_TABLE, { cause });
}

/** Whether the database reported that the database, schema or table does not exist. */
export function isUndefined(cause: unknown): boolean {
  return cause instanceof DatabaseError && UNDEFINED.has(cause.sqlState ?? '');
}

async function readKeys(
  session: SqlSession,
  schema: string,
  name: string,
): Promise<{ primary: string[]; foreign: string[] }> {
  const { rows } = await session.query(
    `SELECT tc.constraint_type, kc.column_name
       FROM information_schema.table_constraints AS tc
       JOIN information_schema.key_column_usage AS kc
         ON tc.table_schema = kc.table_schema
        AND tc.table_name = kc.table_name
        AND tc.constraint_name = kc.constraint_name
      WHERE tc.constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
        AND tc.table_schema = ${sqlString(schema)}
        AND tc.table_name = ${sqlString(name)}
      ORDER BY kc.ordinal_position`,
  );
  const of = (kind: string): string[] => rows.filter(([type]) => type === kind).map(([, column]) => column ?? '');
  return { primary: of('PRIMARY KEY'), foreign: of('FOREIGN KEY') };
}
