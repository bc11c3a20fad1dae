import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST } from '../../commands/client/dist.ts';

/** Everything that a page of another site loads for its steps, as the server sends it. */
const MAX_BYTES = 20 * 1024;

const script = readFileSync(join(DIST, 'run-step.js'));

test('a page of another site loads at most 20 KiB for its steps', () => {
  const bytes = brotliCompressSync(script).length;
  expect(bytes).toBeGreaterThan(5 * 1024);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
});

test('it is one file, a classic script, that loads no other', () => {
  const text = script.toString();
  // Parsed as a classic script, and not run.
  expect(() => new Script(text)).not.toThrow();
  expect(text).not.toMatch(/\bimport\s*\(|\bimport\.meta|^\s*(im|ex)port\b/m);
});

test('it adds no global name to that page', () => {
  expect(script.toString().trim()).toMatch(/^\(function\(\)\{[^]*\}\)\(\);?$|^\(\(\)=>\{[^]*\}\)\(\);?$/);
});
