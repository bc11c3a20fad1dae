import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { LONGEST } from './long-first.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(LONGEST)('%s is there', (name) => {
  expect(existsSync(resolve(ROOT, name))).toBe(true);
});
