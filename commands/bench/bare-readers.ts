import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { readConfig } from '../../server/config.ts';
import { startEngine } from '../../standin/tests/conformance/statement-engine.ts';
import { startBarePostgres, type BareDatabase } from './bare-postgres.ts';
import { hostPython } from './host-python.ts';
import { processTime } from './processor.ts';

/** What readers without sandboxes cost. */
export interface BareFigures {
  totalMs: number;
  /** Processor time of databases and programs, milliseconds. */
  processorMs: number;
}

/**
 * Measures the least that so many readers can cost: for each, a bare database is started, the program runs on the host,
 * and its rows are counted. As many at a time as there are processors. `program` is the insecure one of the tutorial.
 * Throws when a count is not 100.
 */
export async function measureBareReaders(count: number, program: string): Promise<BareFigures> {
  const before = processTime(process.pid).endedMs;
  const startMs = performance.now();
  let left = count;
  const line = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await beBareReader(program);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, line));
  return { totalMs: performance.now() - startMs, processorMs: processTime(process.pid).endedMs - before };
}

async function beBareReader(program: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bare-'));
  // Root runs PostgreSQL as another user, which must reach its data in there.
  chmodSync(folder, 0o711);
  const database = await startBare(folder);
  try {
    const { host, port, user } = database;
    await ask({ host, port, user, database: 'defaultdb' }, 'CREATE USER maxroach', 'CREATE DATABASE bank');
    await ask({ host, port, user, database: 'bank' }, 'GRANT ALL ON DATABASE bank TO maxroach');
    await ask({ host, port, user, database: 'bank' }, 'GRANT ALL ON SCHEMA public TO maxroach');
    const file = join(folder, 'program.py');
    writeFileSync(file, program.replace('"localhost"', JSON.stringify(host)).replace('26257', String(port)));
    const { executable, env } = hostPython();
    await promisify(execFile)(executable, [file], { env });
    const [row] = await ask({ host, port, user, database: 'bank' }, 'SELECT count(*) AS count FROM accounts');
    if (row?.['count'] !== '100') throw new Error(`the bare program left ${JSON.stringify(row)}`);
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startBare(folder: string): Promise<BareDatabase> {
  const { engine, standin } = readConfig().setup;
  if (engine?.kind !== 'cockroach' || engine.path === undefined) return await startBarePostgres(folder, standin);
  const { address, stop } = await startEngine(engine.path, false);
  return { host: 'localhost', port: address.port, user: 'root', stop };
}

/** Returns the rows of the last statement. */
async function ask(address: pg.ClientConfig, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
