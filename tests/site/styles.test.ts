import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (pattern: string): string =>
  globSync(pattern, { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
const styles = read('src/**/*.css').replace(/\/\*[^]*?\*\//g, '');
const selectors = styles.replace(/\{[^{}]*\}/g, '{}');
/** Everything that creates elements: pages, components, scripts, and xterm, which creates the terminal's. */
const markup = read('src/**/*.{ts,js,astro}') + read('content/**/*.mdx') + read('node_modules/@xterm/xterm/lib/*.mjs');
const found = (pattern: RegExp, text: string): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name!)),
];

test('styles use no custom property that none of them sets, and set none that nothing uses', () => {
  const set = found(/(?<![\w-])(--[a-z-]+):/g, styles);
  const named = found(/var\((--[a-z-]+)/g, styles + markup);
  expect(named.length).toBeGreaterThan(10);
  // A property with a fallback value may be set by the page that uses it.
  expect(found(/var\((--[a-z-]+)\)/g, styles).filter((name) => !set.includes(name))).toEqual([]);
  expect(set.filter((name) => !named.includes(name) && !markup.includes(`'${name}'`))).toEqual([]);
});

test('styles use no class and no attribute that no element has', () => {
  const words = new Set(markup.match(/[\w-]+/g));
  const isMade = (name: string): boolean => words.has(name) || markup.includes(`${name.replace(/-\w+$/, '')}-\${`);
  const classes = found(/\.([a-z][\w-]*)/gi, selectors);
  expect(classes.length).toBeGreaterThan(100);
  expect(classes.filter((name) => !isMade(name))).toEqual([]);
  const inData = (attribute: string): string =>
    attribute.replace(/^data-/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const attributes = found(/\[([\w-]+)/g, selectors);
  expect(attributes.length).toBeGreaterThan(20);
  expect(attributes.filter((name) => !words.has(name) && !words.has(inData(name)))).toEqual([]);
});
