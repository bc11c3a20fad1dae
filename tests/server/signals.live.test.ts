import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import type { Mode } from '../../shared/protocol.ts';
import { readIfAny, Traces } from '../support/leftovers.ts';
import { Reader } from '../../commands/client/reader.ts';
import { withoutSandbox } from '../support/shared-server.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const INSTANCE = 'signals';
const traces = new Traces(INSTANCE);

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

describe.skipIf(withoutSandbox)('signals to end', { timeout: 120_000 }, () => {
  let running: ChildProcess | undefined;
  afterEach(() => {
    if (running && running.exitCode === null && running.signalCode === null) process.kill(-running.pid!, 'SIGKILL');
  });

  /** Starts one of our commands in its own process group, as a shell or a service manager does. */
  const start = async (args: string[], line: RegExp): Promise<{ child: ChildProcess; found: string }> => {
    const env = { ...process.env, PORT: '0', INSTANCE, WARM_PER_MODE: '2' };
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = child;
    for await (const said of createInterface({ input: child.stdout })) {
      const found = line.exec(said);
      if (found) return { child, found: found[1] ?? '' };
    }
    throw new Error('it ended before it said so');
  };

  test.each<[string, RegExp, Signal[]]>([
    ['once, to the whole group', /^Runs are on/, ['SIGTERM']],
    ['twice, as npm passes a second one on', /^Runs are on/, ['SIGTERM', 'SIGTERM']],
    [
      'many and different, while spare clusters are being started',
      /^Runs are on/,
      ['SIGINT', 'SIGHUP', 'SIGTERM', 'SIGQUIT', 'SIGINT', 'SIGTERM'],
    ],
    ['while the first sandbox is being tested', /^Bankrun is at/, ['SIGTERM', 'SIGINT']],
  ])('%s: the server leaves nothing behind', async (_, line, signals) => {
    await leaveNothing(['server/main.ts'], line, signals);
  });

  test.for<Signal>(['SIGTERM', 'SIGINT'])(
    '%s twice: the development server leaves nothing behind',
    async (signal, context) => {
      context.skip(devServerRuns(), 'a development server runs here, and Astro lets only one run');
      await leaveNothing(['node_modules/astro/bin/astro.mjs', 'dev', '--port', '0'], /^Runs are on/, [signal, signal]);
    },
  );

  const leaveNothing = async (args: string[], line: RegExp, signals: Signal[]): Promise<void> => {
    const { child } = await start(args, line);
    const ended = once(child, 'exit');
    for (const signal of signals) {
      process.kill(-child.pid!, signal);
      process.kill(child.pid!, signal);
    }
    await ended;
    expect(child.signalCode).toBeNull();
    expect(traces.all()).toEqual([]);
  };

  /** Starts a server, and claims a sandbox for a reader. */
  const startWithReader = async (mode: Mode): Promise<{ child: ChildProcess; me: Reader; id: string }> => {
    const { child, found } = await start(['server/main.ts'], /^Bankrun is at (\S+)\/$/);
    const me = new Reader(found);
    await expect.poll(async () => (await me.fetch('GET', '/api/health')).status, { timeout: 60_000 }).toBe(200);
    return { child, me, id: (await me.claim(mode)).id };
  };

  test('while a reader’s program runs: the server leaves nothing behind', async () => {
    const { child, me, id } = await startWithReader('secure');
    const ended = once(child, 'exit');
    const run = me.run(
      id,
      [{ id: 'long', kind: 'shell', command: 'trap "" TERM INT HUP; echo begun; sleep 1000' }],
      (event) => {
        if (event.type === 'output')
          for (const signal of ['SIGTERM', 'SIGTERM'] as const) process.kill(-child.pid!, signal);
      },
    );
    await run.catch(() => undefined);
    expect(await ended).toEqual([0, null]);
    expect(traces.all()).toEqual([]);
  });

  test('kill -9: no process of a sandbox outlives the server, and the next start removes the rest', async () => {
    const { child, me, id } = await startWithReader('insecure');
    const ended = once(child, 'exit');
    const command =
      'trap "" TERM INT HUP; ' +
      'for i in 1 2 3 4 5 6 7 8; ' +
      'do setsid bash -c "while :; ' +
      'do :; ' +
      'done" & done; ' +
      'setsid sleep 1000 & echo begun; ' +
      'sleep 1000';
    await me
      .run(id, [{ id: 'long', kind: 'shell', command }], (event) => {
        if (event.type === 'output') process.kill(child.pid!, 'SIGKILL');
      })
      .catch(() => undefined);
    expect(await ended).toEqual([null, 'SIGKILL']);
    await expect.poll(() => traces.processes(), { timeout: 30_000 }).toEqual([]);
    const rest = traces.pieces();
    expect(rest).not.toEqual([]);

    const next = await start(['server/main.ts'], /^Runs are on/);
    expect(rest.filter((place) => existsSync(place))).toEqual([]);
    const stopped = once(next.child, 'exit');
    next.child.kill('SIGTERM');
    await stopped;
    expect(traces.all()).toEqual([]);
  });
});

/** Whether a development server runs: Astro records it in this file. */
function devServerRuns(): boolean {
  const pid = /"pid":\s*(\d+)/.exec(readIfAny(join(ROOT, '.astro/dev.json')))?.[1];
  return pid !== undefined && existsSync(`/proc/${pid}`);
}
