import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodings, qualityFor } from '../../src/build/compressed.ts';
import { DIST } from '../../commands/client/dist.ts';

const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((path) =>
  statSync(join(DIST, path)).isFile(),
);
const read = (path: string): Buffer => readFileSync(join(DIST, path));

test('a file is compressed when that saves at least a tenth, and not when it saves next to nothing', async () => {
  expect([...(await encodings(Buffer.from('the same words '.repeat(100)))).keys()]).toEqual(['.br', '.gz']);
  expect([...(await encodings(randomBytes(4096))).keys()]).toEqual([]);
  expect([...(await encodings(Buffer.from('short'))).keys()]).toEqual([]);
});

test('pages of a large site are compressed faster and less, but what pages share is not', () => {
  const largeBytes = 100 * 1024 * 1024;
  expect(qualityFor('dist/index.html', 1024)).toBe(11);
  expect(qualityFor('dist/index.html', largeBytes)).toBeLessThan(9);
  expect(qualityFor('dist/_astro/page.js', largeBytes)).toBe(11);
  expect(qualityFor('dist/_astro/page.css', largeBytes)).toBe(11);
});

test('every page, script, style and list of the built site, including the search, exists compressed', () => {
  const texts = files.filter((path) => /\.(html|js|css|svg|xml|py)$/.test(path) && read(path).length > 512);
  expect(texts.filter((path) => path.startsWith('pagefind')).length).toBeGreaterThanOrEqual(2);
  expect(texts.flatMap((path) => [`${path}.br`, `${path}.gz`]).filter((path) => !files.includes(path))).toEqual([]);
});

test('each compressed file of the built site matches the file next to it', () => {
  const encoded = files.filter((path) => /\.(br|gz)$/.test(path));
  expect(encoded.length).toBeGreaterThan(50);
  for (const path of encoded) {
    const plain = path.endsWith('.br') ? brotliDecompressSync(read(path)) : gunzipSync(read(path));
    expect(plain.equals(read(path.slice(0, -3))), path).toBe(true);
  }
});
