// @ts-check

/** What a terminal, npm, a container's host or a service manager ends a program with. */
export const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);
/** Longer than any command takes to be ended. What still goes on then is left, and the next set-up clears it up. */
const LAST_MS = 15_000;

/** @typedef {typeof SIGNALS[number]} Ending */

/**
 * The program was told to end. It is no problem of set-up's: nothing is remembered of it, and every `finally` on the
 * way runs.
 */
export class Interruption extends Error {
  /** @param {Ending} signal */
  constructor(signal) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

const told = new AbortController();

/**
 * Aborted, with an Interruption as its reason, once the program was told to end. Every wait of set-up listens to it.
 */
export const interruption = told.signal;

/**
 * From now on a signal to end does not end this program at once, but aborts `interruption`, so that what is under way
 * is ended first; the program then ends itself with `endBy`. Later signals change nothing: a terminal tells every
 * process of a pipeline, and each tells the next. Gives what undoes it.
 */
export function heedSignals() {
  const heed = SIGNALS.map(
    (signal) =>
      /** @type {const} */ ([
        signal,
        () => {
          setTimeout(endBy, LAST_MS, signal).unref();
          told.abort(new Interruption(signal));
        },
      ]),
  );
  for (const [signal, listener] of heed) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of heed) process.off(signal, listener);
  };
}

/**
 * Ends this program by that signal, as if nobody had listened to it: whoever started it sees why it ended.
 * @param {Ending} signal
 */
export function endBy(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/**
 * Whether it is one of the signals that `heedSignals` hears.
 * @param {NodeJS.Signals | undefined} signal
 * @returns {signal is Ending}
 */
export function isEnding(signal) {
  return SIGNALS.some((each) => each === signal);
}
