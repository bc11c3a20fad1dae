import type { Table } from '../protocol.ts';
import type { Cluster } from './cluster.ts';

const SYSTEM_DATABASES = new Set(['system', 'postgres', 'template0', 'template1']);
const MAX_DATABASES = 8;
const MAX_TABLES = 12;
const FIRST_ROWS = 10;
const MAX_CELL_CHARACTERS = 200;

/**
 * What the reader's databases hold now: tables with their first rows and row counts, bounded in all directions. What
 * cannot be read is left out: this is a picture for people, and the reader may have made it unreadable on purpose.
 */
export async function readTables(cluster: Cluster): Promise<Table[]> {
  const tables: Table[] = [];
  const root = await cluster.open('root', 'defaultdb');
  let databases: string[];
  try {
    databases = (await root.query('SHOW DATABASES')).rows.map(([name]) => name ?? '').filter((name) => !SYSTEM_DATABASES.has(name));
  } finally {
    await root.close();
  }
  for (const database of databases.slice(0, MAX_DATABASES)) {
    const session = await cluster.open('root', database);
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

function cut(cell: string | null): string | null {
  return cell !== null && cell.length > MAX_CELL_CHARACTERS ? `${cell.slice(0, MAX_CELL_CHARACTERS)}…` : cell;
}
