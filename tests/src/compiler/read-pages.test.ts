import { describe, expect, test } from 'vitest';
import { describeMistake } from '../../../src/compiler/mistake.ts';
import { readPages, type SourcePages } from '../../../src/compiler/read-pages.ts';
import { inContent, pageOf } from './content-folder.ts';

const read = (files: Record<string, string>): SourcePages => inContent(files, readPages);
const told = (files: Record<string, string>): string[] => read(files).mistakes.map(describeMistake);

describe('all pages', () => {
  test('are compiled in one pass, with what others need to know about them', () => {
    const { pages, mistakes } = read({
      'pages/index.mdx': pageOf('## Top\n\n[go](/start.html#here)\n'),
      'tutorials/start.mdx': pageOf('<div id="here" />\n\n## Go\n\n```shell run\n$ ls\n```\n', 'name: begin'),
    });
    expect(mistakes).toEqual([]);
    expect(pages).toMatchObject([
      {
        file: 'content/pages/index.mdx',
        id: 'index',
        name: 'index',
        frontmatter: { title: 'T' },
        links: [{ href: '/start.html#here', source: { file: 'content/pages/index.mdx', line: 8 } }],
      },
      { file: 'content/tutorials/start.mdx', id: 'start', name: 'begin', steps: [{ step: { command: 'ls' } }] },
    ]);
    expect(pages.map(({ ids }) => [...ids])).toEqual([['top'], ['here', 'go', 'step-block-go-1']]);
  });

  test('keep the place of a link that is in a partial', () => {
    const { pages } = read({
      'pages/index.mdx': pageOf('<Partial file="p.mdx" />'),
      'partials/p.mdx': 'a\n\n<a href="/x.html">x</a>\n',
    });
    expect(pages[0]?.links).toEqual([{ href: '/x.html', source: { file: 'content/partials/p.mdx', line: 3 } }]);
  });

  test('tell the mistakes of all of them at once, each once', () => {
    const lines = told({
      'pages/a.mdx': pageOf('<Partial file="p.mdx" />\n\nx <Note> y\n'),
      'pages/b.mdx': pageOf('<Partial file="p.mdx" />\n', 'sumary: S'),
      'pages/c.mdx': pageOf('<Partial file="p.mdx" />\n\n```shell rnu\n$ ls\n```\n'),
      'partials/p.mdx': '```pyton\npass\n```\n',
    });
    expect(lines.map((line) => line.replace(/: found.*/, ''))).toEqual([
      'content/pages/a.mdx:8',
      'content/pages/b.mdx:4',
      'content/pages/c.mdx:8',
      'content/partials/p.mdx:1',
    ]);
  });
});
