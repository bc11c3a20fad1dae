import { tableBytes } from '../event-cost.ts';
import type { Holdings } from '../protocol.ts';
import type { Cluster } from './cluster.ts';
import type { SqlSession } from './sql-session.ts';

const MAX_DATABASES = 8;
const MAX_TABLES = 12;
const FIRST_ROWS = 10;
const MAX_CELL_CHARACTERS = 200;
/** Of all tables together: a table can have hundreds of columns. */
const MAX_BYTES = 256 << 10;

const DATABASES = "SELECT datname FROM pg_catalog.pg_database WHERE datname NOT IN ('system', 'postgres', 'template0', 'template1') ORDER BY datname";
const TABLES =
  "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'" +
  " AND table_schema NOT IN ('crdb_internal', 'information_schema', 'pg_catalog', 'pg_extension') ORDER BY table_schema <> 'public', table_schema, table_name";

/**
 * What the reader's databases hold now: tables with their first rows and row counts, bounded in all directions, and how
 * many more there are. Rejects when it cannot be read: this is a picture for people, and the reader may have made it
 * unreadable on purpose; or when `signal` aborts.
 */
export async function readTables(cluster: Cluster, signal: AbortSignal): Promise<Holdings> {
  const holdings: Holdings = { tables: [], unlisted: { tables: 0, databases: 0 } };
  const root = await openUntil(cluster, 'defaultdb', signal);
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
    const session = await openUntil(cluster, database, signal);
    try {
      const { rows, count } = await session.query(TABLES);
      const listed = rows.slice(0, MAX_TABLES - holdings.tables.length);
      holdings.unlisted.tables += count - listed.length;
      for (const [schema, name] of listed) {
        const table = await readTable(session, database, schema ?? '', name ?? '');
        const bytes = cutRows(table, leftBytes);
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

async function readTable(session: SqlSession, database: string, schema: string, table: string): Promise<Holdings['tables'][number]> {
  const quoted = [schema, table].map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
  const { columns, rows } = await session.query(`SELECT * FROM ${quoted} LIMIT ${FIRST_ROWS}`);
  const counted = await session.query(`SELECT count(*) FROM ${quoted}`);
  const name = schema === 'public' ? table : `${schema}.${table}`;
  return { database, name, columns, rows: rows.map((row) => row.map(cut)), count: Number(counted.rows[0]?.[0] ?? 0) };
}

/** Takes rows from a table's end until it fits; the count stays. Gives its bytes, which are too many when not even its columns fit. */
function cutRows({ columns, rows }: Holdings['tables'][number], leftBytes: number): number {
  while (rows.length > 0 && tableBytes(columns, rows) > leftBytes) rows.pop();
  return tableBytes(columns, rows);
}

/** A session that ends, with whatever it waits for, when `signal` aborts. Rejects then even while the cluster says nothing. */
async function openUntil(cluster: Cluster, database: string, signal: AbortSignal): Promise<SqlSession> {
  const opening = cluster.open('root', database);
  const aborted = new Promise<never>((_, fail) => signal.addEventListener('abort', () => fail(new Error('no answer in time')), { once: true }));
  aborted.catch(() => undefined); // it may come when nobody waits any more
  void opening.then(
    (session) => (signal.aborted ? session.destroy() : signal.addEventListener('abort', () => session.destroy(), { once: true })),
    () => undefined,
  );
  signal.throwIfAborted();
  return await Promise.race([opening, aborted]);
}

/** A cell for the eye. What is longer says how long it is, in characters as people count them (code points). */
function cut(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_CELL_CHARACTERS) return cell;
  let count = 0;
  let end = 0;
  for (const character of cell) {
    if (count < MAX_CELL_CHARACTERS) end += character.length;
    count += 1;
  }
  return count > MAX_CELL_CHARACTERS ? `${cell.slice(0, end)}… (${count} characters)` : cell;
}
