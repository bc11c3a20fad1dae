import type { Table } from '../protocol.ts';
import type { Cluster } from './cluster.ts';
import type { SqlSession } from './sql-session.ts';

const SYSTEM_DATABASES = new Set(['system', 'postgres', 'template0', 'template1']);
const MAX_DATABASES = 8;
const MAX_TABLES = 12;
const FIRST_ROWS = 10;
const MAX_CELL_CHARACTERS = 200;

/**
 * What the reader's databases hold now: tables with their first rows and row counts, bounded in all directions. What
 * cannot be read is left out: this is a picture for people, and the reader may have made it unreadable on purpose. Rejects
 * when `signal` aborts.
 */
export async function readTables(cluster: Cluster, signal: AbortSignal): Promise<Table[]> {
  const tables: Table[] = [];
  const root = await openUntil(cluster, 'defaultdb', signal);
  let databases: string[];
  try {
    databases = (await root.query('SHOW DATABASES')).rows.map(([name]) => name ?? '').filter((name) => !SYSTEM_DATABASES.has(name));
  } finally {
    await root.close();
  }
  for (const database of databases.slice(0, MAX_DATABASES)) {
    const session = await openUntil(cluster, database, signal);
    try {
      const names = await session.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name",
      );
      for (const [name] of names.rows) {
        if (tables.length >= MAX_TABLES || !name) break;
        const quoted = `"${name.replaceAll('"', '""')}"`;
        const first = await session.query(`SELECT * FROM ${quoted} LIMIT ${FIRST_ROWS}`);
        const counted = await session.query(`SELECT count(*) FROM ${quoted}`);
        tables.push({ database, name, columns: first.columns, rows: first.rows.map((row) => row.map(cut)), count: Number(counted.rows[0]?.[0] ?? 0) });
      }
    } finally {
      await session.close();
    }
  }
  return tables;
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

function cut(cell: string | null): string | null {
  return cell !== null && cell.length > MAX_CELL_CHARACTERS ? `${cell.slice(0, MAX_CELL_CHARACTERS)}…` : cell;
}
