// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fetchRelease, release, releasePath } from './cockroach-release.mjs';
import { findExecutables, isExecutable, runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';

const VERSION_MS = 30_000;
const ATTEMPT = `CockroachDB ${release.version}`;

/**
 * @typedef {object} EngineChoice
 * @property {'cockroach' | 'stand-in'} kind
 * @property {string} [path] Of the `cockroach` program; absent when it was wanted and cannot be had.
 * @property {string} [version]
 * @property {string} why One sentence for the operator.
 */

/**
 * Which database engine runs in the sandboxes: what ENGINE says (`cockroach`, `stand-in`, or the path of a `cockroach`), else a
 * `cockroach` on PATH, else one fetched before, else the official release, else the stand-in.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<EngineChoice>}
 */
export async function chooseEngine(stateDir, attempts, wanted = process.env.ENGINE ?? '', fetchIt = fetchRelease) {
  if (wanted === 'stand-in') return { kind: 'stand-in', why: 'ENGINE=stand-in asks for it.' };
  if (wanted.includes('/')) {
    const { version, problem } = await examine(wanted, stateDir);
    if (version) return { kind: 'cockroach', path: realpathSync(wanted), version, why: `ENGINE=${wanted} asks for it.` };
    return { kind: 'cockroach', why: `ENGINE=${wanted} cannot be used: ${problem}.` };
  }
  if (wanted !== '' && wanted !== 'cockroach') throw new SetupProblem(`ENGINE must be cockroach, stand-in or the path of a cockroach program, not "${wanted}".`);
  const refused = [];
  for (const path of findExecutables('cockroach')) {
    const { version, problem } = await examine(path, stateDir);
    if (version) return { kind: 'cockroach', path: realpathSync(path), version, why: 'It is on PATH.' };
    refused.push(`${path} ${problem}`);
  }
  const { path, version, problem } = await fetched(stateDir, attempts, wanted === 'cockroach', fetchIt);
  if (path) return { kind: 'cockroach', path, version, why: `It is the official release, fetched to ${path}.` };
  const why = `CockroachDB ${release.version} could not be fetched (${[problem, ...refused].join('; ')}).`;
  const remedy = 'Put a cockroach on PATH, or type "npm run setup" to try again.';
  return wanted === 'cockroach' ? { kind: 'cockroach', why: `${why} ${remedy}` } : { kind: 'stand-in', why: `${why} ${remedy}` };
}

/**
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {boolean} insist Try even if it failed lately.
 * @param {typeof fetchRelease} fetchIt
 * @returns {Promise<{ path?: string, version?: string, problem?: string }>}
 */
async function fetched(stateDir, attempts, insist, fetchIt) {
  const path = releasePath(stateDir);
  const before = attempts.failedLately(ATTEMPT);
  if (!existsSync(path)) {
    if (before !== undefined && !insist) return { problem: before };
    try {
      await fetchIt(stateDir);
    } catch (cause) {
      if (!(cause instanceof SetupProblem)) throw cause;
      attempts.remember(ATTEMPT, cause.message);
      return { problem: cause.message };
    }
    attempts.forget(ATTEMPT);
  }
  const { version, problem } = await examine(path, stateDir);
  return version ? { path, version } : { problem: `the fetched one ${problem}` };
}

/**
 * @param {string} path
 * @param {string} stateDir
 * @returns {Promise<{ version?: string, problem?: string }>} The problem reads as what follows the program's name.
 */
async function examine(path, stateDir) {
  if (!isExecutable(path)) return { problem: 'is no executable file' };
  // The sandbox has the folder it really lies in, and calls it by this name there.
  if (basename(realpathSync(path)) !== 'cockroach') return { problem: `is a link to ${realpathSync(path)}, which is not called cockroach` };
  const stamp = join(stateDir, 'stamps/cockroach.json');
  const key = identityOf(realpathSync(path));
  const known = readStamp(stamp, key);
  if (known) return known;
  const answer = await runCommand(path, ['version'], { timeoutMs: VERSION_MS, env: { ...process.env, COCKROACH_SKIP_ENABLING_DIAGNOSTIC_REPORTING: 'true' } });
  const version = /^Build Tag:\s+(\S+)/m.exec(answer.output)?.[1];
  if (!answer.ok || !version) return { problem: `does not tell its version (${answer.why || 'unknown answer'})` };
  if (answer.output.includes('stand-in')) return { problem: 'is the stand-in' };
  writeStamp(stamp, key, { version });
  return { version };
}
