import { describe, expect, test } from 'vitest';
import { foundSentence, listPlaces, type Found, type FoundPage } from '../../../src/page/search-results.ts';

/** Returns a page with one place that contains these words, as Pagefind finds it. */
const place = (url: string, content = 'retry', { title = 'Title', excerpt = url, score = 1 } = {}): FoundPage => ({
  url: url.replace(/#.*/, ''),
  meta: { title: 'Page' },
  content,
  sub_results: [
    {
      title,
      url,
      excerpt,
      weighted_locations: content.split(' ').map((_, location) => ({ location, balanced_score: score })),
    },
  ],
});
const list = (pages: FoundPage[], mode = 'secure', asked = 'retry'): Found[] => listPlaces(pages, asked, mode).places;
const urls = (found: Found[]): string[] => found.map(({ url }) => url);
const modes = (found: Found[]): (string | undefined)[] => found.map(({ mode }) => mode);

describe('search results', () => {
  test('are empty when a page has only prefixes of the query', () => {
    expect(list([place('/x.html', '\\x.')], 'secure', 'xqzvw')).toEqual([]);
    expect(list([place('/x.html', 'retry \\x.')], 'secure', 'retry xqzvw')).toEqual([]);
    expect(urls(list([place('/x.html', 'retries xqzvw.')], 'secure', 'retry xqzvw'))).toEqual(['/x.html']);
  });

  test('are only places that contain one of the words, the best matches first', () => {
    const location = (at: number, score: number): { location: number; balanced_score: number } => ({
      location: at,
      balanced_score: score,
    });
    const page = {
      url: '/x.html',
      meta: {},
      content: 'retry it and retry \\x.',
      sub_results: [
        { title: 'Intro', url: '/x.html#intro', excerpt: 'a', weighted_locations: [location(0, 2)] },
        { title: 'Step', url: '/x.html#step', excerpt: 'b', weighted_locations: [location(3, 9)] },
        { title: 'Shell', url: '/x.html#shell', excerpt: 'c', weighted_locations: [location(4, 99)] },
      ],
    };
    expect(urls(list([page]))).toEqual(['/x.html#step', '/x.html#intro']);
  });

  test('list a place with all words before one with a single word many times', () => {
    const at = (location: number): { location: number; balanced_score: number } => ({ location, balanced_score: 5 });
    const page = {
      url: '/x.html',
      meta: {},
      content: 'user user user create user',
      sub_results: [
        { title: 'Often', url: '/x.html#often', excerpt: 'a', weighted_locations: [at(0), at(1), at(2)] },
        { title: 'All', url: '/x.html#all', excerpt: 'b', weighted_locations: [at(3), at(4)] },
      ],
    };
    expect(urls(list([page], 'secure', 'create user'))).toEqual(['/x.html#all', '/x.html#often']);
  });

  test('are at most three of a page, and all are counted', () => {
    const pages = ['a', 'b', 'c', 'd', 'e'].map((id) => place(`/x.html#${id}`, 'retry', { title: id }));
    const { places, total } = listPlaces([...pages, place('/y.html')], 'retry', 'secure');
    expect([urls(places), total]).toEqual([['/x.html#a', '/x.html#b', '/x.html#c', '/y.html'], 6]);
  });

  test('list once what both modes show, with a link that keeps the mode, and without a label', () => {
    const found = list([place('/x.html?filters=insecure#a'), place('/y.html'), place('/x.html?filters=secure#a')]);
    expect([urls(found), modes(found)]).toEqual([
      ['/x.html#a', '/y.html'],
      [undefined, undefined],
    ]);
  });

  test('name the only mode that shows a place, and open it', () => {
    const found = list([
      place('/x.html?filters=insecure#a'),
      place('/x.html?filters=secure#b', 'retry', { title: 'Other' }),
    ]);
    expect([urls(found), modes(found)]).toEqual([
      ['/x.html?filters=secure#b', '/x.html?filters=insecure#a'],
      ['secure', 'insecure'],
    ]);
  });

  test('list places of the current mode and of both modes before those of the other mode', () => {
    const pages = [
      place('/x.html?filters=insecure#a'),
      place('/y.html'),
      place('/z.html?filters=secure#b'),
      place('/z.html?filters=insecure#c', 'retry', { title: 'C' }),
    ];
    expect(urls(list(pages, 'secure'))).toEqual([
      '/y.html',
      '/z.html?filters=secure#b',
      '/x.html?filters=insecure#a',
      '/z.html?filters=insecure#c',
    ]);
    expect(urls(list(pages, 'insecure'))).toEqual([
      '/x.html?filters=insecure#a',
      '/y.html',
      '/z.html?filters=insecure#c',
      '/z.html?filters=secure#b',
    ]);
  });

  test.each([
    [
      'a heading and its counterpart',
      { title: 'Step 3. Run it', excerpt: 'one' },
      { title: 'Step 4. Run it', excerpt: 'another' },
    ],
    [
      'the same text under other headings',
      { title: 'Begin', excerpt: 'same' },
      { title: 'Make a certificate', excerpt: 'same' },
    ],
  ])('list %s once, as the mode at hand shows it, without a label', (_, insecure, secure) => {
    const pages = [
      place('/x.html?filters=insecure#step-3', 'retry', insecure),
      place('/x.html?filters=secure#step-4', 'retry', secure),
    ];
    const [inSecure, inInsecure] = [list(pages, 'secure'), list(pages, 'insecure')];
    expect([urls(inSecure), modes(inSecure)]).toEqual([['/x.html?filters=secure#step-4'], [undefined]]);
    expect([urls(inInsecure), modes(inInsecure)]).toEqual([['/x.html?filters=insecure#step-3'], [undefined]]);
  });

  test('distinguish two headings with the same name in one mode', () => {
    expect(urls(list([place('/x.html?filters=secure#a'), place('/x.html?filters=secure#a-1')]))).toEqual([
      '/x.html?filters=secure#a',
      '/x.html?filters=secure#a-1',
    ]);
  });

  test('are counted correctly: all found, those listed, and a bound when pages were left out', () => {
    expect([foundSentence('x', 0, 0, true), foundSentence('x', 1, 1, true), foundSentence('x', 7, 7, true)]).toEqual([
      'Nothing found for “x”.',
      '1 place found.',
      '7 places found.',
    ]);
    expect(foundSentence('x', 7, 30, true)).toBe('30 places found, the best 7 shown.');
    expect([foundSentence('x', 7, 30, false), foundSentence('x', 7, 7, false)]).toEqual([
      'At least 30 places found, the best 7 shown.',
      'At least 7 places found.',
    ]);
  });
});
