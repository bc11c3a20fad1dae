import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { freePorts } from '../support/free-ports.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

const STARTED = /CockroachDB node starting at/;

/** A node that was started, and what it printed so far. */
interface Node {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
}

describe('a node', () => {
  let cockroach: string;
  let folder: string;
  let port: number;
  let httpPort: number;
  let running: ChildProcess | undefined;
  beforeAll(async () => {
    cockroach = await standinCommand();
  }, STANDIN_MS);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'serve-'));
    // PostgreSQL's user must be able to pass through.
    chmodSync(folder, 0o755);
    [port = 0, httpPort = 0] = await freePorts(2);
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (...more: string[]): Node => {
    const child = spawn(
      cockroach,
      [
        'start-single-node',
        '--insecure',
        `--listen-addr=localhost:${port}`,
        `--http-addr=localhost:${httpPort}`,
        `--temp-dir=${folder}`,
        ...more,
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    running = child;
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
    return { child, stdout: () => stdout, stderr: () => stderr };
  };
  const started = async (...more: string[]): Promise<Node> => {
    const node = start(...more);
    await expect.poll(() => node.stdout(), { timeout: 60_000 }).toMatch(STARTED);
    return node;
  };
  const exitOf = async ({ child }: Node): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return child.exitCode;
  };
  const dataFolders = (): string[] => globSync('*/data/PG_VERSION', { cwd: folder });

  it('answers SQL and HTTP when it says that it has started, and has written its process id', async () => {
    const pidFile = join(folder, 'node.pid');
    const node = await started(`--pid-file=${pidFile}`);
    const client = await Connection.open({ port, certificates: undefined }, { user: 'root', database: 'defaultdb' });
    expect((await client.ask({ sql: 'SELECT 1' })).error).toBeNull();
    await client.close();
    expect((await fetch(`http://localhost:${httpPort}/health`)).status).toBe(200);
    expect(readFileSync(pidFile, 'utf8')).toBe(`${node.child.pid}\n`);
    expect(statSync(pidFile).mode & 0o777).toBe(0o640);
    expect(node.stdout()).toMatch(/^clusterID: +[\da-f-]{36}$/m);
    expect(dataFolders()).toHaveLength(1);
  });

  it('logs to stderr that it has started when there are no log files', async () => {
    const node = start('--store=type=mem,size=640MiB');
    await expect.poll(() => node.stderr(), { timeout: 60_000 }).toMatch(/^I.*CockroachDB node starting at/m);
    expect(node.stdout()).not.toMatch(STARTED);
  });

  it('exits successfully on SIGTERM, and leaves nothing behind', async () => {
    const node = await started();
    node.child.kill('SIGTERM');
    expect(await exitOf(node)).toBe(0);
    expect(node.stdout()).toMatch(/initiating graceful shutdown of server\nserver drained and shutdown completed\n$/);
    expect(dataFolders()).toEqual([]);
    await expect(fetch(`http://localhost:${httpPort}/health`)).rejects.toThrow();
  });

  it('treats SIGINT as a failure, like CockroachDB, and leaves nothing behind either', async () => {
    const node = await started();
    node.child.kill('SIGINT');
    expect(await exitOf(node)).toBe(1);
    expect(node.stdout().split('\n').slice(-4)).toEqual([
      expect.stringMatching(/Note: a second interrupt will skip graceful shutdown and terminate forcefully$/),
      'initiating graceful shutdown of server',
      'server drained and shutdown completed',
      '',
    ]);
    expect(node.stderr()).toContain('interrupted');
    expect(dataFolders()).toEqual([]);
  });

  it('cleans up even when nobody reads its output any more', async () => {
    const node = await started();
    node.child.stdout!.destroy();
    node.child.kill('SIGTERM');
    expect(await exitOf(node)).toBe(0);
    expect(dataFolders()).toEqual([]);
  });

  it('fails when the PostgreSQL underneath ends, and leaves nothing behind', async () => {
    const node = await started();
    const [file = ''] = globSync('*/data/postmaster.pid', { cwd: folder });
    process.kill(Number(readFileSync(join(folder, file), 'utf8').split('\n')[0]), 'SIGKILL');
    expect(await exitOf(node)).toBe(1);
    expect(node.stdout()).not.toContain('shutdown completed');
    expect(dataFolders()).toEqual([]);
  });

  it('refuses to start when its address is taken, even if only on IPv4, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    ({ port } = other.address() as AddressInfo);
    const node = start();
    expect(await exitOf(node)).toBe(1);
    other.close();
    expect(node.stderr()).toContain(`:${port}`);
    expect(node.stdout()).not.toMatch(STARTED);
    expect(dataFolders()).toEqual([]);
  });
});
