// @ts-check
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPackage } from '../src/postgres/facts.mjs';
import { run } from './run.mjs';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/**
 * Returns the folder of the npm package that holds PostgreSQL. Throws an Error that says what to do when npm left it
 * out: it is optional, because there is none for some platforms.
 * @returns {string}
 */
export function findPostgres() {
  const folder = join(MODULES, postgresPackage());
  if (existsSync(folder)) return folder;
  throw new Error(
    `npm left out the stand-in's PostgreSQL (node_modules/${postgresPackage()}): ` +
      'delete node_modules and start again, without "--omit=optional".',
  );
}

/**
 * Returns where PostgreSQL's programs and libraries are in its package.
 * @param {string} folder
 * @returns {string}
 */
export function nativeFolder(folder) {
  return join(folder, 'native');
}

/**
 * Links the package's libraries if they are not linked yet: its install script does it, but npm may have been told not
 * to run scripts.
 * @param {string} folder
 * @param {AbortSignal} [signal]
 */
export async function linkLibraries(folder, signal) {
  const links = JSON.parse(readFileSync(join(nativeFolder(folder), 'pg-symlinks.json'), 'utf8'));
  if (links.every((/** @type {{ target: string }} */ { target }) => existsSync(join(folder, target)))) return;
  await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder, signal });
}

/**
 * Returns a folder from which that user can run PostgreSQL: the package's own, or a copy in `stage` when other users
 * cannot read the package.
 * @param {string} folder
 * @param {string} stage
 * @param {{ uid?: number, gid?: number }} user
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export async function runnablePrograms(folder, stage, user, signal) {
  const native = nativeFolder(folder);
  try {
    await run(join(native, 'bin', 'postgres'), ['--version'], { cwd: '/', ...user, signal });
    return join(native, 'bin');
  } catch {
    signal?.throwIfAborted();
    const copy = join(stage, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return join(copy, 'bin');
  }
}
