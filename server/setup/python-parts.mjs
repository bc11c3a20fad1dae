// @ts-check
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './run-command.mjs';

const ASK_MS = 20_000;
const ASKED_AT_ONCE = 8;
/** What a sandbox mounts of /usr anyway lies below these; `/usr/local` does not. */
const SYSTEM = ['/usr/bin', '/usr/lib', '/usr/lib64'];

/**
 * The files and folders that an interpreter consists of, each to be mounted at the same path: the program, its library,
 * and the shared libraries beside it that it needs. Not its prefix, which may be a home or /usr/local and hold
 * anything. Nothing for what a system's package installed.
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
 * Where the loader finds the libraries of these programs and modules, as ldd(1) tells. One that it cannot tell of has
 * none.
 * @param {string[]} files
 */
async function sharedLibraries(files) {
  const found = [];
  // A few at a time: of a command's output only the end is kept.
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
