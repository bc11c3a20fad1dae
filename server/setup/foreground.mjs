// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SIGNALS } from './interruption.mjs';
import { SetupProblem } from './setup-problem.mjs';

/** See `server/end-on-signal.ts`. */
const DRAIN = 'SIGUSR2';

/**
 * @typedef {object} Ending
 * @property {number} exitCode The exit code; 1 when a signal killed it.
 * @property {NodeJS.Signals | undefined} signal The signal that killed it.
 * @property {import('./interruption.mjs').Ending | undefined} received The first signal that this program has received
 * meanwhile.
 */

/**
 * Runs a program to its end on this program's terminal. Signals that would end this program are passed on to it, and so
 * is the one by which the server drains. Throws SetupProblem when it cannot be started.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<Ending>}
 */
export async function runForeground(command, args, options) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {import('./interruption.mjs').Ending | undefined} */
  let received;
  const passing = SIGNALS.map(
    (signal) =>
      /** @type {const} */ ([
        signal,
        () => {
          received ??= signal;
          child?.kill(signal);
        },
      ]),
  );
  // Added before the start, because a signal in between would end only this program.
  for (const [signal, pass] of passing) process.on(signal, pass);
  const passDrain = () => child?.kill(DRAIN);
  process.on(DRAIN, passDrain);
  try {
    child = spawn(command, args, { ...options, stdio: 'inherit' });
    const [code, signal] = await once(child, 'exit').catch((cause) => {
      throw new SetupProblem(`${command} could not be started: ${cause.message}`);
    });
    return { exitCode: code ?? 1, signal: signal ?? undefined, received };
  } finally {
    for (const [signal, pass] of passing) process.off(signal, pass);
    process.off(DRAIN, passDrain);
  }
}
