import { describe, expect, test } from 'vitest';
import { describeMistake, type Mistake } from '../../../src/compiler/mistake.ts';
import { parseMdx } from '../../../src/compiler/parse-mdx.ts';

/** Returns what the author of this text is told. */
function told(text: string): string[] {
  const mistakes: Mistake[] = [];
  parseMdx(text, 'page.mdx', (mistake) => mistakes.push(mistake));
  return mistakes.map(describeMistake);
}

describe('an author is told', () => {
  test.each([
    [
      'an open brace',
      'a {x b',
      'page.mdx:1: found `{`, which nothing closes; expected `\\{` if this is text, or backticks around ' + 'code.',
    ],
    [
      'code in braces that is none',
      'é\n\na {one two} c',
      'page.mdx:3: found `{one two}` in the text, which MDX takes for code; expected `\\{` for a brace, or ' +
        'backticks around code.',
    ],
    ['a bracket', 'é <= 3', 'page.mdx:1: found `<` in the text; expected `\\<`, or backticks around code.'],
    ['an element without an end', 'a\n<br>\nb', 'page.mdx:2: found `<br>`; expected `<br />`.'],
    [
      'a word in brackets',
      'at <host>:26257',
      'page.mdx:1: found `<host>`, which nothing closes; expected `</host>` where it ends, or `\\<` if ' +
        'this is text.',
    ],
    [
      'an address in brackets',
      '<https://x.example>',
      'page.mdx:1: found `<https://x.example>`; expected `[text](https://x.example)`.',
    ],
    ['a comment of HTML', 'a\n\n<!-- later -->', 'page.mdx:3: found a comment of HTML (`<!--`); expected `{/* … */}`.'],
    [
      'a component that nothing closes',
      'a\n\n<Note title="x">\n\nb',
      'page.mdx:3: found `<Note title="x">`, which nothing closes; expected `</Note>` where it ends, or ' +
        '`\\<` if this is text.',
    ],
    [
      'the same, misspelt',
      '<Moed is="secure">\n\nb',
      'page.mdx:1: found `<Moed is="secure">`, which nothing closes; expected `</Moed>` where it ends, or ' +
        '`\\<` if this is text. Did you mean `Mode`?',
    ],
    [
      'another end',
      '<Note>\n\nx\n\n</Mode>',
      'page.mdx:5: found `</Mode>` while `<Note>` of line 1 is open; expected `</Note>`.',
    ],
    ['an end alone', 'a\n\n</Note>', 'page.mdx:3: found `</Note>` without a beginning; expected `<Note>` above it.'],
    [
      'an end in another paragraph',
      '<Note>\na\n\nb</Note>',
      'page.mdx:4: found `</Note>` in another paragraph than its `<Note>` of line 1; expected both in the ' +
        'same paragraph, or each in a line of its own between empty lines.',
    ],
    [
      'attributes without quotes',
      '<Note title=x>\n\na\n\n</Note>',
      'page.mdx:1: found `<Note title=x>`, whose attributes cannot be read; expected `name="value"` for ' +
        'each, or `\\<` if this is text.',
    ],
  ])('of %s', (_what, text, sentence) => {
    expect(told(text)).toEqual([sentence]);
    expect(told(text.replaceAll('\n', '\r\n'))).toEqual([sentence]);
  });

  test('of all characters that are refused in one file', () => {
    expect(told('a <b c\n\nd {e f} g {\n\nx <host> y\n\n<!-- z -->\n').map((line) => line.split(':')[1])).toEqual([
      '1',
      '3',
      '3',
      '5',
      '7',
    ]);
  });
});
