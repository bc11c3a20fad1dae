import { describe, expect, test } from 'vitest';
import { linkMistakes } from '../../../src/compiler/dead-links.ts';
import { describeMistake } from '../../../src/compiler/mistake.ts';

const source = { file: 'content/pages/index.mdx', line: 7 };
const page = (id: string, ids: string[], links: string[] = []) => ({
  id,
  ids: new Set(ids),
  links: links.map((href) => ({ href, source })),
  mistakes: [],
});

const told = (link: string): string[] =>
  linkMistakes(
    [page('index', ['top'], [link]), page('retries', ['best-practices'])],
    (path) => path === '/favicon.svg',
  ).map(describeMistake);

describe('the link check', () => {
  test.each([
    '#top',
    '#main',
    '/',
    '/index.html#top',
    '/retries',
    'retries.html#best-practices',
    '/favicon.svg',
    '?filters=secure#top',
    'https://example.com/nothing#here',
    'mailto:a@example.com',
  ])('lets %s pass', (link) => {
    expect(told(link)).toEqual([]);
  });

  test.each([
    [
      '/retris.html',
      'content/pages/index.mdx:7: found a link to `/retris.html`; expected a page or a file of the site. ' +
        'Did you mean `/retries.html`?',
    ],
    [
      '/retries.html#best-practice',
      'content/pages/index.mdx:7: found a link to `/retries.html#best-practice`; expected a heading or another id ' +
        'of /retries.html. Did you mean `best-practices`?',
    ],
    [
      '/favicon.png',
      'content/pages/index.mdx:7: found a link to `/favicon.png`; expected a page or a file of the site.',
    ],
    ['/%zz', 'content/pages/index.mdx:7: found a link to `/%zz`; expected a page or a file of the site.'],
    ['http://[', 'content/pages/index.mdx:7: found a link to `http://[`; expected a valid address.'],
  ])('reports %s, where the author wrote it, and what was probably meant', (link, sentence) => {
    expect(told(link)).toEqual([sentence]);
  });

  test('says nothing about ids of a page that has other mistakes', () => {
    const broken = { ...page('retries', []), mistakes: [{ ...source, found: 'x', expected: 'y' }] };
    const links = [page('index', [], ['/retries.html#best', '/gone.html']), broken];
    expect(linkMistakes(links, () => false).map(({ found }) => found)).toEqual(['a link to `/gone.html`']);
  });
});
