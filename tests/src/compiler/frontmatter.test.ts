import { describe, expect, test } from 'vitest';
import { readFrontmatter } from '../../../src/compiler/frontmatter.ts';
import type { Mistake } from '../../../src/compiler/mistake.ts';

const FILE = 'content/tutorials/page.mdx';

function read(text: string) {
  const mistakes: Mistake[] = [];
  return { ...readFrontmatter(text, FILE, (mistake) => mistakes.push(mistake)), mistakes };
}

/** Returns a page's text with these lines of frontmatter. */
const having = (...lines: string[]): string => ['---', ...lines, '---', 'text'].join('\n');
const valid = ['title: T', 'summary: S'];

describe('the frontmatter of a page', () => {
  test('has defaults, and leaves the lines of the text where they are', () => {
    const { frontmatter, body, mistakes } = read(having(...valid, 'needs: v23.2'));
    expect(frontmatter).toEqual({
      title: 'T',
      summary: 'S',
      toc: true,
      twitter: false,
      imports: [],
      needs: 'v23.2',
    });
    expect(body.split('\n').map((line) => line.trim())).toEqual(['', '', '', '', '', 'text']);
    expect(mistakes).toEqual([]);
  });

  test('may have the line ends and the byte-order mark of Windows', () => {
    const { frontmatter, mistakes } = read(`\uFEFF${having(...valid).replaceAll('\n', '\r\n')}`);
    expect([frontmatter.title, frontmatter.summary, mistakes]).toEqual(['T', 'S', []]);
  });

  test.each(['23.2', 'v23', '"23.2"', 'v23.2.1', 'latest', '""', 'null'])(
    'tells the author what `needs: %s` should have been, and its line',
    (needs) => {
      expect(read(having(...valid, `needs: ${needs}`)).mistakes).toMatchObject([
        { file: FILE, line: 4, expected: 'the oldest CockroachDB that the steps run on, as in `v23.2`' },
      ]);
    },
  );

  test.each([
    ['an unknown key', ['title: T', 'sumary: S'], 3, 'the key `sumary` in the frontmatter', 'summary'],
    ['a missing key', ['title: T'], 1, 'frontmatter without `summary`', undefined],
    ['a wrong value', [...valid, 'toc: maybe'], 4, '`toc: "maybe"` in the frontmatter', undefined],
    ['an empty text', ['title: ""', 'summary: S'], 2, '`title: ""` in the frontmatter', undefined],
    ['a name with blanks', [...valid, 'name: My Page'], 4, '`name: "My Page"` in the frontmatter', undefined],
    ['a key that is there twice', [...valid, 'title: U'], 4, expect.stringContaining('not valid YAML'), undefined],
    ['an open quote', ['title: "T', 'summary: S'], expect.any(Number), expect.stringContaining('YAML'), undefined],
    ['a list', ['- T', '- S'], 2, 'frontmatter without keys', undefined],
  ])('tells the author of %s', (_what, lines, line, found, meant) => {
    const [first, ...others] = read(having(...lines)).mistakes;
    expect(first).toMatchObject({ file: FILE, line, found });
    expect(first?.meant).toBe(meant);
    expect(others).toEqual([]);
  });

  test('cannot be left out', () => {
    expect(read('# Page\n\n---\n').mistakes).toMatchObject([{ line: 1, found: 'a page without frontmatter' }]);
  });
});
