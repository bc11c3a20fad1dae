import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const STYLES = join(import.meta.dirname, '../../src/styles');

test('styles name no property that none of them sets', () => {
  const styles = readdirSync(STYLES)
    .map((name) => readFileSync(join(STYLES, name), 'utf8'))
    .join('\n');
  const set = new Set([...styles.matchAll(/^\s*(--[a-z-]+):/gm)].map(([, name]) => name));
  const named = new Set([...styles.matchAll(/var\((--[a-z-]+)/g)].map(([, name]) => name));
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((name) => !set.has(name))).toEqual([]);
});
