// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findExecutables, isExecutable, runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** A Chromium without windows, which takes a third of the processor time per page. */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome'];
const VERSION_MS = 30_000;

/**
 * Returns the browser that tries the pages: Playwright's own if it is installed, else the system's headless shell,
 * which is installed if that needs no confirmation, else another browser on PATH. Throws SetupProblem when there is
 * none.
 * @param {string} root
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {import('./system-packages.mjs').Machine} [machine]
 * @returns {Promise<{ path: string }>}
 */
export async function chooseChromium(root, stateDir, attempts, machine) {
  const stamp = join(stateDir, 'stamps/chromium.json');
  const known = readStamp(stamp, keyOf(root));
  if (known && isExecutable(known.path) && (known.path === known.playwrights || !isExecutable(known.playwrights)))
    return { path: known.path };
  const { chromium } = await import(pathToFileURL(join(root, 'node_modules/playwright-core/index.mjs')).href);
  const playwrights = chromium.executablePath();
  const path = isExecutable(playwrights) ? playwrights : await systemChromium(attempts, machine);
  writeStamp(stamp, keyOf(root), { path, playwrights });
  return { path };
}

/**
 * Returns a key for everything that the choice depends on: Playwright's version and the variables that decide where it
 * keeps its browsers (asking Playwright itself is slow), and the browsers on PATH.
 * @param {string} root
 */
function keyOf(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/playwright-core/package.json'), 'utf8'));
  return [
    version,
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    process.env.XDG_CACHE_HOME,
    process.env.HOME,
    ...onPath().map(identityOf),
  ].join('\n');
}

function onPath() {
  return NAMES.flatMap((name) => findExecutables(name));
}

/**
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {import('./system-packages.mjs').Machine} [machine]
 */
async function systemChromium(attempts, machine) {
  const found = await findStarting();
  if (found?.endsWith(SHELL)) return found;
  const purpose = 'Chromium, which tries the pages,';
  try {
    await installSystemPackages(purpose, ['headless-shell'], attempts, machine);
  } catch (cause) {
    if (!(cause instanceof SetupProblem)) throw cause;
    // Any other browser works too, only more slowly.
    if (!found) await installSystemPackages(purpose, ['chromium'], attempts, machine);
  }
  const path = await findStarting();
  if (!path)
    throw new SetupProblem(
      "The system's chromium is installed, but none that starts is on PATH: put it there, then start again.",
    );
  return path;
}

/** Returns the first browser that prints its version. Ubuntu's is only a script that asks for a snap. */
async function findStarting() {
  for (const path of onPath()) {
    if ((await runCommand(path, ['--version'], { timeoutMs: VERSION_MS })).ok) return path;
  }
  return undefined;
}
