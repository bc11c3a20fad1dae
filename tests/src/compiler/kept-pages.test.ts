import { unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeptPages } from '../../../src/compiler/kept-pages.ts';
import { readPages } from '../../../src/compiler/read-pages.ts';
import { inContent, pageOf } from './content-folder.ts';

test('a page is compiled again when it, or a file that it uses, changes, and only then', () => {
  const files = {
    'pages/a.mdx': pageOf('<Partial file="p.mdx" />'),
    'pages/b.mdx': pageOf('x'),
    'partials/p.mdx': 'one',
  };
  inContent(files, (content) => {
    const kept = new KeptPages();
    const read = () => readPages(content, kept);
    const [a, b] = read().pages;
    expect(read().pages).toEqual([a, b]);
    expect(read().pages[0]).toBe(a);

    writeFileSync(join(content, 'partials/p.mdx'), 'two');
    utimesSync(join(content, 'partials/p.mdx'), 1, 1);
    const again = read().pages;
    expect(again[0]).not.toBe(a);
    expect(again[1]).toBe(b);

    unlinkSync(join(content, 'partials/p.mdx'));
    expect(read().mistakes.map(({ found }) => found)).toEqual(['the partial `p.mdx`']);
    writeFileSync(join(content, 'partials/p.mdx'), 'three');
    expect(read().mistakes).toEqual([]);
  });
});
