import { describe, expect, test } from 'vitest';
import { fault } from './fault.ts';

describe('the author of a partial is told', () => {
  test('a missing partial', () => {
    expect(fault('<Partial file="verify.mdx" />', { 'partials/verifi.mdx': 'x' })).toBe(
      'content/tutorials/page.mdx:1: found the partial `verify.mdx`; expected `verifi.mdx`. Did you mean `verifi.mdx`?',
    );
  });

  test('a mistake in a partial, with its position in the partial', () => {
    expect(fault('<Partial file="p.mdx" />', { 'partials/p.mdx': 'text\n\n```shell urn\nls\n```\n' })).toBe(
      'content/partials/p.mdx:3: found the word `urn` in a `shell` fence; expected `run`, ' +
        '`background` or `fails`. Did you mean `run`?',
    );
  });

  test('a partial that is not valid MDX, at its place there', () => {
    expect(fault('<Partial file="p.mdx" />', { 'partials/p.mdx': 'text\n\n<Note>\n\nnever closed\n' })).toMatch(
      /^content\/partials\/p\.mdx:3: found `<Note>`, which nothing closes/,
    );
  });

  test('partials that include each other', () => {
    expect(
      fault('<Partial file="a.mdx" />', {
        'partials/a.mdx': '<Partial file="b.mdx" />',
        'partials/b.mdx': '<Partial file="a.mdx" />',
      }),
    ).toContain('found partials that include each other: partials/a.mdx → partials/b.mdx → partials/a.mdx');
  });
});
