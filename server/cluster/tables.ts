import { tableBytes } from '../event-cost.ts';
import type { Holdings } from '../protocol.ts';
import type { Cluster } from './cluster.ts';
import type { SqlSession } from './sql-session.ts';

const MAX_DATABASES = 8;
const MAX_TABLES = 12;
const FIRST_ROWS = 10;
const MAX_CELL_CHARACTERS = 200;
/** Of a longer cell it is only said that it is longer: to count its characters would hold up everybody. */
const MAX_COUNTED = 100_000;
/** Of all tables together, as JSON and in our memory: a table can have hundreds of columns. */
const MAX_BYTES = 256 << 10;
/** A comma between two of them. */
const COMMA_BYTES = 1;

const DATABASES = "SELECT datname FROM pg_catalog.pg_database WHERE datname NOT IN ('system', 'postgres', 'template0', 'template1') ORDER BY datname";
const TABLES =
  "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'" +
  " AND table_schema NOT IN ('crdb_internal', 'information_schema', 'pg_catalog', 'pg_extension') ORDER BY table_schema <> 'public', table_schema, table_name";

/**
 * What the reader's databases hold now: tables with their first rows and row counts, bounded in all directions and in its bytes, and
 * how many more there are. Rejects when it cannot be read: this is a picture for people, and the reader may have made it
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

/** Leaves out rows from a table's end so that it fits; the count stays. Gives its bytes: too many when not even its columns fit. */
function cutRows(table: Holdings['tables'][number], leftBytes: number): number {
  const { rows } = table;
  table.rows = [];
  let bytes = Math.max(jsonBytes(table) + COMMA_BYTES, tableBytes(table.columns, []));
  for (const row of rows) {
    const more = Math.max(jsonBytes(row) + COMMA_BYTES, tableBytes([], [row]));
    if (bytes + more > leftBytes) break;
    bytes += more;
    table.rows.push(row);
  }
  return bytes;
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
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

/** A cell for the eye. What is longer says how long it is, in characters as people count them (code points), or that it is longer still. */
function cut(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_CELL_CHARACTERS) return cell;
  let count = 0;
  let end = 0;
  for (const character of cell) {
    if (count === MAX_COUNTED) return `${copy(cell.slice(0, end))}… (more than ${MAX_COUNTED} characters)`;
    if (count < MAX_CELL_CHARACTERS) end += character.length;
    count += 1;
  }
  return count > MAX_CELL_CHARACTERS ? `${copy(cell.slice(0, end))}… (${count} characters)` : cell;
}

/** V8 keeps the whole of which a string is a part. */
function copy(part: string): string {
  return Buffer.from(part).toString();
}
