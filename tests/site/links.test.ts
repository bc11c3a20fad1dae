import { describe, expect, test } from 'vitest';
import { findDeadLinks } from '../../src/build/links.ts';

const site = (body: string): string[] =>
  findDeadLinks(
    new Map([
      ['/index.html', `<h1 id="top">Home</h1>${body}`],
      ['/a/page.html', '<h2 id="best-practices">Best</h2>'],
    ]),
    new Set(['/favicon.svg']),
  );

describe('the link check', () => {
  test.each([
    '#top',
    '/',
    '/a/page',
    'a/page.html#best-practices',
    '/favicon.svg',
    'https://example.com/nothing#here',
    'mailto:a@example.com',
  ])('lets %s pass', (link) => {
    expect(site(`<a href="${link}">x</a>`)).toEqual([]);
  });

  test('reports a missing page, heading and file, and what was probably meant', () => {
    expect(site('<a href="a/pag.html">x</a>')).toEqual([
      '/index.html links to a/pag.html: there is no such page or file. Did you mean `/a/page.html`?',
    ]);
    expect(site('<a href="/a/page.html#best-practice">x</a>')).toEqual([
      '/index.html links to /a/page.html#best-practice: /a/page.html has no such id. Did you mean `best-practices`?',
    ]);
    expect(site('<img src="/favicon.png">')).toHaveLength(1);
  });
});
