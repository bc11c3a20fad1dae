// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { download } from './download.mjs';
import { SetupProblem } from './problem.mjs';
import { withProgress } from './say.mjs';

/** The release that is fetched where no other CockroachDB is found. Its makers publish the hash beside it, as `….tgz.sha256sum`. */
export const release = {
  version: 'v26.2.5',
  url: 'https://binaries.cockroachdb.com/cockroach-v26.2.5.linux-amd64.tgz',
  sha256: '067bd264ff1d39483049f5c75b26f704a10038d8d11fca53b5b8a48894c92d5d',
};

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
 * Fetches a release and unpacks it; the folder appears whole or not at all. Throws SetupProblem with the reason, having removed
 * what was half done.
 * @param {string} stateDir
 * @param {typeof release} wanted
 */
export async function fetchRelease(stateDir, wanted = release, limits = {}) {
  const folder = join(stateDir, 'cockroach', wanted.version);
  const archive = `${folder}.tgz`;
  const half = `${folder}.partial`;
  try {
    remove(half);
    await withProgress(`Fetching CockroachDB ${wanted.version}`, (note) => download(wanted.url, archive, wanted.sha256, note, limits));
    mkdirSync(half, { recursive: true });
    const unpacked = await withProgress(`Unpacking CockroachDB ${wanted.version}`, () =>
      runCommand('tar', ['-xzf', archive, '-C', half, '--strip-components=1', '--no-same-owner'], { timeoutMs: UNPACK_MS }),
    );
    if (!unpacked.ok || !existsSync(join(half, 'cockroach'))) throw new SetupProblem(`the archive could not be unpacked (${unpacked.why || 'no cockroach in it'})`);
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
 * Writes down beside a release's program how long it is: a disk that filled up, or a machine that lost its power, leaves a shorter
 * one, which may run for a while.
 * @param {string} folder
 */
export function recordSize(folder) {
  writeFileSync(sizeFile(folder), String(statSync(join(folder, 'cockroach')).size));
}

/**
 * What the program of a fetched release has become since, as a clause; undefined when it is as it was unpacked, or when nobody wrote
 * down how long that was.
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
 * Removes everything else from the folder of fetched releases: other versions, and what a set-up that was killed left half done.
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
    // Another user's, as after a start with sudo. It is in nobody's way, or whoever writes there next says that it cannot.
  }
}
