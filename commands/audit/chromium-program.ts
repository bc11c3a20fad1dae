import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** How a Chromium is started here: as root too, and without asking anybody for anything. */
export const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that set-up chose for tests. Throws with its sentence when it found none. */
export function findChromium(): string {
  const { chromium: found } = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../.bankrun/setup.json'), 'utf8'),
  ) as { chromium?: { path?: string; missing?: string } };
  if (found?.path === undefined)
    throw new Error(found?.missing ?? 'Set-up has not looked for a browser: start the tests with `npm test`.');
  return found.path;
}
