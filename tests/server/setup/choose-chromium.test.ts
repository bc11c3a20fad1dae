import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { chooseChromium } from '../../../server/setup/choose-chromium.mjs';
import type { Machine } from '../../../server/setup/system-packages.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-chromium-'));
  playwright('1.0.0');
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', join(folder, 'browsers'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubGlobal('asked', 0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function put(path: string, text = ''): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, { mode: 0o755 });
  return join(folder, path);
}

/** Makes a Playwright of this version, which says where its browser would be. */
function playwright(version: string): void {
  put('node_modules/playwright-core/package.json', JSON.stringify({ version }));
  put(
    'node_modules/playwright-core/index.mjs',
    [
      "import { readFileSync } from 'node:fs';",
      'export const chromium = { executablePath() {',
      '  globalThis.asked += 1;',
      "  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));",
      '  return `${process.env.PLAYWRIGHT_BROWSERS_PATH}/${version}/chrome`;',
      '} };',
      '',
    ].join('\n'),
  );
}
const choose = async (machine?: Machine): Promise<string> =>
  (await chooseChromium(folder, join(folder, 'state'), openAttempts(join(folder, 'attempts.json')), machine)).path;
const asked = (): unknown => (globalThis as { asked?: unknown }).asked;

test('the browser is looked for once, then remembered', async () => {
  const chromium = put('bin/chromium');
  expect([await choose(), await choose(), asked()]).toEqual([chromium, chromium, 1]);
});

test('another PATH, with another browser on it, is searched again', async () => {
  put('bin/chromium');
  await choose();
  const other = put('other/chromium');
  vi.stubEnv('PATH', join(folder, 'other'));
  expect(await choose()).toBe(other);
});

test('another Playwright, or another folder for its browsers, is queried again', async () => {
  const first = put('browsers/1.0.0/chrome');
  const second = put('browsers/2.0.0/chrome');
  expect(await choose()).toBe(first);
  playwright('2.0.0');
  expect(await choose()).toBe(second);
  const elsewhere = put('elsewhere/2.0.0/chrome');
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', join(folder, 'elsewhere'));
  expect(await choose()).toBe(elsewhere);
});

test('a browser that Playwright has installed since is used, and forgotten when it is gone', async () => {
  const chromium = put('bin/chromium');
  expect(await choose()).toBe(chromium);
  const own = put('browsers/1.0.0/chrome');
  expect(await choose()).toBe(own);
  rmSync(own);
  expect(await choose()).toBe(chromium);
});

test('a browser that does not start, like Ubuntu’s placeholder script, is skipped for one that does', async () => {
  put('bin/chromium', '#!/bin/sh\necho requires the snap >&2\nexit 1\n');
  const chrome = put('bin/google-chrome', '#!/bin/sh\necho Chrome 156\n');
  expect(await choose()).toBe(chrome);
});

test('a headless shell, which needs a third of the processor time, is preferred to a full browser', async () => {
  put('bin/chromium');
  const shell = put('bin/chromium-headless-shell');
  expect(await choose()).toBe(shell);
});

test('a headless shell is installed next to a full browser, if root can do that', async () => {
  put('bin/chromium');
  const release = put('os-release', 'ID=debian\n');
  const shell = join(folder, 'bin', 'chromium-headless-shell');
  put('bin/apt-get', `#!/bin/sh\n[ "$1" = update ] || { : >${shell}; /bin/chmod +x ${shell}; }\n`);
  expect(await choose({ release, root: true, path: join(folder, 'bin') })).toBe(shell);
});

test('a full browser is used when no headless shell can be installed', async () => {
  const chromium = put('bin/chromium');
  const release = put('os-release', 'ID=debian\n');
  put('bin/apt-get', '#!/bin/sh\necho "E: no such package"\nexit 1\n');
  expect(await choose({ release, root: true, path: join(folder, 'bin') })).toBe(chromium);
});
