import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../languages/all.ts';
import { DIST } from '../../commands/client/dist.ts';
import { chunkWithImports, scriptElements, scriptsOf } from '../support/page-scripts.ts';

/** All JavaScript of a page before its reader does anything: compressed, as the server sends it. */
const MAX_SCRIPT_BYTES = 15 * 1024;
/** The editor for one language, loaded when Edit is first pressed. */
const MAX_EDITOR_BYTES = 120 * 1024;
/** Whether the browser runs a script element. Data for scripts (`application/json`) is not run. */
const isRun = ({ attributes }: { attributes: string }): boolean => !/type="application\/(ld\+)?json"/.test(attributes);

/** These scripts are the same on every page, so the policy needs two hashes. */
const EARLY = ['page/before-paint.js', 'tutorial/early-presses.js'].map((file) =>
  readFileSync(join(import.meta.dirname, '../../src', file), 'utf8'),
);

/** The terminals, with everything that draws them, loaded when they are first opened. */
const MAX_TERMINAL_BYTES = 120 * 1000;

const pages = readdirSync(DIST).filter((name) => name.endsWith('.html'));
const sent = (path: string): number => brotliCompressSync(readFileSync(join(DIST, path))).length;

describe.each(pages)('%s', (page) => {
  const html = readFileSync(join(DIST, page), 'utf8');

  test('loads little JavaScript before the first press', () => {
    const inPage = scriptElements(html)
      .filter(isRun)
      .map(({ text }) => brotliCompressSync(text).length);
    const weights = [...scriptsOf(html)].map(sent);
    expect(weights.length).toBeGreaterThan(3);
    expect(
      [...inPage.filter((bytes) => bytes > 1), ...weights].reduce((sum, bytes) => sum + bytes, 0),
    ).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
  });

  test('contains only scripts that run before the first paint, and no style', () => {
    const inPage = scriptElements(html).filter((script) => isRun(script) && script.text !== '');
    expect(inPage.filter(({ attributes, text }) => attributes !== '' || !EARLY.includes(text))).toEqual([]);
    expect(html.match(/<[^>]+\sstyle=|<style\b|<[^>]+\son[a-z]+=|href="javascript:/g) ?? []).toEqual([]);
  });
});

test.each([...LANGUAGES.map(({ fence }) => `${fence}-grammar`), 'sql-grammar', 'shell-grammar'])(
  'the editor for %s is small, and no page loads it before it is needed',
  (language) => {
    const parts = new Set(['editing', 'code-editor', language].flatMap((name) => [...chunkWithImports(name)]));
    const onPages = new Set(pages.flatMap((page) => [...scriptsOf(readFileSync(join(DIST, page), 'utf8'))]));
    const loaded = [...parts].filter((part) => !onPages.has(part));
    expect(loaded.length).toBeGreaterThanOrEqual(3);
    expect(loaded.map(sent).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(MAX_EDITOR_BYTES);
  },
);

test('terminals are small, and no page loads them before they are needed', () => {
  const onPages = new Set(pages.flatMap((page) => [...scriptsOf(readFileSync(join(DIST, page), 'utf8'))]));
  const loaded = [...chunkWithImports('drawer')].filter((part) => !onPages.has(part));
  const texts = loaded.map((part) => readFileSync(join(DIST, part), 'utf8'));
  expect(texts.some((text) => text.includes('xterm'))).toBe(true);
  expect(loaded.map(sent).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(MAX_TERMINAL_BYTES);
});
