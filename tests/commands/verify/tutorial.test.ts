import { expect, it } from 'vitest';
import { mistakeLines } from '../../../commands/verify/result-lines.ts';
import { readAll, readTutorials, type Tutorials } from '../../../commands/verify/tutorial.ts';
import { inContent, pageOf } from '../../src/compiler/content-folder.ts';

const STEP = '## Go\n\n```shell run\n$ ls\n```\n';
const read = (files: Record<string, string>): Tutorials => inContent(files, readAll);

it('pages with steps are read from their sources, with what their prose has in code type', () => {
  const [page, ...others] = inContent(
    {
      'tutorials/build.mdx': pageOf(`Read \`open_bank()\` and \`README\`.\n\n${STEP}`, 'name: pony', 'needs: v23.2'),
      'pages/about.mdx': pageOf('Nothing runs here.'),
    },
    readTutorials,
  );
  expect(others).toEqual([]);
  expect(page).toMatchObject({
    slug: 'pony',
    id: 'build',
    title: 'T',
    file: 'content/tutorials/build.mdx',
    needs: 'v23.2',
    mistakes: [],
    others: [],
    wordsInCode: new Set(['open_bank()', 'README']),
  });
  expect(page?.steps.map(({ step }) => step.id)).toEqual(['go-1']);
});

it('a page with a mistake in a fence is not run, and one with a dead link is', () => {
  const { tutorials, elsewhere } = read({
    'tutorials/a.mdx': pageOf(STEP.replace('run', 'rnu')),
    'tutorials/b.mdx': pageOf(`[gone](/gone.html)\n\n${STEP}`),
    'tutorials/c.effects.ts': 'export default () => [];\n',
  });
  expect(tutorials.map(mistakeLines)).toEqual([
    [
      'WRONG  a: 1 mistake in its sources, so it was not run',
      expect.stringMatching(/^ {7}content\/tutorials\/a\.mdx:8: /),
    ],
    ['WRONG  b: 1 mistake in its sources', expect.stringMatching(/^ {7}content\/tutorials\/b\.mdx:6: /)],
  ]);
  expect(elsewhere).toEqual([expect.stringMatching(/^content\/tutorials\/c\.effects\.ts:1: found the effects of `c`/)]);
});

it('what is wrong with its effects, or meant for it elsewhere, is told with the page, once', () => {
  const { tutorials, elsewhere } = read({
    'tutorials/books.mdx': pageOf(STEP),
    'tutorials/boosk.effects.ts': 'export default () => [];\n',
    'tutorials/loans.mdx': pageOf(STEP),
    'tutorials/loans.effects.ts': 'export const effects = () => [];\n',
    'pages/about.mdx': pageOf(STEP),
    'pages/prose.mdx': pageOf('Nothing runs here.'),
    'navigation.json': JSON.stringify({
      start: 'books',
      groups: [
        { title: 'All', pages: ['books', 'loans', 'abuot', 'porse'].map((page) => ({ page, about: 'A page' })) },
      ],
    }),
  });
  const told = new Map(tutorials.map((page) => [page.slug, [page.hasWrongEffects, ...page.others]]));
  expect(elsewhere).toEqual([expect.stringContaining('content/navigation.json:1: found the page `porse`')]);
  expect(told).toEqual(
    new Map([
      ['about', [false, expect.stringContaining('content/navigation.json:1: found the page `abuot`')]],
      ['books', [false, expect.stringContaining('boosk.effects.ts:1: found the effects of `boosk`')]],
      ['loans', [true, expect.stringContaining('loans.effects.ts:1: found effects without a default export')]],
    ]),
  );
});
