import { resolve } from 'node:path';
import { readSetup } from '../../server/setup-file.ts';

/** The arguments that Chromium is started with: it must work as root and make no background requests. */
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

/** Returns the path of the browser that set-up chose. Throws with set-up's sentence when there is none. */
export function findChromium(): string {
  const { chromium } = readSetup(resolve(import.meta.dirname, '../../.bankrun'));
  if (chromium && 'path' in chromium) return chromium.path;
  throw new Error(chromium?.missing ?? 'Set-up has not looked for a browser: type `npm run setup`.');
}
