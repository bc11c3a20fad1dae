import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Runtime } from '../../../server/oci/runtime.ts';
import { openRuntime } from '../../../server/oci/open-runtime.ts';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';
import { findRuntimes } from '../../../server/setup/choose-runtime.mjs';
import { groupPlaces, stateFolders } from '../../support/places.ts';
import { makeStateDir, openTestRuntime, programOf, runIn, startEcho, WITHOUT_SANDBOX } from './test-runtime.ts';

type RuntimeName = 'runc' | 'runsc';

const PYTHON = { executable: '/usr/bin/python3' };
const GIVEN = { python: PYTHON, common: { mounts: [], env: {}, commands: { python: PYTHON.executable }, absent: {} } };
const REQUEST = { mounts: [], env: {}, path: [], memoryBytes: 256 << 20, python: PYTHON.executable };

if (WITHOUT_SANDBOX) console.log(`the life of containers ${WITHOUT_SANDBOX}`);

describe.skipIf(WITHOUT_SANDBOX)('a server and its containers', () => {
  let undo: CleanUpStack;
  let stateDir: string;
  beforeEach(async () => {
    undo = new CleanUpStack();
    stateDir = await makeStateDir(undo);
  });
  afterEach(() => undo.dispose());
  const open = async (directory = stateDir, name: RuntimeName = 'runc'): Promise<Runtime> => {
    const runtime = await openRuntime({ stateDir: directory, program: programOf(name), ...GIVEN });
    undo.defer(() => runtime.close());
    return runtime;
  };

  /** Starts a server with a busy container. Returns the host's pids of the container. */
  const startDoomed = async (name: RuntimeName): Promise<{ pids: string[]; kill: () => Promise<void> }> => {
    const doomed = spawn(process.execPath, [join(import.meta.dirname, 'doomed-server.ts'), stateDir, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.defer(() => void doomed.kill('SIGKILL'));
    const [line] = (await once(doomed.stdout, 'data')) as [Buffer];
    const kill = async (): Promise<void> => {
      const ended = once(doomed, 'exit');
      doomed.kill('SIGKILL');
      await ended;
    };
    return { pids: JSON.parse(line.toString()) as string[], kill };
  };
  const sweepDoomed = async (name: RuntimeName): Promise<void> => {
    const runtime = await open(stateDir, name);
    expect(await runtime.sweep()).toBe(1);
    expect(await runtime.sweep()).toBe(0);
    const folders = stateFolders(stateDir).flatMap((folder) =>
      [`bundles-${name}`, `state-${name}`].map((part) => join(folder, part)),
    );
    expect(folders.flatMap((folder) => readdirSync(folder))).toEqual([]);
    expect(groupsNamed(`doomed-${process.pid}`)).toEqual([]);
  };

  test.for<RuntimeName>(['runc', 'runsc'])(
    'die together, even by kill -9, and the next server removes what is left: %s',
    { timeout: 60_000 },
    async (name, context) => {
      context.skip(findRuntimes(name).length === 0, `${name} is not on this machine`);
      const { pids, kill } = await startDoomed(name);
      expect(pids.length).toBeGreaterThanOrEqual(4);
      await expect(open(stateDir, name)).rejects.toMatchObject({
        code: 'unavailable',
        forOperator: expect.stringContaining('Another server') as string,
      });
      await kill();
      await expect.poll(() => pids.filter(isAlive), { timeout: 30_000 }).toEqual([]);
      await sweepDoomed(name);
    },
  );

  test(
    'end with the next server when the agent was stopped, which nothing inside can do',
    { timeout: 60_000 },
    async () => {
      const { pids, kill } = await startDoomed('runc');
      const agent = pids.find(isAgent)!;
      process.kill(Number(agent), 'SIGSTOP');
      await kill();
      await sweepDoomed('runc');
      await expect.poll(() => pids.filter(isAlive), { timeout: 30_000 }).toEqual([]);
    },
  );

  test('leave nothing behind, also when many are created and removed at once', async () => {
    const runtime = await open();
    const rounds = Array.from({ length: 8 }, async (_, index) => {
      const container = await runtime.create({ ...REQUEST, id: `many-${index}` });
      await startEcho(container);
      expect(await runIn(container, ['echo', String(index)])).toMatchObject({ stdout: `${index}\n` });
      await container.dispose();
    });
    await Promise.all(rounds);
    expect(groupsNamed('many-')).toEqual([]);
    expect(stateFolders(stateDir).flatMap((folder) => readdirSync(join(folder, 'bundles-runc')))).toEqual([]);
    expect(await runtime.sweep()).toBe(0);
  });

  test('do not see each other', async () => {
    const testRuntime = await openTestRuntime();
    undo.defer(() => testRuntime.dispose());
    const [one, two] = [await testRuntime.create(), await testRuntime.create()];
    await one.writeFile('reader', '/tmp/mine', 'x');
    await startEcho(one);
    expect(await runIn(two, ['/bin/bash', '-c', 'ls /tmp; exec 3<>/dev/tcp/127.0.0.1/26257'])).toMatchObject({
      exitCode: 1,
      stdout: '',
    });
  });

  test('work from a directory that others cannot enter', async () => {
    const hidden = join(stateDir, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    const runtime = await open(hidden);
    const container = await runtime.create({ ...REQUEST, id: 'hidden' });
    expect(await runIn(container, ['echo', 'works'])).toMatchObject({ stdout: 'works\n' });
  });

  test('leave nothing behind when they cannot be started, and say only that', async () => {
    const runtime = await open();
    const bad = { ...REQUEST, id: 'bad', mounts: [{ source: '/no/such/place', destination: '/opt/x' }] };
    await expect(runtime.create(bad)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'A sandbox could not be started.',
    });
    await expect(runtime.create({ ...REQUEST, id: 'bad', python: '/no/python' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'A sandbox could not be started.',
    });
    expect(groupsNamed('bad')).toEqual([]);
    expect(await runtime.sweep()).toBe(0);
    await expect(runtime.create({ ...REQUEST, id: '../up' })).rejects.toThrow('id');
  });

  test('are started by the program that set-up found, wherever it is', async () => {
    const odd = join(stateDir, 'an odd place');
    const { path } = programOf('runc');
    await mkdir(odd);
    await writeFile(join(odd, 'runc'), `#!/bin/sh\necho used >> '${join(odd, 'calls')}'\nexec '${path}' "$@"\n`, {
      mode: 0o755,
    });
    const runtime = await openRuntime({ stateDir, program: { name: 'runc', path: join(odd, 'runc') }, ...GIVEN });
    undo.defer(() => runtime.close());
    await runtime.create({ ...REQUEST, id: 'odd' });
    expect(readFileSync(join(odd, 'calls'), 'utf8')).toMatch(/^(used\n){2,}$/);
  });

  test('are removed later when their runtime’s program was gone', async () => {
    const path = join(stateDir, 'runc');
    copyFileSync(programOf('runc').path, path);
    const runtime = await openRuntime({
      stateDir,
      program: { name: 'runc', path },
      ...GIVEN,
      report: () => undefined,
      sweepAgainMs: 100,
    });
    undo.defer(() => runtime.close());
    const container = await runtime.create({ ...REQUEST, id: 'later' });
    renameSync(path, `${path}-away`);
    await expect(container.dispose()).rejects.toThrow('ENOENT');
    // Everything but the runtime's own notes.
    const left = (): string[] =>
      stateFolders(stateDir).flatMap((folder) =>
        ['bundles-runc', 'state-runc'].flatMap((part) => readdirSync(join(folder, part))),
      );
    expect([groupsNamed('later'), left()]).toEqual([[], ['later']]);
    renameSync(`${path}-away`, path);
    await expect.poll(left).toEqual([]);
  });

  test('are refused without a runtime or an interpreter, with the command to type', async () => {
    await expect(
      openRuntime({ stateDir, program: programOf('runc'), ...GIVEN, python: { executable: '/no/python' } }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      forOperator: expect.stringContaining('npm run setup') as string,
    });
    await expect(
      openRuntime({ stateDir, program: { name: 'runc', path: '/nowhere/runc' }, ...GIVEN }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      forOperator: expect.stringContaining('runc no longer exists') as string,
    });
  });
});

function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether a process is an agent; one that has ended meanwhile is none. */
function isAgent(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('agent.py');
  } catch {
    return false;
  }
}

/** Returns control groups whose name begins with `prefix`, one level below any of our groups. */
function groupsNamed(prefix: string): string[] {
  const below = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(path, name))
      : [];
  const ours = groupPlaces()
    .flatMap(below)
    .filter((path) => path.includes('/bankrun-'));
  return ours.flatMap(below).filter((path) => path.split('/').at(-1)?.startsWith(prefix));
}
