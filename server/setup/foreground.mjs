// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SIGNALS } from './interruption.mjs';
import { SetupProblem } from './setup-problem.mjs';

/**
 * @typedef {object} Ending
 * @property {number} exitCode 1 when a signal ended it.
 * @property {NodeJS.Signals | undefined} signal What ended it.
 * @property {import('./interruption.mjs').Ending | undefined} told The first signal that this program was told to end
 * with meanwhile.
 */

/**
 * Runs a program with this one's terminal to its end. Signals to end go to it, and it decides. Throws SetupProblem when
 * it cannot be started.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} surroundings
 * @returns {Promise<Ending>}
 */
export async function runForeground(command, args, surroundings) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {import('./interruption.mjs').Ending | undefined} */
  let told;
  const passing = SIGNALS.map(
    (signal) =>
      /** @type {const} */ ([
        signal,
        () => {
          told ??= signal;
          child?.kill(signal);
        },
      ]),
  );
  // Before it starts: a signal that came between would end this program alone.
  for (const [signal, pass] of passing) process.on(signal, pass);
  try {
    child = spawn(command, args, { ...surroundings, stdio: 'inherit' });
    const [code, signal] = await once(child, 'exit').catch((cause) => {
      throw new SetupProblem(`${command} could not be started: ${cause.message}`);
    });
    return { exitCode: code ?? 1, signal: signal ?? undefined, told };
  } finally {
    for (const [signal, pass] of passing) process.off(signal, pass);
  }
}
