// @ts-check
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './run-command.mjs';

const ASK_MS = 20_000;
const ASKED_AT_ONCE = 8;
/** Folders that every sandbox mounts, with the libraries of the system's packages. */
const SYSTEM = ['/usr/bin', '/usr/lib', '/usr/lib64'];

/**
 * Returns the files and folders of an interpreter, each to be mounted at the same path: the program, its standard
 * library, and the shared libraries below its prefix that it needs. Not the prefix itself, which may be a home folder
 * or /usr/local and contain anything. Undefined when the system's packages have installed it.
 * @param {{ executable: string, prefix: string, library: string[] }} python
 * @returns {Promise<string[] | undefined>}
 */
export async function pythonParts({ executable, prefix, library }) {
  const own = [executable, ...library].filter((path) => !SYSTEM.some((folder) => isBelow(path, folder)));
  if (own.length === 0) return undefined;
  const folders = library
    .map((path) => join(path, 'lib-dynload'))
    .filter((path) => statSync(path, { throwIfNoEntry: false }));
  const modules = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.so'))
      .map((name) => join(folder, name)),
  );
  const needed = await sharedLibraries([executable, ...modules]);
  return [
    ...new Set([
      ...own,
      ...needed.filter((path) => isBelow(path, prefix) && !own.some((folder) => isBelow(path, folder))),
    ]),
  ];
}

/**
 * Returns the paths of the libraries that these programs and modules load, from ldd(1). Files that ldd cannot read add
 * none.
 * @param {string[]} files
 */
async function sharedLibraries(files) {
  const found = [];
  // A few at a time, because runCommand keeps only the end of the output.
  for (let at = 0; at < files.length; at += ASKED_AT_ONCE) {
    const { output } = await runCommand('ldd', files.slice(at, at + ASKED_AT_ONCE), { timeoutMs: ASK_MS });
    found.push(...[...output.matchAll(/=> (\/\S+)/g)].map(([, path = '']) => resolve(path)));
  }
  return found;
}

/** @param {string} path @param {string} folder */
function isBelow(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}
