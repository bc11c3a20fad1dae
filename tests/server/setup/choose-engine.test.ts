import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { fetchRelease, recordSize, release, releasePath } from '../../../server/setup/cockroach-release.mjs';
import { chooseEngine } from '../../../server/setup/choose-engine.mjs';
import { SetupProblem } from '../../../server/setup/setup-problem.mjs';

let folder: string;
let stateDir: string;
let fetches: number;
let printed: string;
const attempts = (): ReturnType<typeof openAttempts> => openAttempts(join(stateDir, 'attempts.json'));
const cannotFetch = async (): Promise<string> => {
  fetches += 1;
  throw new SetupProblem('the host did not answer within 5 s');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-engine-'));
  stateDir = join(folder, 'state');
  fetches = 0;
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.stubEnv(
    'PATH',
    ['bin', 'next']
      .map((name) => join(folder, name))
      .concat('/usr/bin', '/bin')
      .join(delimiter),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Makes a program that answers `version` as CockroachDB does. */
function program(path: string, version: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "Build Tag:        ${version}"\n`, { mode: 0o755 });
}

/** Makes the release, as if it had been downloaded. Returns its path. */
function fetchedRelease(version = release.version): string {
  program(releasePath(stateDir), version);
  recordSize(dirname(releasePath(stateDir)));
  return releasePath(stateDir);
}

test('a cockroach on PATH comes first, by its real path and whatever it is called there', async () => {
  program(join(folder, 'opt/cockroach-v25'), 'v25.4.1');
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(folder, 'opt/cockroach-v25'), join(folder, 'bin/cockroach'));
  fetchedRelease();
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toMatchObject({ kind: 'cockroach', path: join(folder, 'opt/cockroach-v25'), version: 'v25.4.1' });
});

test('one that was downloaded earlier comes next, and nothing is downloaded', async () => {
  fetchedRelease();
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toMatchObject({ kind: 'cockroach', path: releasePath(stateDir), version: release.version });
  expect(fetches).toBe(0);
});

test('the release is downloaded when there is none', async () => {
  expect(await chooseEngine(stateDir, attempts(), '', async () => fetchedRelease())).toMatchObject({
    kind: 'cockroach',
    version: release.version,
  });
});

test('the stand-in comes last, with the reason, and the next start does not retry', async () => {
  const engine = await chooseEngine(stateDir, attempts(), '', cannotFetch);
  expect(engine).toEqual({
    kind: 'stand-in',
    why:
      `CockroachDB ${release.version} could not be fetched (the host did not answer within 5 s). ` +
      'Put a cockroach of v21.1 or newer on PATH, or type "npm run setup" to try again.',
  });
  expect(await chooseEngine(stateDir, attempts(), '', cannotFetch)).toEqual(engine);
  expect(fetches).toBe(1);
});

test('ENGINE=cockroach never falls back to the stand-in, and does not retry at every start either', async () => {
  for (const _ of ['one start', 'another']) {
    const engine = await chooseEngine(stateDir, attempts(), 'cockroach', cannotFetch);
    expect(engine).toEqual({
      kind: 'cockroach',
      why: expect.stringMatching(/could not be fetched .* type "npm run setup" to try again\.$/),
    });
  }
  expect(fetches).toBe(1);
});

test('ENGINE may be the stand-in or a program, and nothing else', async () => {
  program(join(folder, 'bin/cockroach'), 'v25.4.1');
  expect(await chooseEngine(stateDir, attempts(), 'stand-in', cannotFetch)).toMatchObject({ kind: 'stand-in' });
  expect(await chooseEngine(stateDir, attempts(), join(folder, 'bin/cockroach'), cannotFetch)).toMatchObject({
    version: 'v25.4.1',
  });
  await expect(chooseEngine(stateDir, attempts(), 'mysql', cannotFetch)).rejects.toThrow(/ENGINE must be/);
});

/** Returns what set-up says about an unusable program with this script and mode. */
async function refusal(script: string, mode = 0o755): Promise<string> {
  rmSync(join(folder, 'opt'), { recursive: true, force: true });
  mkdirSync(join(folder, 'opt'));
  writeFileSync(join(folder, 'opt/cockroach'), `#!/bin/sh\n${script}\n`, { mode });
  const { path, kind, why } = await chooseEngine(stateDir, attempts(), join(folder, 'opt/cockroach'), cannotFetch);
  expect({ path, kind }).toEqual({ path: undefined, kind: 'cockroach' });
  return why.replace(join(folder, 'opt/cockroach'), 'X');
}

test('an unusable program in ENGINE is reported in a sentence, with the reason', async () => {
  expect(await chooseEngine(stateDir, attempts(), '/nowhere/cockroach', cannotFetch)).toEqual({
    kind: 'cockroach',
    why: 'ENGINE=/nowhere/cockroach cannot be used: it is not an executable file.',
  });
  expect(await refusal('true', 0o644)).toBe('ENGINE=X cannot be used: it is not an executable file.');
  expect(await refusal('exit 1')).toBe(
    'ENGINE=X cannot be used: it does not print its version (exit code 1, and it prints nothing).',
  );
  expect(await refusal('echo; echo "error while loading shared libraries: libresolv.so.2" >&2; exit 127')).toBe(
    'ENGINE=X cannot be used: it does not print its version (exit code 127, and it prints ' +
      '"error while loading shared libraries: libresolv.so.2").',
  );
  expect(await refusal('echo v25.4.1')).toBe(
    'ENGINE=X cannot be used: it does not print its version (it prints "v25.4.1").',
  );
  expect(await refusal('echo "Build Tag: v25.2.0 (stand-in)"')).toBe('ENGINE=X cannot be used: it is the stand-in.');
  expect(await refusal('echo "Build Tag: unknown"')).toBe(
    'ENGINE=X cannot be used: its version is unknown, which does not show whether it is v21.1 or newer.',
  );
});

test('a program’s output is quoted in one short line that cannot affect a terminal', async () => {
  const sentence = await refusal(
    `printf '\\033[31mred\\033[0m \\007\\302\\233\\342\\200\\256'; seq -s ' ' 1 1000; exit 1`,
  );
  expect(sentence).toMatch(/it prints "red +1 2 3 [\d ]+…"\)\.$/);
  expect(sentence).not.toMatch(/\p{C}/u);
  expect(sentence.length).toBeLessThan(350);
});

test('a program that the sandboxes’ users may not read and run is refused, with the command to type', async () => {
  const sentence = 'ENGINE=X cannot be used: the users in the sandboxes may not read and execute it; type "chmod o+rx';
  for (const mode of [0o750, 0o751, 0o754])
    expect(await refusal('echo "Build Tag: v25.4.1"', mode)).toBe(`${sentence} ${join(folder, 'opt/cockroach')}".`);
  mkdirSync(join(folder, "o'pt"));
  writeFileSync(join(folder, "o'pt/cockroach"), '', { mode: 0o700 });
  expect((await chooseEngine(stateDir, attempts(), join(folder, "o'pt/cockroach"), cannotFetch)).why).toContain(
    `type "chmod o+rx '${folder}/o'\\''pt/cockroach'".`,
  );
});

test('a cockroach older than the oldest supported version is refused, however its version is written', async () => {
  for (const version of ['v20.2.0', 'v2.1.11', 'v21.0.9', 'v20.2.19-rc.1-3-gabcdef']) {
    expect(await refusal(`echo "Build Tag: ${version}"`)).toBe(
      `ENGINE=X cannot be used: it is ${version}, and v21.1 is the oldest that is supported.`,
    );
  }
  for (const version of ['v21.1.0-alpha.3-123-gabcdef', 'v21.1.21', 'v21.2.0', 'v100.0.0']) {
    program(join(folder, 'bin/cockroach'), version);
    expect(await chooseEngine(stateDir, attempts(), join(folder, 'bin/cockroach'), cannotFetch)).toMatchObject({
      version,
    });
  }
});

test('a remembered cockroach that is too old is not accepted at the next start', async () => {
  program(join(folder, 'bin/cockroach'), 'v20.2.0');
  for (const _ of ['one start', 'another'])
    expect((await chooseEngine(stateDir, attempts(), join(folder, 'bin/cockroach'), cannotFetch)).path).toBeUndefined();
});

test('an unusable cockroach on PATH is skipped for the next one, with a message', async () => {
  program(join(folder, 'bin/cockroach'), 'v20.2.0');
  program(join(folder, 'next/cockroach'), 'v23.1.4');
  expect(await chooseEngine(stateDir, attempts(), '', cannotFetch)).toMatchObject({
    path: join(folder, 'next/cockroach'),
    version: 'v23.1.4',
  });
  expect(printed).toBe(
    `${join(folder, 'bin/cockroach')} is skipped: it is v20.2.0, and v21.1 is the oldest that is supported.\n`,
  );
});

test('when none can be used, all reasons are reported with the stand-in', async () => {
  program(join(folder, 'bin/cockroach'), 'v20.2.0');
  const skipped = /^\S+ is skipped: it is v20\.2\.0, .* supported\. /;
  const notFetched = /CockroachDB v[\d.]+ could not be fetched \(.*\)\. Put a cockroach/;
  expect((await chooseEngine(stateDir, attempts(), '', cannotFetch)).why).toMatch(
    new RegExp(skipped.source + notFetched.source),
  );
});

test('a release that cannot be downloaded leaves no trace', async () => {
  const wanted = { version: 'v0.0.0', url: 'http://127.0.0.1:9/cockroach.tgz', sha256: '00' };
  await expect(fetchRelease(stateDir, wanted, { connectMs: 1000 })).rejects.toThrow(SetupProblem);
  expect(existsSync(releasePath(stateDir, 'v0.0.0'))).toBe(false);
  expect(existsSync(join(stateDir, 'cockroach/v0.0.0.tgz'))).toBe(false);
});
