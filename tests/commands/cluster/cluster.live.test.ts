import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { withoutSandbox } from '../../support/shared-server.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const running: ChildProcess[] = [];

/** Starts the program of `npm run cluster`; `said` settles when it has printed `until`, or has ended. */
function start(
  args: string[],
  until: RegExp,
): { child: ChildProcess; said: Promise<string>; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['commands/cluster/main.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  const said = new Promise<string>((settle) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        text += bytes.toString('utf8');
        if (until.test(text)) settle(text);
      });
    }
    void ended.then(() => settle(text));
  });
  return { child, said, ended };
}

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((settle) => child.once('close', settle));
    child.kill('SIGTERM');
    await gone;
  }
});

describe.skipIf(withoutSandbox)('an author’s own cluster', { timeout: 60_000 }, () => {
  it('leaves nothing behind when several signals end it while it starts', async () => {
    const bundles = resolve(ROOT, '.bankrun/author/oci/bundles-runc');
    const { child, ended } = start(['--port', '0'], /never/);
    await expect
      .poll(() => existsSync(bundles) && readdirSync(bundles).length, { timeout: 30_000, interval: 5 })
      .toBe(1);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal);
    expect(await ended).toBe(0);
    expect(existsSync(bundles)).toBe(false);
  });

  it.each(['insecure', 'secure'])(
    '%s: any client on this machine can connect; Ctrl-C leaves nothing behind',
    async (mode) => {
      const { child, said, ended } = start(['--mode', mode, '--port', '0'], /Ctrl-C/);
      const text = await said;
      expect(text).toMatch(/is ready/);
      const port = Number(/localhost:(\d+)/.exec(text)?.[1]);
      const certs = /certificates: (\S+)/.exec(text)?.[1];
      const pem = (name: string): string => readFileSync(`${certs}/${name}`, 'utf8');
      const ssl =
        mode === 'secure' ? { ca: pem('ca.crt'), cert: pem('client.root.crt'), key: pem('client.root.key') } : false;
      const client = new pg.Client({ host: 'localhost', port, user: 'root', database: 'defaultdb', ssl });
      await client.connect();
      expect((await client.query('SELECT count(*) FROM generate_series(1, 100)')).rows).toEqual([{ count: '100' }]);
      const second = start([], /never/);
      expect(await second.said).toMatch(/is already running, (in)?secure, on port \d+/);
      expect(await second.ended).toBe(1);
      client.on('error', () => undefined);
      child.kill('SIGINT');
      expect(await ended).toBe(0);
      expect(certs === undefined || !existsSync(certs)).toBe(true);
      expect(existsSync(resolve(ROOT, '.bankrun/author/cluster.json'))).toBe(false);
    },
  );

  it('reports a port in use, and a missing cluster for a shell, in one sentence each', async () => {
    const taken = createServer();
    await new Promise<void>((settle) => taken.listen(0, '127.0.0.1', settle));
    const { port } = taken.address() as AddressInfo;
    const clash = start(['--port', String(port)], /never/);
    expect(await clash.said).toBe(
      `Port ${port} is in use: choose another with --port, or any free one with --port 0.\n`,
    );
    expect(await clash.ended).toBe(1);
    await new Promise((settle) => taken.close(settle));
    const shell = start(['sql'], /never/);
    expect(await shell.said).toBe('No cluster is running: start one with `npm run cluster` in another terminal.\n');
    expect(await shell.ended).toBe(1);
  });
});
