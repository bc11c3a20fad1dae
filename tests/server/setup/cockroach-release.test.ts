import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { fetchRelease, release, releasePath } from '../../../server/setup/cockroach-release.mjs';
import { chooseEngine } from '../../../server/setup/choose-engine.mjs';
import type { EngineChoice } from '../../../server/setup/choose-engine.mjs';

let folder: string;
let stateDir: string;
let server: Server;
/** What Cockroach Labs' server offers, and how often it was downloaded. */
let archive: Buffer;
let downloads: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-release-'));
  stateDir = join(folder, 'state');
  downloads = 0;
  server = createServer((_, answer) => {
    downloads += 1;
    answer.end(archive);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  vi.stubEnv('PATH', '/usr/bin:/bin');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** Makes the server offer a release whose `cockroach` is this script. */
function publish(script: string): void {
  mkdirSync(join(folder, 'made/cockroach-release'), { recursive: true });
  writeFileSync(join(folder, 'made/cockroach-release/cockroach'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  execFileSync('tar', ['-czf', join(folder, 'made.tgz'), '-C', join(folder, 'made'), 'cockroach-release']);
  archive = readFileSync(join(folder, 'made.tgz'));
}
const WORKS = `echo "Build Tag:        ${release.version}"\nexit 0\n# the rest of the program`;

async function start(engine = ''): Promise<EngineChoice> {
  const wanted = {
    version: release.version,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sha256: createHash('sha256').update(archive).digest('hex'),
  };
  return await chooseEngine(stateDir, openAttempts(join(stateDir, 'attempts.json')), engine, (where) =>
    fetchRelease(where, wanted),
  );
}
const inUse = { kind: 'cockroach', path: expect.stringContaining(release.version), version: release.version };

test('a downloaded release is used as long as it is intact, and downloaded once', async () => {
  publish(WORKS);
  for (const _ of ['one start', 'another']) expect(await start()).toMatchObject(inUse);
  expect(downloads).toBe(1);
});

test('a truncated release is removed and downloaded again, even if the rest still prints its version', async () => {
  publish(WORKS);
  await start();
  truncateSync(releasePath(stateDir), readFileSync(releasePath(stateDir)).length - 10);
  expect(await start()).toMatchObject(inUse);
  expect(downloads).toBe(2);
  expect(readFileSync(releasePath(stateDir), 'utf8')).toContain('the rest of the program');
});

test('a downloaded release whose size was not recorded is used while it runs', async () => {
  publish(WORKS);
  await start();
  rmSync(join(releasePath(stateDir), '../cockroach.bytes'));
  expect(await start()).toMatchObject(inUse);
  expect(downloads).toBe(1);
});

test('a downloaded release that no longer runs is removed and downloaded again', async () => {
  publish(WORKS);
  await start();
  writeFileSync(releasePath(stateDir), readFileSync(releasePath(stateDir), 'utf8').replace('exit 0', 'exit 7'));
  expect(await start()).toMatchObject(inUse);
  expect(downloads).toBe(2);
});

test('a new release that does not run is removed, reported, and not retried for a day by any ENGINE', async () => {
  publish('echo "Illegal instruction"; exit 132');
  const why =
    `CockroachDB ${release.version} was fetched, and removed again, because it does not print ` +
    'its version (exit code 132, and it prints "Illegal instruction"). Put a cockroach of ' +
    'v21.1 or newer on PATH, or type "npm run setup" to try again.';
  expect(await start()).toEqual({ kind: 'stand-in', why });
  expect(readdirSync(join(stateDir, 'cockroach'))).toEqual([]);
  expect(await start()).toEqual({ kind: 'stand-in', why });
  expect(await start('cockroach')).toEqual({ kind: 'cockroach', why });
  expect(downloads).toBe(1);
});

test('a damaged release that cannot be downloaded again is removed, with both reasons', async () => {
  publish(WORKS);
  await start();
  const bytes = readFileSync(releasePath(stateDir)).length;
  truncateSync(releasePath(stateDir), 20);
  const gone = new Promise((closed) => server.close(closed));
  server.closeAllConnections();
  await gone;
  const { kind, why } = await chooseEngine(stateDir, openAttempts(join(stateDir, 'attempts.json')), '', (where) =>
    fetchRelease(where, { ...release, url: 'http://127.0.0.1:9/' }),
  );
  expect(kind).toBe('stand-in');
  expect(why).toMatch(
    new RegExp(
      `^The CockroachDB that was fetched earlier was removed, because it has 20 bytes, but ${bytes} ` +
        'were unpacked\\. CockroachDB \\S+ could not be fetched \\(.* could not be reached: .*\\)\\.',
    ),
  );
  expect(readdirSync(join(stateDir, 'cockroach'))).toEqual([]);
});

test('everything but the wanted release is removed from the releases’ folder, whatever the engine', async () => {
  publish(WORKS);
  await start();
  for (const name of ['v25.1.0', 'v25.1.0.partial', `${release.version}.partial`])
    mkdirSync(join(stateDir, 'cockroach', name, 'lib'), { recursive: true });
  for (const name of [`${release.version}.tgz`, 'v25.1.0.tgz'])
    writeFileSync(join(stateDir, 'cockroach', name), 'half');
  expect(await start('stand-in')).toMatchObject({ kind: 'stand-in' });
  expect(readdirSync(join(stateDir, 'cockroach'))).toEqual([release.version]);
  expect(await start()).toMatchObject(inUse);
  expect(downloads).toBe(1);
});

test('an archive without the program, and a full disk, are reported and leave nothing behind', async () => {
  publish(WORKS);
  rmSync(join(folder, 'made/cockroach-release/cockroach'));
  execFileSync('tar', ['-czf', join(folder, 'made.tgz'), '-C', join(folder, 'made'), 'cockroach-release']);
  archive = readFileSync(join(folder, 'made.tgz'));
  expect((await start()).why).toMatch(
    /could not be fetched \(the archive could not be unpacked \(no cockroach in it\)\)/,
  );
  expect(readdirSync(join(stateDir, 'cockroach'))).toEqual([]);

  rmSync(stateDir, { recursive: true });
  mkdirSync(stateDir);
  writeFileSync(join(stateDir, 'cockroach'), 'a file where a folder must be');
  const wanted = { ...release, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  await expect(fetchRelease(stateDir, wanted)).rejects.toThrow(/cockroach.* could not be written: E(NOTDIR|EXIST)$/);
});
