import type { Holdings, Table } from '../../shared/protocol.ts';
import { truncateLongValue, selectTruncated } from './long-values.ts';
import { truncateCell } from './truncate-cell.ts';
import type { Cluster } from './cluster.ts';
import { fitRows } from './fit-rows.ts';
import { openRootSession } from './open-root-session.ts';
import { DatabaseError } from './database-error.ts';
import { sqlName, sqlString } from './sql-quoting.ts';
import type { SqlSession } from './sql-session.ts';
import { OWN_DATABASES, readShape, TABLES, type TableName, type TableShape } from './table-shape.ts';

const MAX_DATABASES = 8;
const MAX_TABLES = 12;
const FIRST_ROWS = 10;
/** The most bytes for all tables together, as JSON and in the server's memory: a table can have hundreds of columns. */
const MAX_BYTES = 256 << 10;

const DATABASES = `
  SELECT datname
    FROM pg_catalog.pg_database
   WHERE datname NOT IN (${OWN_DATABASES.map(sqlString).join(', ')})
   ORDER BY datname`;
const ORDERED = "ORDER BY table_schema <> 'public', table_schema, table_name";

/**
 * Returns the tables in the reader's databases with their first rows and row counts, limited in number, rows and bytes,
 * and how many databases and tables were left out. Rejects when they cannot be read, which the reader may have caused
 * on purpose, or when `signal` aborts.
 */
export async function readTables(cluster: Cluster, signal: AbortSignal): Promise<Holdings> {
  const holdings: Holdings = { tables: [], unlisted: { tables: 0, databases: 0 } };
  const root = await openRootSession(cluster, 'defaultdb', signal);
  let leftBytes = MAX_BYTES;
  let databases: string[];
  try {
    const { rows, count } = await root.query(DATABASES);
    databases = rows.slice(0, MAX_DATABASES).map(([name]) => name ?? '');
    holdings.unlisted.databases = count - databases.length;
  } finally {
    await root.close();
  }
  for (const database of databases) {
    let session = await openRootSession(cluster, database, signal);
    try {
      const { rows, count } = await session.query(`${TABLES} ${ORDERED}`);
      const listed = rows.slice(0, MAX_TABLES - holdings.tables.length);
      holdings.unlisted.tables += count - listed.length;
      for (const [schema, name] of listed) {
        const named = { database, schema: schema ?? '', name: name ?? '' };
        const table = await readTable(session, named).catch(async (cause: unknown) => {
          if (!(cause instanceof DatabaseError) || !session.isOver || signal.aborted) throw cause;
          // The rows were too large, which ends the session.
          session = await openRootSession(cluster, database, signal);
          return await readTable(session, named, await readShape(session, named));
        });
        const bytes = fitRows(table, table.columns, leftBytes);
        if (bytes > leftBytes) {
          holdings.unlisted.tables += 1;
          continue;
        }
        leftBytes -= bytes;
        holdings.tables.push(table);
      }
    } finally {
      await session.close();
    }
  }
  return holdings;
}

/** Reads a table's first rows and row count. With `shape`, reads only its visible columns, with long values cut. */
async function readTable(
  session: SqlSession,
  { database, schema, name }: TableName,
  shape?: TableShape,
): Promise<Table> {
  const quoted = sqlName(schema, name);
  const { columns, rows } = await session.query(
    `SELECT ${shape?.columns.map(selectTruncated).join(', ') ?? '*'} FROM ${quoted} LIMIT ${FIRST_ROWS}`,
  );
  const counted = await session.query(`SELECT count(*) FROM ${quoted}`);
  const cut = shape ? truncateLongValue : truncateCell;
  return {
    database,
    ...(schema === 'public' ? {} : { schema }),
    name,
    columns,
    rows: rows.map((row) => row.map(cut)),
    count: Number(counted.rows[0]?.[0] ?? 0),
  };
}
