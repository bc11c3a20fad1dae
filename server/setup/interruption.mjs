// @ts-check

/** The signals with which a terminal, npm, a container's host or a service manager ends a program. */
export const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);
/** Longer than ending any command takes. What is still running after that is left to the next set-up. */
const LAST_MS = 15_000;

/** @typedef {typeof SIGNALS[number]} Ending */

/**
 * This program has received a signal to end. It is not a SetupProblem, so nothing is remembered as failed, and every
 * `finally` runs.
 */
export class Interruption extends Error {
  /** @param {Ending} signal */
  constructor(signal) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

const interrupting = new AbortController();

/**
 * Aborts, with an Interruption as its reason, when this program receives a signal to end. Every wait of set-up must
 * observe it.
 */
export const interruption = interrupting.signal;

/**
 * Makes signals to end abort `interruption` instead of ending this program at once, so that running commands are ended
 * first; the program then ends itself with `endBy`. Further signals are ignored, because terminals send them to every
 * process of a pipeline, and each passes them on. Returns a function that undoes it.
 */
export function heedSignals() {
  const heed = SIGNALS.map(
    (signal) =>
      /** @type {const} */ ([
        signal,
        () => {
          setTimeout(endBy, LAST_MS, signal).unref();
          interrupting.abort(new Interruption(signal));
        },
      ]),
  );
  for (const [signal, listener] of heed) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of heed) process.off(signal, listener);
  };
}

/**
 * Ends this program by that signal, as if it had no listener, so that its parent sees why it ended.
 * @param {Ending} signal
 */
export function endBy(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/**
 * Whether it is one of the signals that `heedSignals` handles.
 * @param {NodeJS.Signals | undefined} signal
 * @returns {signal is Ending}
 */
export function isEnding(signal) {
  return SIGNALS.some((each) => each === signal);
}
