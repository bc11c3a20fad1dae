import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deadLinks } from '../../src/build/frame-links.ts';

const root = mkdtempSync(join(tmpdir(), 'site-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the links of the layout', () => {
  test('lead to pages, files and ids of the built site', () => {
    writeFileSync(join(root, 'a.html'), '');
    const links = ['/', '/a.html', '#top', 'https://example.org/x', '/b.html', '#bottom', '/b.html'];
    writeFileSync(join(root, 'index.html'), `<p id="top">${links.map((link) => `<a href="${link}">x</a>`).join('')}`);
    expect(deadLinks(root, 'index.html')).toEqual([
      '/index.html links to /b.html: there is no such page or file.',
      '/index.html links to #bottom: it has no such id.',
    ]);
  });
});
