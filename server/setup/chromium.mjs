// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findExecutables, isExecutable } from './command.mjs';
import { installDebianPackages } from './debian.mjs';
import { SetupProblem } from './problem.mjs';
import { identityOf, readStamp, writeStamp } from './stamp.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The browser of the browser tests: Playwright's own where it was installed, else the machine's, else Debian's. Throws
 * SetupProblem when there is none.
 * @param {string} root
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @returns {Promise<{ path: string }>}
 */
export async function chooseChromium(root, stateDir, attempts) {
  const stamp = join(stateDir, 'stamps/chromium.json');
  const known = readStamp(stamp, keyOf(root));
  if (known && isExecutable(known.path) && (known.path === known.playwrights || !isExecutable(known.playwrights))) return { path: known.path };
  const { chromium } = await import(pathToFileURL(join(root, 'node_modules/playwright-core/index.mjs')).href);
  const playwrights = chromium.executablePath();
  const path = isExecutable(playwrights) ? playwrights : (onPath()[0] ?? (await debians(attempts)));
  writeStamp(stamp, keyOf(root), { path, playwrights });
  return { path };
}

/**
 * What the choice depends on: which Playwright asks and where it keeps its browsers, which is slow to be asked itself, and what the
 * machine has.
 * @param {string} root
 */
function keyOf(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/playwright-core/package.json'), 'utf8'));
  return [version, process.env.PLAYWRIGHT_BROWSERS_PATH, process.env.XDG_CACHE_HOME, process.env.HOME, ...onPath().map(identityOf)].join('\n');
}

function onPath() {
  return NAMES.flatMap((name) => findExecutables(name));
}

/** @param {import('./attempts.mjs').Attempts} attempts */
async function debians(attempts) {
  await installDebianPackages('Chromium, for the browser tests,', ['chromium'], attempts);
  const [path] = onPath();
  if (!path) throw new SetupProblem('Debian\'s chromium is installed, yet none is on PATH: put it there, then start again.');
  return path;
}
