// @ts-check
/** Work that takes longer than this shows that it goes on. */
const QUIET_MS = 2000;
/** How often a line is added where lines cannot be rewritten, as in a log. */
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
 * Does the work; when it takes longer than two seconds, shows the title and the time gone by until it ends. On a
 * terminal one line is rewritten, elsewhere plain lines are added. The work may `note` how far it is, as in "35 of 130
 * MB".
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
    // A command's outcome tells by itself how it went.
    const failed = typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
    end(failed ? 'failed after' : 'done in');
    return result;
  } catch (cause) {
    end('failed after');
    throw cause;
  }
}
