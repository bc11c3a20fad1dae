// @ts-check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findExecutables, isExecutable } from './command.mjs';
import { installDebianPackages } from './debian.mjs';
import { SetupProblem } from './problem.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

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
  const known = readStamp(stamp, 'path');
  if (known && isExecutable(known.path)) return known;
  const path = (await playwrights(root)) ?? onPath() ?? (await debians(attempts));
  writeStamp(stamp, 'path', { path });
  return { path };
}

/** @param {string} root */
async function playwrights(root) {
  const { chromium } = await import(pathToFileURL(join(root, 'node_modules/playwright-core/index.mjs')).href);
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}

function onPath() {
  return NAMES.flatMap((name) => findExecutables(name))[0];
}

/** @param {import('./attempts.mjs').Attempts} attempts */
async function debians(attempts) {
  await installDebianPackages('Chromium, for the browser tests,', ['chromium'], attempts);
  const path = onPath();
  if (!path) throw new SetupProblem('Debian\'s chromium is installed, yet none is on PATH: put it there, then start again.');
  return path;
}
