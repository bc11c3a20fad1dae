import { CommandError } from '../command-line/command-error.ts';
import type { ConnectOptions } from '../shell/connect-options.ts';
import { ServerConnection } from '../shell/server-connection.ts';
import { logLines } from '../start/log-lines.ts';
import type { Cell, Workload, WorkloadTable } from './workload.ts';

/** How many rows one INSERT has. */
const BATCH = 250;
/** Where CockroachDB logs from while it loads. */
const SOURCE = '1@workload/workloadsql/dataload.go:146  [-]';

/**
 * Makes a workload's database and tables, fills them, and logs each table on standard error. Throws CommandError in the
 * words of the server for the first statement that fails.
 */
export async function loadWorkload(
  options: ConnectOptions,
  tables: readonly WorkloadTable[],
  { afterwards }: Pick<Workload, 'afterwards'>,
  drop: boolean,
): Promise<void> {
  const { database } = options;
  const connection = await ServerConnection.open({ ...options, database: 'defaultdb' }, () =>
    Promise.resolve(undefined),
  );
  const run = async (statement: string): Promise<void> => {
    const failed = (await connection.query(statement)).find((event) => event.type === 'error');
    if (failed?.type === 'error') throw new CommandError(`pq: ${failed.error.message}`);
  };
  try {
    if (drop) await run(`DROP DATABASE IF EXISTS ${quoteName(database)} CASCADE`);
    await run(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}`);
    await run(`USE ${quoteName(database)}`);
    for (const { name, schema } of tables) await run(`CREATE TABLE IF NOT EXISTS ${quoteName(name)} ${schema}`);
    for (const table of tables.filter(({ rows }) => rows.length > 0)) {
      const startMs = performance.now();
      for (const statement of inserts(table)) await run(statement);
      const seconds = Math.round((performance.now() - startMs) / 1000);
      process.stderr.write(logLines('I', `imported ${table.name} (${seconds}s, ${table.rows.length} rows)`, SOURCE));
    }
    for (const statement of afterwards) await run(statement);
  } finally {
    await connection.close();
  }
}

function inserts({ name, rows }: WorkloadTable): string[] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, batch) => {
    const values = rows.slice(batch * BATCH, (batch + 1) * BATCH).map((row) => `(${row.map(literal).join(', ')})`);
    return `INSERT INTO ${quoteName(name)} VALUES ${values.join(', ')}`;
  });
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
