// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { interruption } from './interruption.mjs';

/** How much of a command's output is kept: the end, where errors are. */
const KEPT_CHARACTERS = 16_384;
/** The time between SIGTERM and SIGKILL. */
const KILL_AFTER_MS = 5000;
/** How long a process may take to end after SIGKILL; a longer one hangs in the kernel. */
const DIE_MS = 2000;
/** How long to read the pipes of a command that has ended while another process still holds them open. */
const DRAIN_MS = 1000;

/**
 * @typedef {object} Outcome
 * @property {boolean} ok Whether it ended by itself with exit code 0.
 * @property {string} output The end of its output on both streams.
 * @property {string} why What went wrong, in a few words; empty when nothing did.
 */

/**
 * @typedef {object} CommandOptions
 * @property {number} timeoutMs After this time it receives SIGTERM, then SIGKILL.
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [uid] The user that it runs as.
 * @property {number} [gid] The group that it runs as.
 * @property {string} [input] Its standard input; empty by default.
 * @property {number} [keptCharacters] How much of its output is kept.
 */

/**
 * Runs a command to its end, in its own process group. The rest of the group is killed when the command ends; processes
 * that have left the group are not waited for. Rejects only with an Interruption, after the group has ended, when this
 * program receives a signal to end.
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<Outcome>}
 */
export async function runCommand(command, args, { timeoutMs, input, keptCharacters = KEPT_CHARACTERS, ...options }) {
  interruption.throwIfAborted();
  let output = '';
  const keep = (/** @type {string} */ text) => {
    output = (output + text).slice(-keptCharacters);
  };
  /** @type {import('node:child_process').ChildProcess} */
  let child;
  try {
    child = spawn(command, args, {
      ...options,
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
  // It is no error when a command does not read all of its input.
  child.stdin?.on('error', () => undefined).end(input);
  const why = await endOf(child, command, timeoutMs);
  interruption.throwIfAborted();
  return { ok: why === '', output, why };
}

/**
 * Waits until a command has ended, and ends it at its deadline or when this program receives a signal to end.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @param {number} timeoutMs
 * @returns {Promise<string>} What went wrong, in a few words; empty when nothing did.
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
    // The group is empty.
  }
}

/**
 * Returns all executable files of that name on PATH and then in the other directories, in that order.
 * @param {string} name
 * @param {string[]} [others]
 */
export function findExecutables(name, others = [], path = process.env.PATH ?? '') {
  const places = [...path.split(delimiter).filter(Boolean), ...others];
  return [...new Set(places)].map((place) => join(place, name)).filter(isExecutable);
}

/**
 * Whether this user may execute that file.
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
