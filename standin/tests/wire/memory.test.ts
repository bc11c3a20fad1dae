import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { Connection, type Address } from '../conformance/statement-connection.ts';
import { startEngine } from '../conformance/statement-engine.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
const journal = mkdtempSync(join(tmpdir(), 'journal-'));
let engine: { address: Address; stop: () => Promise<void> };
beforeAll(async () => {
  for (const each of [folder, journal]) chmodSync(each, 0o755);
  engine = await startEngine(await standinCommand(), false, {
    args: [`--temp-dir=${folder}`],
    env: { STANDIN_JOURNAL: join(journal, 'inner') },
  });
}, STANDIN_MS);
afterAll(async () => {
  await engine?.stop();
  for (const each of [folder, journal]) rmSync(each, { recursive: true, force: true });
});

const connect = async (): Promise<Connection> => {
  const client = await Connection.open(engine.address, { user: 'root', database: 'defaultdb' });
  onTestFinished(() => client.close());
  return client;
};

/** Ends PostgreSQL's process for the newest session in defaultdb, as the kernel does when memory runs out. */
function killNewest(): void {
  const [inner = ''] = readdirSync(folder);
  const [postmaster = ''] = readFileSync(join(folder, inner, 'data', 'postmaster.pid'), 'utf8').split('\n');
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ');
  const sessions = children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('root defaultdb'));
  process.kill(Math.max(...sessions.map(Number)), 'SIGKILL');
}

// Only Linux limits what a process may have.
it.skipIf(process.platform !== 'linux')(
  'refuses a statement that needs more memory than a session may have',
  async () => {
    const client = await connect();
    const sql = "SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 1000000)";
    expect(await client.ask({ sql })).toMatchObject({
      error: { code: '53200', message: 'out of memory' },
      status: 'I',
    });
    expect(await client.ask({ sql: 'SELECT 1' })).toMatchObject({ answers: [{ rows: [['1']] }], error: null });
  },
);

// Processes are found in /proc.
it.skipIf(process.platform !== 'linux')(
  'clients that connect after a lack of memory wait until the database has recovered',
  async () => {
    const first = await connect();
    const { error } = await first.ask({ sql: 'CREATE TABLE kept (a INT); INSERT INTO kept VALUES (1)' });
    expect(error).toBeNull();
    await connect();
    killNewest();
    // All sessions are ended: from then on, PostgreSQL recovers.
    await expect.poll(async () => (await first.ask({ sql: 'SELECT 1' })).error?.code).toBe('LOST');
    for (let i = 0; i < 5; i++) {
      const next = await connect();
      expect(await next.ask({ sql: 'SELECT a FROM kept' })).toMatchObject({
        answers: [{ rows: [['1']] }],
        error: null,
      });
    }
  },
);
