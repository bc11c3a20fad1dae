import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST } from '../../commands/client/dist.ts';

/** All that a page of another site loads for its steps, as the server sends it. */
const MOST_BYTES = 20 * 1024;

const script = readFileSync(join(DIST, 'run-step.js'));

test('a page of another site loads at most 20 KiB for its steps', () => {
  const bytes = brotliCompressSync(script).length;
  expect(bytes).toBeGreaterThan(5 * 1024);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});

test('in one file, which is a classic script, and loads no other', () => {
  const text = script.toString();
  // Parsed as one, and not run.
  expect(() => new Script(text)).not.toThrow();
  expect(text).not.toMatch(/\bimport\s*\(|\bimport\.meta|^\s*(im|ex)port\b/m);
});

test('and leaves no name of its own in that page', () => {
  expect(script.toString().trim()).toMatch(/^\(function\(\)\{[^]*\}\)\(\);?$|^\(\(\)=>\{[^]*\}\)\(\);?$/);
});
