import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../support/free-ports.ts';
import { Connection, type Address } from './statement-connection.ts';

const READY_MS = 60_000;
const STOP_MS = 30_000;
const KNOCK_MS = 100;
const USERS = ['root', 'maxroach', 'alice', 'bob'];

/**
 * Starts a cluster with this command in one mode, on a free port, with more arguments and environment. Returns its
 * address and a function that ends it. Throws an Error with what the command printed.
 */
export async function startEngine(
  cockroach: string,
  secure: boolean,
  more: { args?: string[]; env?: Record<string, string> } = {},
): Promise<{ address: Address; stop: () => Promise<void> }> {
  const [port = 0, httpPort = 0] = await freePorts(2);
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  const certificates = secure ? makeCertificates(cockroach, directory) : undefined;
  const mode = certificates === undefined ? '--insecure' : `--certs-dir=${certificates}`;
  const child = spawn(
    cockroach,
    [
      'start-single-node',
      mode,
      `--listen-addr=localhost:${port}`,
      `--http-addr=localhost:${httpPort}`,
      '--store=type=mem,size=640MiB',
      ...(more.args ?? []),
    ],
    { cwd: directory, env: { ...process.env, ...more.env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
    rmSync(directory, { recursive: true, force: true });
  };
  const address: Address = { port, certificates };
  try {
    await untilReady(address, () => child.exitCode !== null);
  } catch (cause) {
    await stop();
    throw new Error(`${cockroach} did not start: ${said}`, { cause });
  }
  return { address, stop };
}

function makeCertificates(cockroach: string, directory: string): string {
  const certificates = join(directory, 'certs');
  const make = (...args: string[]): void => {
    const made = spawnSync(
      cockroach,
      ['cert', ...args, `--certs-dir=${certificates}`, `--ca-key=${join(directory, 'ca.key')}`],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`cockroach cert ${args.join(' ')}: ${made.stderr}`);
  };
  make('create-ca');
  make('create-node', 'localhost');
  for (const user of USERS) make('create-client', user);
  return certificates;
}

async function untilReady(address: Address, ended: () => boolean): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    try {
      const connection = await Connection.open(address, { user: 'root', database: 'defaultdb' });
      await connection.close();
      return;
    } catch (error) {
      if (ended() || performance.now() > deadline) throw error;
      await new Promise((wake) => setTimeout(wake, KNOCK_MS));
    }
  }
}
