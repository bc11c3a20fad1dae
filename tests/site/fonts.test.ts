import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST } from '../../commands/client/dist.ts';

/** Both families together, as sent: woff2 is compressed. */
const MAX_FONT_BYTES = 30 * 1024;
const ASTRO = join(DIST, '_astro');

describe('the fonts', () => {
  const files = readdirSync(ASTRO).filter((name) => name.endsWith('.woff2'));
  const pages = readdirSync(DIST).filter((name) => name.endsWith('.html'));

  test('are two small files', () => {
    expect(files.map((name) => name.split('.')[0])).toEqual(['mono', 'sans']);
    const sizes = files.map((name) => statSync(join(ASTRO, name)).size);
    expect(Math.min(...sizes)).toBeGreaterThan(1024);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_FONT_BYTES);
  });

  test.each(pages)('are loaded by %s from our own server, before its styles request them', (page) => {
    const html = readFileSync(join(DIST, page), 'utf8');
    const preloaded = [...html.matchAll(/<link rel="preload" href="\/_astro\/([^"]+)" as="font"/g)].map(
      ([, name]) => name,
    );
    expect(preloaded.toSorted()).toEqual(files);
  });

  test('are named by the styles as they are served', () => {
    const styles = readdirSync(ASTRO)
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(ASTRO, name), 'utf8'))
      .join('\n');
    const named = [...styles.matchAll(/url\(\/_astro\/([^)]+\.woff2)\)/g)].map(([, name]) => name);
    expect([...new Set(named)].toSorted()).toEqual(files);
  });
});
