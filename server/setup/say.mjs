// @ts-check
/** How long work may take before its progress is shown. */
const QUIET_MS = 2000;
/** How often a line is added where lines cannot be rewritten, for example in a log. */
const LOG_EVERY_MS = 10_000;
const TERMINAL_EVERY_MS = 1000;

/**
 * @typedef {(line: string) => void} Say
 * Prints one line for the person at the keyboard.
 */

/**
 * Prints one line for the person at the keyboard.
 * @type {Say}
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs the work and returns its result. When it takes longer than two seconds, shows the title and the elapsed time
 * until it ends: on a terminal in one line that is rewritten, elsewhere in new lines. The work may `note` its progress,
 * as in "35 of 130 MB".
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work
 * @param {{ isTTY?: boolean | undefined, write(text: string): unknown }} [out]
 * @returns {Promise<T>}
 */
export async function withProgress(title, work, out = process.stdout) {
  const begin = Date.now();
  const terminal = out.isTTY === true;
  let detail = '';
  let shown = false;
  const show = () => {
    const seconds = Math.round((Date.now() - begin) / 1000);
    const line = `${title}… ${seconds} s${detail && `, ${detail}`}`;
    out.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
    shown = true;
  };
  let timer = setTimeout(function tick() {
    show();
    timer = setTimeout(tick, terminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS);
  }, QUIET_MS);
  const end = (/** @type {string} */ outcome) => {
    clearTimeout(timer);
    if (!shown) return;
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    out.write(`${terminal ? '\r\x1b[K' : ''}${title}: ${outcome} ${seconds} s.\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    // The outcome of runCommand says whether it failed.
    const failed = typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
    end(failed ? 'failed after' : 'done in');
    return result;
  } catch (cause) {
    end('failed after');
    throw cause;
  }
}
