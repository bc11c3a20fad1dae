// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { interruption } from './interruption.mjs';

/** Only the end of what a command prints is kept: that is where errors are. */
const KEPT_CHARACTERS = 16_384;
/** Between TERM and KILL. */
const KILL_AFTER_MS = 5000;
/** A killed process that has not ended by then hangs in the kernel. */
const DIE_MS = 2000;
/** When a command has ended and something still holds its pipes, so long is waited for what is left in them. */
const DRAIN_MS = 1000;

/**
 * @typedef {object} Outcome
 * @property {boolean} ok It ended by itself with exit code 0.
 * @property {string} output The end of what it printed on both streams.
 * @property {string} why In a few words what went wrong, and what was done about it; empty when nothing did.
 */

/**
 * @typedef {object} Surroundings
 * @property {number} timeoutMs At the deadline it gets TERM, then KILL.
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [uid] The user whom it runs as, and
 * @property {number} [gid] the group.
 * @property {string} [input] Its standard input; without it, there is none.
 * @property {number} [keptCharacters] How much of its output is kept.
 */

/**
 * Runs a command to its end, in a process group of its own that ends with it: nothing in it outlives the command, and
 * what left the group is not waited for. Rejects only with an Interruption, when this program is told to end, after the
 * group has ended.
 * @param {string} command
 * @param {string[]} args
 * @param {Surroundings} surroundings
 * @returns {Promise<Outcome>}
 */
export async function runCommand(
  command,
  args,
  { timeoutMs, input, keptCharacters = KEPT_CHARACTERS, ...surroundings },
) {
  interruption.throwIfAborted();
  let output = '';
  const keep = (/** @type {string} */ text) => {
    output = (output + text).slice(-keptCharacters);
  };
  /** @type {import('node:child_process').ChildProcess} */
  let child;
  try {
    child = spawn(command, args, {
      ...surroundings,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
  } catch (cause) {
    return {
      ok: false,
      output,
      why: `${command} could not be started: ${cause instanceof Error ? cause.message : cause}`,
    };
  }
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', keep);
  // A command that does not read to the end is no problem of ours.
  child.stdin?.on('error', () => undefined).end(input);
  const why = await endOf(child, command, timeoutMs);
  interruption.throwIfAborted();
  return { ok: why === '', output, why };
}

/**
 * Waits until a command has ended, or was ended at its deadline or because this program was told to end.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @param {number} timeoutMs
 * @returns {Promise<string>} In a few words what went wrong.
 */
function endOf(child, command, timeoutMs) {
  return new Promise((settle) => {
    let late = '';
    /** @type {NodeJS.Timeout} */
    let timer;
    const after = (/** @type {number} */ ms, /** @type {() => void} */ next) => {
      clearTimeout(timer);
      timer = setTimeout(next, ms);
    };
    const finish = (/** @type {string} */ why) => {
      clearTimeout(timer);
      interruption.removeEventListener('abort', endNow);
      signalGroup(child, 'SIGKILL');
      for (const stream of child.stdio) stream?.destroy();
      child.unref();
      settle(why);
    };
    const endNow = () => {
      signalGroup(child, 'SIGTERM');
      after(KILL_AFTER_MS, () => {
        signalGroup(child, 'SIGKILL');
        after(DIE_MS, () => finish(`${late}, and not even KILL ended it`));
      });
    };
    after(timeoutMs, () => {
      late = `no end after ${timeoutMs / 1000} s`;
      endNow();
    });
    interruption.addEventListener('abort', endNow);
    child.once('error', (cause) => finish(`${command} could not be started: ${cause.message}`));
    child.once('exit', (code, signal) => {
      const why = late
        ? `${late}, so it was ended`
        : code === null
          ? `ended by ${signal}`
          : code > 0
            ? `exit code ${code}`
            : '';
      child.once('close', () => finish(why));
      after(DRAIN_MS, () => finish(why));
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

/**
 * Every executable file of that name on PATH and then in the other directories, best first.
 * @param {string} name
 * @param {string[]} [others]
 */
export function findExecutables(name, others = [], path = process.env.PATH ?? '') {
  const places = [...path.split(delimiter).filter(Boolean), ...others];
  return [...new Set(places)].map((place) => join(place, name)).filter(isExecutable);
}

/**
 * Whether this user may run that file.
 * @param {string} file
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
