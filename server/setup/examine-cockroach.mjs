// @ts-check
import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { oldestServed } from './cockroach-release.mjs';
import { isExecutable, runCommand } from './run-command.mjs';
import { withProgress } from './say.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';

const VERSION_MS = 30_000;
/** How much of a program's output is shown. */
const SHOWN_CHARACTERS = 200;
/**
 * Permission to read and execute for others, which a sandbox's users need. Permissions of parent folders do not matter,
 * because the program is mounted.
 */
const OTHERS = 0o005;

/**
 * @typedef {{ path: string, version: string, problem?: undefined }} Served
 * @typedef {{ path?: undefined, version?: undefined, problem: string }} NotServed
 * @typedef {Served | NotServed} Finding
 * The program's real path and its version; or why it cannot be used, as a clause whose subject is "it".
 */

/**
 * Examines whether a program is a supported CockroachDB.
 * @param {string} program
 * @param {string} stateDir
 * @returns {Promise<Finding>}
 */
export async function examine(program, stateDir) {
  if (!isExecutable(program)) return { problem: 'it is not an executable file' };
  const path = realpathSync(program);
  if ((statSync(path).mode & OTHERS) !== OTHERS)
    return { problem: `the users in the sandboxes may not read and execute it; type "chmod o+rx ${asWord(path)}"` };
  const { version, problem } = await askVersion(path, stateDir);
  if (version === undefined) return { problem };
  const older = olderThanServed(version);
  return older ? { problem: older } : { path, version };
}

/**
 * Returns a program's version. The answer is stored as long as the program is the same.
 * @param {string} path
 * @param {string} stateDir
 * @returns {Promise<{ version: string, problem?: undefined } | { version?: undefined, problem: string }>}
 */
async function askVersion(path, stateDir) {
  const stamp = join(stateDir, 'stamps/cockroach.json');
  const key = identityOf(path);
  const known = readStamp(stamp, key);
  if (known) return known;
  const env = { ...process.env, COCKROACH_SKIP_ENABLING_DIAGNOSTIC_REPORTING: 'true' };
  const { ok, output, why } = await withProgress(`Asking ${path} for its version`, () =>
    runCommand(path, ['version'], { timeoutMs: VERSION_MS, env }),
  );
  const version = /^Build Tag:\s+(\S+)/m.exec(output)?.[1];
  if (!ok || !version) {
    const words = lastWords(output);
    return {
      problem:
        'it does not print its version ' +
        `(${[why, words ? `it prints "${words}"` : 'it prints nothing'].filter(Boolean).join(', and ')})`,
    };
  }
  if (output.includes('stand-in')) return { problem: 'it is the stand-in' };
  writeStamp(stamp, key, { version });
  return { version };
}

/**
 * @param {string} version For example v21.1.0-alpha.3-123-gabcdef; the first two numbers are compared.
 * @returns {string | undefined} A clause that says that it is too old, or undefined.
 */
function olderThanServed(version) {
  const age = (/** @type {string} */ text) => {
    const [, year, ofYear] = /^v?(\d+)\.(\d+)/.exec(text) ?? [];
    return Number(year) * 1000 + Number(ofYear);
  };
  if (Number.isNaN(age(version)))
    return `its version is ${version}, which does not show whether it is ${oldestServed} or newer`;
  return age(version) < age(oldestServed)
    ? `it is ${version}, and ${oldestServed} is the oldest that is supported`
    : undefined;
}

/**
 * Returns the last line of a program's output, shortened and without control characters.
 * @param {string} output
 */
function lastWords(output) {
  const plain = output
    .replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '')
    .split('\n')
    .map((line) => line.replaceAll(/\p{C}+/gu, ' ').trim());
  const line = [...(plain.findLast(Boolean) ?? '')];
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS).join('')}…` : line.join('');
}

/**
 * Quotes a path for a shell.
 * @param {string} path
 */
function asWord(path) {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
