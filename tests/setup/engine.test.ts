import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../server/setup/attempts.mjs';
import { fetchRelease, release, releasePath } from '../../server/setup/cockroach-release.mjs';
import { chooseEngine } from '../../server/setup/engine.mjs';
import { SetupProblem } from '../../server/setup/problem.mjs';

let folder: string;
let stateDir: string;
let fetches: number;
const attempts = (): ReturnType<typeof openAttempts> => openAttempts(join(stateDir, 'attempts.json'));
const cannotFetch = async (): Promise<string> => {
  fetches += 1;
  throw new SetupProblem('the host did not answer within 5 s');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-engine-'));
  stateDir = join(folder, 'state');
  fetches = 0;
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}/usr/bin${delimiter}/bin`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program that answers `version` as CockroachDB does. */
function program(path: string, version: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "Build Tag:        ${version}"\n`);
  chmodSync(path, 0o755);
}

test('a cockroach on PATH comes first, by the place where it really lies', async () => {
  program(join(folder, 'opt/cockroach'), 'v25.4.1');
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(folder, 'opt/cockroach'), join(folder, 'bin/cockroach'));
  program(releasePath(stateDir), release.version);
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toMatchObject({ kind: 'cockroach', path: join(folder, 'opt/cockroach'), version: 'v25.4.1' });
});

test('one that was fetched before comes next, and nothing is fetched', async () => {
  program(releasePath(stateDir), release.version);
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toMatchObject({ kind: 'cockroach', path: releasePath(stateDir), version: release.version });
  expect(fetches).toBe(0);
});

test('the release is fetched where there is none', async () => {
  const fetchIt = async (): Promise<string> => {
    program(releasePath(stateDir), release.version);
    return releasePath(stateDir);
  };
  expect(await chooseEngine(stateDir, attempts(), '', fetchIt)).toMatchObject({ kind: 'cockroach', version: release.version });
});

test('the stand-in comes last, says why, and the next start does not try again', async () => {
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toMatchObject({ kind: 'stand-in', why: expect.stringMatching(/could not be fetched \(the host did not answer within 5 s\)/) });
  expect(await chooseEngine(stateDir, attempts(), '', cannotFetch)).toEqual(engine);
  expect(fetches).toBe(1);
});

test('ENGINE=cockroach tries again, and never falls back to the stand-in', async () => {
  await chooseEngine(stateDir, attempts(), '', cannotFetch);
  const engine = await chooseEngine(stateDir, attempts(), 'cockroach', cannotFetch);
  expect(engine).toMatchObject({ kind: 'cockroach', why: expect.stringMatching(/could not be fetched/) });
  expect(engine.path).toBeUndefined();
  expect(fetches).toBe(2);
});

test('ENGINE may name the stand-in or a program, and nothing else', async () => {
  program(join(folder, 'bin/cockroach'), 'v25.4.1');
  expect(await chooseEngine(stateDir, attempts(), 'stand-in', cannotFetch)).toMatchObject({ kind: 'stand-in' });
  expect(await chooseEngine(stateDir, attempts(), join(folder, 'bin/cockroach'), cannotFetch)).toMatchObject({ version: 'v25.4.1' });
  expect(await chooseEngine(stateDir, attempts(), '/nowhere/cockroach', cannotFetch)).toMatchObject({ kind: 'cockroach', why: expect.stringMatching(/no executable file/) });
  await expect(chooseEngine(stateDir, attempts(), 'mysql', cannotFetch)).rejects.toThrow(/ENGINE must be/);
});

test('a cockroach that does not run, and the stand-in itself, are passed over with the reason', async () => {
  for (const [script, reason] of [['exit 1', /does not tell its version/], ['echo "Build Tag: v25.2.0 (stand-in)"', /is the stand-in/]] as const) {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin/cockroach'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    expect(await chooseEngine(stateDir, attempts(), '', cannotFetch)).toMatchObject({ kind: 'stand-in', why: expect.stringMatching(reason) });
  }
});

test('a release that cannot be fetched leaves no trace', async () => {
  const wanted = { version: 'v0.0.0', url: 'http://127.0.0.1:9/cockroach.tgz', sha256: '00' };
  await expect(fetchRelease(stateDir, wanted, { connectMs: 1000 })).rejects.toThrow(SetupProblem);
  expect(existsSync(releasePath(stateDir, 'v0.0.0'))).toBe(false);
  expect(existsSync(join(stateDir, 'cockroach/v0.0.0.tgz'))).toBe(false);
});
