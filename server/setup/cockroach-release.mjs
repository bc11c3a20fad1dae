// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
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
  const path = releasePath(stateDir, wanted.version);
  if (existsSync(path)) return path;
  const folder = join(stateDir, 'cockroach', wanted.version);
  const archive = `${folder}.tgz`;
  const half = `${folder}.partial`;
  try {
    rmSync(half, { recursive: true, force: true });
    await withProgress(`Fetching CockroachDB ${wanted.version}`, (note) => download(wanted.url, archive, wanted.sha256, note, limits));
    mkdirSync(half, { recursive: true });
    const unpacked = await withProgress(`Unpacking CockroachDB ${wanted.version}`, () =>
      runCommand('tar', ['-xzf', archive, '-C', half, '--strip-components=1', '--no-same-owner'], { timeoutMs: UNPACK_MS }),
    );
    if (!unpacked.ok || !existsSync(join(half, 'cockroach'))) throw new SetupProblem(`the archive could not be unpacked (${unpacked.why || 'no cockroach in it'})`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(half, folder);
    return path;
  } finally {
    rmSync(archive, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}
