// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStandin } from '../../standin/build/build.mjs';
import { findPostgres, nativeFolder } from '../../standin/build/postgres-package.mjs';
import { version } from '../../standin/build/version.mjs';
import { postgresPackage } from '../../standin/src/postgres/facts.mjs';
import { interruption } from './interruption.mjs';
import { isRunning } from './setup-lock.mjs';
import { ownNode } from './own-node.mjs';
import { hashOfFiles } from './stamp.mjs';

/**
 * Everything that the stand-in is built from. The lockfile determines the bundler and the bundled packages; for
 * PostgreSQL, an optional package, the installed version counts.
 */
export const STANDIN_SOURCES = [
  'standin/package.json',
  'standin/src',
  'standin/build',
  'shared/shell-table',
  'server/setup/standin.mjs',
  'package-lock.json',
  `node_modules/${postgresPackage()}/package.json`,
];

/**
 * Builds the stand-in in `<stateDir>/standin`, unless a stamp says that it is up to date. Throws an Error with the
 * first cause.
 * @param {{ root: string, stateDir: string, say: (line: string) => void }} where
 * @returns {Promise<{ directory: string, template: string, version: string, postgres: string }>} Folders by their
 * absolute paths; `postgres` has PostgreSQL's programs and libraries.
 */
export async function prepareStandin({ root, stateDir, say }) {
  const directory = join(stateDir, 'standin');
  const made = {
    directory,
    template: join(directory, 'template'),
    version: `${version} (stand-in)`,
    postgres: nativeFolder(findPostgres()),
  };
  const stampFile = join(directory, 'stamp');
  const stamp = hashOfFiles(root, STANDIN_SOURCES);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return made;
  // Made aside and put in place at once: another process may be starting from the old one, or making the same.
  const fresh = `${directory}.new-${process.pid}`;
  const old = `${directory}.old-${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    removeHalves(stateDir);
    await buildStandin({ out: fresh, node: ownNode(root) ?? process.execPath, say, signal: interruption });
    writeFileSync(join(fresh, 'stamp'), stamp);
    if (existsSync(directory)) renameSync(directory, old);
    renameSync(fresh, directory);
  } finally {
    for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  }
  return made;
}

/**
 * Removes partial builds of set-ups that were killed.
 * @param {string} stateDir
 */
function removeHalves(stateDir) {
  for (const name of readdirSync(stateDir)) {
    const maker = /^standin\.(?:new|old)-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker)))
      rmSync(join(stateDir, name), { recursive: true, force: true });
  }
}
