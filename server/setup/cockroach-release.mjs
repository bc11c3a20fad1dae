// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { download } from './download.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';

/**
 * The releases that are fetched, by Node's name for the processor. Their makers publish each hash beside the release,
 * as `….tgz.sha256sum`, and again where they test with it: Formula/cockroach@26.2.rb of
 * github.com/cockroachdb/homebrew-tap has that for x64. That for arm64 is the newest that could be read without the
 * makers' server, in pkg/sql/logictest/REPOSITORIES.bzl of github.com/cockroachdb/cockroach at commit
 * 013891ff333ce8d07813f4484a6944369127aedb; CockroachDB is generally available on ARM from v23.1.14 on
 * (cockroachlabs.com/docs/v23.1/install-cockroachdb-linux). Whoever reaches the server should raise it to the release
 * of x64.
 */
export const releases = {
  x64: {
    version: 'v26.2.5',
    url: 'https://binaries.cockroachdb.com/cockroach-v26.2.5.linux-amd64.tgz',
    sha256: '067bd264ff1d39483049f5c75b26f704a10038d8d11fca53b5b8a48894c92d5d',
  },
  arm64: {
    version: 'v23.2.3',
    url: 'https://binaries.cockroachdb.com/cockroach-v23.2.3.linux-arm64.tgz',
    sha256: 'd9edb419739ab8c9b95c5a73cbd1287f85a3dc3f993f80d0596278ddcdb20b37',
  },
};

/**
 * The release that is fetched where no other CockroachDB is found. On any other processor nothing runs, and none is
 * fetched.
 */
export const release = process.arch === 'arm64' ? releases.arm64 : releases.x64;

/** The oldest CockroachDB that is served: the tutorials were tried on it, and on none before it. */
export const oldestServed = 'v21.1';

const UNPACK_MS = 5 * 60_000;

/**
 * Where a fetched release lies, whether it is there or not.
 * @param {string} stateDir
 */
export function releasePath(stateDir, version = release.version) {
  return join(stateDir, 'cockroach', version, 'cockroach');
}

/**
 * Fetches a release and unpacks it; the folder appears whole or not at all. Throws SetupProblem with the reason, having
 * removed what was half done.
 * @param {string} stateDir
 * @param {typeof release} wanted
 */
export async function fetchRelease(stateDir, wanted = release, limits = {}) {
  const folder = join(stateDir, 'cockroach', wanted.version);
  const archive = `${folder}.tgz`;
  const half = `${folder}.partial`;
  try {
    remove(half);
    await withProgress(`Fetching CockroachDB ${wanted.version}`, (note) =>
      download(wanted.url, archive, wanted.sha256, note, limits),
    );
    mkdirSync(half, { recursive: true });
    const unpacked = await withProgress(`Unpacking CockroachDB ${wanted.version}`, () =>
      runCommand('tar', ['-xzf', archive, '-C', half, '--strip-components=1', '--no-same-owner'], {
        timeoutMs: UNPACK_MS,
      }),
    );
    if (!unpacked.ok || !existsSync(join(half, 'cockroach')))
      throw new SetupProblem(`the archive could not be unpacked (${unpacked.why || 'no cockroach in it'})`);
    recordSize(half);
    rmSync(folder, { recursive: true, force: true });
    renameSync(half, folder);
    return releasePath(stateDir, wanted.version);
  } catch (cause) {
    const { code, path } = /** @type {NodeJS.ErrnoException} */ (cause);
    throw code && path ? new SetupProblem(`${path} could not be written: ${code}`) : cause;
  } finally {
    remove(archive);
    remove(half);
  }
}

/** @param {string} folder Of a release. */
const sizeFile = (folder) => join(folder, 'cockroach.bytes');

/**
 * Writes down beside a release's program how long it is: a disk that filled up, or a machine that lost its power,
 * leaves a shorter one, which may run for a while.
 * @param {string} folder
 */
export function recordSize(folder) {
  writeFileSync(sizeFile(folder), String(statSync(join(folder, 'cockroach')).size));
}

/**
 * What the program of a fetched release has become since, as a clause; undefined when it is as it was unpacked, or when
 * nobody wrote down how long that was.
 * @param {string} stateDir
 * @returns {string | undefined}
 */
export function spoiltSince(stateDir, version = release.version) {
  const path = releasePath(stateDir, version);
  const { size } = statSync(path);
  const recorded = sizeFile(join(path, '..'));
  const unpacked = existsSync(recorded) ? readFileSync(recorded, 'utf8') : String(size);
  return unpacked === String(size) ? undefined : `it has ${size} bytes where ${unpacked} were unpacked`;
}

/**
 * Removes a fetched release.
 * @param {string} stateDir
 */
export function removeRelease(stateDir, version = release.version) {
  remove(join(releasePath(stateDir, version), '..'));
}

/**
 * Removes everything else from the folder of fetched releases: other versions, and what a set-up that was killed left
 * half done.
 * @param {string} stateDir
 */
export function sweepReleases(stateDir, version = release.version) {
  const folder = join(stateDir, 'cockroach');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name !== version) remove(join(folder, name));
}

/** @param {string} path */
function remove(path) {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Another user's, as after a start with sudo. It is in nobody's way, or whoever writes there next says that it
    // cannot.
  }
}
