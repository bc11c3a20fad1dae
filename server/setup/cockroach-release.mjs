// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { download } from './download.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { withProgress } from './say.mjs';

/**
 * The releases that are fetched, by Node's name for the processor. Cockroach Labs publishes the hash next to each
 * release, as `….tgz.sha256sum`, and in its own repositories: the one for x64 is in Formula/cockroach@26.2.rb of
 * github.com/cockroachdb/homebrew-tap, the one for arm64 in pkg/sql/logictest/REPOSITORIES.bzl of
 * github.com/cockroachdb/cockroach at commit 013891ff333ce8d07813f4484a6944369127aedb. The latter is the newest that
 * could be found without access to the download server; please raise it to the release for x64 when you have access.
 * CockroachDB is generally available on ARM since v23.1.14 (cockroachlabs.com/docs/v23.1/install-cockroachdb-linux).
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
 * The release that is fetched when no other CockroachDB is found. On other processors nothing can run, and nothing is
 * fetched.
 */
export const release = process.arch === 'arm64' ? releases.arm64 : releases.x64;

/** The oldest supported CockroachDB: the tutorials were tried on it, and on no older one. */
export const oldestServed = 'v21.1';

const UNPACK_MS = 5 * 60_000;

/**
 * Returns the path of a fetched release's program, whether it exists or not.
 * @param {string} stateDir
 */
export function releasePath(stateDir, version = release.version) {
  return join(stateDir, 'cockroach', version, 'cockroach');
}

/**
 * Fetches a release and unpacks it. Its folder is complete or absent at any time. Returns the path of the program.
 * Throws SetupProblem with the reason, after removing partial files.
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
 * Stores the size of a release's program in a file next to it, because a full disk or a power failure can leave a
 * truncated program, which may even run for a while.
 * @param {string} folder
 */
export function recordSize(folder) {
  writeFileSync(sizeFile(folder), String(statSync(join(folder, 'cockroach')).size));
}

/**
 * Returns how a fetched release's program differs from what was unpacked, as a clause; undefined when its size is the
 * same or was not stored.
 * @param {string} stateDir
 * @returns {string | undefined}
 */
export function spoiltSince(stateDir, version = release.version) {
  const path = releasePath(stateDir, version);
  const { size } = statSync(path);
  const recorded = sizeFile(join(path, '..'));
  const unpacked = existsSync(recorded) ? readFileSync(recorded, 'utf8') : String(size);
  return unpacked === String(size) ? undefined : `it has ${size} bytes, but ${unpacked} were unpacked`;
}

/**
 * Removes a fetched release.
 * @param {string} stateDir
 */
export function removeRelease(stateDir, version = release.version) {
  remove(join(releasePath(stateDir, version), '..'));
}

/**
 * Removes everything else from the folder of fetched releases: other versions, and partial files of a set-up that was
 * killed.
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
    // It belongs to another user, as after a start with sudo. It does no harm, or the next write reports the error.
  }
}
