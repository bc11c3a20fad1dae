// @ts-check
import { existsSync } from 'node:fs';
import {
  fetchRelease,
  oldestServed,
  release,
  releasePath,
  removeRelease,
  spoiltSince,
  sweepReleases,
} from './cockroach-release.mjs';
import { findExecutables } from './run-command.mjs';
import { examine } from './examine-cockroach.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { say } from './say.mjs';

const RELEASE = `CockroachDB ${release.version}`;
const ATTEMPT = `the release ${release.version}`;

/**
 * @typedef {object} EngineChoice
 * @property {'cockroach' | 'stand-in'} kind
 * @property {string} [path] Of the `cockroach` program; absent when it was asked for and cannot be used.
 * @property {string} [version]
 * @property {string} why Sentences for the operator.
 */

/**
 * Returns the database engine for the sandboxes: what ENGINE says (`cockroach`, `stand-in`, or the path of a
 * `cockroach`), else a `cockroach` on PATH, else one that was fetched before, else the official release, else the
 * stand-in. Skips what cannot be used, with a message. Throws SetupProblem when ENGINE makes no sense.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<EngineChoice>}
 */
export async function chooseEngine(stateDir, attempts, wanted = process.env.ENGINE ?? '', fetchIt = fetchRelease) {
  sweepReleases(stateDir);
  if (wanted === 'stand-in') return { kind: 'stand-in', why: 'ENGINE=stand-in asks for it.' };
  if (wanted.includes('/')) {
    const { path, version, problem } = await examine(wanted, stateDir);
    if (path) return { kind: 'cockroach', path, version, why: `ENGINE=${wanted} asks for it.` };
    return { kind: 'cockroach', why: `ENGINE=${wanted} cannot be used: ${problem}.` };
  }
  if (wanted !== '' && wanted !== 'cockroach')
    throw new SetupProblem(`ENGINE must be cockroach, stand-in or the path of a cockroach program, not "${wanted}".`);
  const { path, version, why, skipped } = await firstUsable(stateDir, attempts, fetchIt);
  if (path) {
    for (const sentence of skipped) say(sentence);
    return { kind: 'cockroach', path, version, why };
  }
  const remedy = `Put a cockroach of ${oldestServed} or newer on PATH, or type "npm run setup" to try again.`;
  return { kind: wanted === 'cockroach' ? 'cockroach' : 'stand-in', why: [...skipped, why, remedy].join(' ') };
}

/**
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {typeof fetchRelease} fetchIt
 * @returns {Promise<{ path?: string, version?: string, why: string, skipped: string[] }>}
 */
async function firstUsable(stateDir, attempts, fetchIt) {
  const skipped = [];
  for (const program of findExecutables('cockroach')) {
    const { path, version, problem } = await examine(program, stateDir);
    if (path) return { path, version, why: 'It is on PATH.', skipped };
    skipped.push(`${program} is skipped: ${problem}.`);
  }
  const before = existsSync(releasePath(stateDir)) ? await examineRelease(stateDir) : undefined;
  if (before?.problem) skipped.push(`The CockroachDB that was fetched earlier was removed, because ${before.problem}.`);
  const { path, version, problem } = before?.path ? before : await fetched(stateDir, attempts, fetchIt);
  return { path, version, why: problem ?? `It is the official release, fetched to ${path}.`, skipped };
}

/**
 * Fetches and examines the release, unless that failed recently.
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {typeof fetchRelease} fetchIt
 * @returns {Promise<import('./examine-cockroach.mjs').Finding>} A problem is a sentence.
 */
async function fetched(stateDir, attempts, fetchIt) {
  const before = attempts.failedLately(ATTEMPT);
  if (before !== undefined) return { problem: before };
  const fresh = await fetchAndExamine(stateDir, fetchIt);
  if (fresh.problem === undefined) attempts.forget(ATTEMPT);
  else attempts.remember(ATTEMPT, fresh.problem);
  return fresh;
}

/**
 * @param {string} stateDir
 * @param {typeof fetchRelease} fetchIt
 * @returns {Promise<import('./examine-cockroach.mjs').Finding>} A problem is a sentence.
 */
async function fetchAndExamine(stateDir, fetchIt) {
  try {
    await fetchIt(stateDir);
  } catch (cause) {
    if (!(cause instanceof SetupProblem)) throw cause;
    return { problem: `${RELEASE} could not be fetched (${cause.message}).` };
  }
  const fresh = await examineRelease(stateDir);
  return fresh.path ? fresh : { problem: `${RELEASE} was fetched, and removed again, because ${fresh.problem}.` };
}

/**
 * Examines the fetched release, and removes it when it cannot be used, so that it is fetched again.
 * @param {string} stateDir
 * @returns {Promise<import('./examine-cockroach.mjs').Finding>}
 */
async function examineRelease(stateDir) {
  const spoilt = spoiltSince(stateDir);
  const finding = spoilt === undefined ? await examine(releasePath(stateDir), stateDir) : { problem: spoilt };
  if (!finding.path) removeRelease(stateDir);
  return finding;
}
