import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { Connection, type Address } from '../conformance/statement-connection.ts';
import { startEngine } from '../conformance/statement-engine.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

const folder = mkdtempSync(join(tmpdir(), 'recovery-'));
let engine: { address: Address; stop: () => Promise<void> };
beforeAll(async () => {
  chmodSync(folder, 0o755);
  engine = await startEngine(await standinCommand(), false, { args: [`--temp-dir=${folder}`] });
}, STANDIN_MS);
afterAll(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
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
