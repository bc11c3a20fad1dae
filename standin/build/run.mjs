// @ts-check
import { spawn } from 'node:child_process';

/** Every step takes seconds; a slow machine may take ten times as long. */
const STEP_MS = 120_000;
/** Errors are at the end of what a program prints. */
const SHOWN_CHARACTERS = 2000;
/** How PostgreSQL's programs report an error, some of them with exit code 0. */
const REPORTED_ERROR = /^\S*.*(ERROR|FATAL|PANIC):/m;

/**
 * @typedef {object} Surroundings
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {string} [input] Standard input; without it there is none.
 * @property {AbortSignal} [signal] Ends the program at once. What it leaves half done is thrown away by the caller.
 */

/**
 * Runs a program to its end. Throws an Error with the end of what it printed when it fails, reports an error, takes
 * longer than two minutes or is aborted.
 * @param {string} program
 * @param {string[]} args
 * @param {Surroundings} surroundings
 * @returns {Promise<void>}
 */
export async function run(program, args, { input, ...surroundings }) {
  let output = '';
  const child = spawn(program, args, {
    ...surroundings,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: STEP_MS,
    killSignal: 'SIGKILL',
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  // A program that fails before it has read everything says why itself.
  child.stdin?.on('error', () => undefined).end(input);
  const why = await endOf(child);
  surroundings.signal?.throwIfAborted();
  if (why !== undefined || REPORTED_ERROR.test(output)) {
    const shown = output.trim().slice(-SHOWN_CHARACTERS);
    throw new Error(`${program} failed (${why ?? 'it reported an error'}): ${shown}`);
  }
}

/**
 * Waits until a program has ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string | undefined>} Why it failed, in a few words; undefined when it did not.
 */
function endOf(child) {
  return new Promise((settle) => {
    /** @type {string | undefined} */
    let problem;
    child.once('error', (cause) => {
      problem = cause.message;
      // Without a process there is nothing more to wait for.
      if (child.pid === undefined) settle(problem);
    });
    child.once('close', (code, signal) => {
      settle(problem ?? (code === 0 ? undefined : code === null ? `ended by ${signal}` : `exit code ${code}`));
    });
  });
}
