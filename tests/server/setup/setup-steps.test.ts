import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { commands } from '../../../server/setup/npm-scripts.mjs';
import { summaryOf } from '../../../server/setup/setup-steps.mjs';
import { runCommand } from '../../../server/setup/run-command.mjs';
import { chooseRuntime } from '../../../server/setup/choose-runtime.mjs';
import { withProgress } from '../../../server/setup/say.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');

let folder: string;
const attempts = (): ReturnType<typeof openAttempts> => openAttempts(join(folder, 'attempts.json'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-steps-'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a set-up with nothing to do says nothing', async () => {
  const setUp = (): ReturnType<typeof runCommand> =>
    runCommand(process.execPath, [join(ROOT, 'server/setup/launch.cjs'), 'prepare'], { timeoutMs: 50_000 });
  expect((await setUp()).why).toBe('');
  const again = await setUp();
  expect(again).toEqual({ ok: true, output: '', why: '' });
});

test('only commands that serve or try the pages build them, so others work when a page is wrong', () => {
  const building = Object.entries(commands).filter(([, { purpose = 'dev' }]) => purpose !== 'dev');
  expect(building.map(([name]) => name)).toEqual(['start', 'setup', 'test', 'bench', 'audit', 'prepare']);
});

test('RUNTIME names the runtime, and a wrong one is refused', async () => {
  await expect(chooseRuntime(attempts(), 'docker')).rejects.toThrow(/RUNTIME must be runc or runsc/);
});

test('a runtime on PATH is preferred to the system’s', async () => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/runc'), '#!/bin/sh\n', { mode: 0o755 });
  vi.stubEnv('PATH', join(folder, 'bin'));
  expect(await chooseRuntime(attempts(), 'runc')).toEqual({ name: 'runc', path: join(folder, 'bin/runc') });
});

test('a command that does not end is killed, and reported', async () => {
  const { ok, why } = await runCommand('sleep', ['60'], { timeoutMs: 100 });
  expect({ ok, why }).toEqual({ ok: false, why: 'no end after 0.1 s, so it was ended' });
});

test('a missing command is an outcome, not an exception', async () => {
  expect((await runCommand('no-such-command', [], { timeoutMs: 1000 })).why).toMatch(/could not be started/);
});

test('work over two seconds shows its duration and progress, as plain lines in a log', async () => {
  vi.useFakeTimers();
  let text = '';
  const out = { write: (more: string) => (text += more) };
  const quick = withProgress('Quick', async () => new Promise((done) => setTimeout(done, 1500)), out);
  await vi.advanceTimersByTimeAsync(1500);
  await quick;
  expect(text).toBe('');
  const slow = withProgress(
    'Fetching',
    async (note) => {
      note('35 of 130 MB');
      await new Promise((done) => setTimeout(done, 13_000));
    },
    out,
  );
  await vi.advanceTimersByTimeAsync(13_000);
  await slow;
  expect(text).toBe('Fetching… 2 s, 35 of 130 MB\nFetching… 12 s, 35 of 130 MB\nFetching: done in 13.0 s.\n');
});

test('an explicit set-up ends with what is ready, or with what to do about each missing part', () => {
  const engine = { kind: 'stand-in', why: 'CockroachDB could not be fetched.' } as const;
  const runtime = { name: 'runc', path: '/usr/sbin/runc' } as const;
  expect(summaryOf({ runtime, engine, site: 'dist' })).toBe(
    'Set up: the stand-in on runc. Type "npm start".\nCockroachDB could not be fetched.',
  );
  expect(
    summaryOf({
      runtime,
      engine: { kind: 'cockroach', path: '/opt/cockroach', version: 'v26.2.5', why: 'It is on PATH.' },
    }),
  ).toBe('Set up: CockroachDB v26.2.5 on runc. Type "npm start".');
  expect(
    summaryOf({
      missing: 'No Python.',
      runtime: { missing: 'No runc.' },
      engine,
      chromium: { missing: 'No browser.' },
    }),
  ).toBe('No Python.\nNo runc.\nNo browser.\nCockroachDB could not be fetched.');
});
