import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { searchRecords } from '../../src/build/search-index.ts';
import { bestFirst, foundSentence, mergeModes, type Found } from '../../src/page/search-results.ts';

const place = (url: string, excerpt = url): Found => ({ url, title: 'Title', excerpt, page: 'Page' });
const urls = (found: Found[]): string[] => found.map(({ url }) => url);

describe('search results', () => {
  test('have the place of a page that matches most before those that come earlier in it', () => {
    const [intro, step] = [{ url: '#intro', weighted_locations: [{ balanced_score: 2 }] }, { url: '#step', weighted_locations: [{ balanced_score: 2 }, { balanced_score: 9 }] }];
    expect(bestFirst([intro, step])).toEqual([step, intro]);
  });

  test('are counted truly: all that were found, those that are listed, and a bound where pages were left out', () => {
    expect([foundSentence('x', 0, 0, true), foundSentence('x', 1, 1, true), foundSentence('x', 7, 7, true)]).toEqual(['Nothing found for “x”.', '1 place found.', '7 places found.']);
    expect(foundSentence('x', 7, 30, true)).toBe('30 places found, the best 7 shown.');
    expect([foundSentence('x', 7, 30, false), foundSentence('x', 7, 7, false)]).toEqual(['At least 30 places found, the best 7 shown.', 'At least 7 places found.']);
  });

  test('list once what both modes show, with a link that keeps the mode', () => {
    expect(urls(mergeModes([place('/x.html?filters=insecure#a'), place('/y.html'), place('/x.html?filters=secure#a')], 'secure'))).toEqual(['/x.html#a', '/y.html']);
  });

  test('open the mode that alone shows the place', () => {
    expect(urls(mergeModes([place('/x.html?filters=insecure#a')], 'secure'))).toEqual(['/x.html?filters=insecure#a']);
  });

  test('take the reader’s mode for the same text under a heading of each', () => {
    const found = [place('/x.html?filters=insecure#step-3', 'same'), place('/x.html?filters=secure#step-4', 'same')];
    expect(urls(mergeModes(found, 'secure'))).toEqual(['/x.html?filters=secure#step-4']);
    expect(urls(mergeModes(found, 'insecure'))).toEqual(['/x.html?filters=insecure#step-3']);
  });
});

const INDEX = resolve(import.meta.dirname, '../../dist/pagefind');

describe('the search index', () => {
  test('has all its bytes', () => {
    const files = readdirSync(INDEX, { recursive: true, encoding: 'utf8' }).map((path) => [path, statSync(join(INDEX, path))] as const);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter(([, file]) => file.isFile() && file.size === 0).map(([path]) => path)).toEqual([]);
  });

  test('has a page without modes once, under the address readers know', () => {
    expect(searchRecords('/index.html', '<main>x</main>')).toEqual([{ url: '/', content: '<main>x</main>' }]);
  });

  test('has a page with modes once for each, without what the other shows', () => {
    const html = '<main><section data-show="secure">s</section><section data-show="insecure">i</section></main>';
    expect(searchRecords('/x.html', html)).toEqual([
      { url: '/x.html?filters=secure', content: '<main><section data-show="secure">s</section><section data-pagefind-ignore="all" data-show="insecure">i</section></main>' },
      { url: '/x.html?filters=insecure', content: '<main><section data-pagefind-ignore="all" data-show="secure">s</section><section data-show="insecure">i</section></main>' },
    ]);
  });
});
