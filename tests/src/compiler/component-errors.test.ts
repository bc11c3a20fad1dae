import { describe, expect, test } from 'vitest';
import { COMPONENTS } from '../../../src/compiler/components.ts';
import { fault } from './fault.ts';

const FILES = { 'partials/p.mdx': 'x', 'samples/pony/shared/a.py': 'pass\n' };

describe('an author is told', () => {
  test.each([
    [
      'a misspelt attribute, and not that the right one is missing',
      '<Partial flie="p.mdx" />',
      'found the attribute `flie` in `<Partial>`; expected `file`. Did you mean `file`?',
    ],
    ['a missing attribute', '<Partial />', 'found `<Partial>` without `file`; expected `<Partial file="…">`.'],
    ['an empty attribute', '<Partial file="" />', 'found `file=""` in `<Partial>`; expected `file="…"`.'],
    ['a folder as partial', '<Partial file="." />', 'found the partial `.`; expected `p.mdx`.'],
    ['a file of another folder', '<Partial file="../x" />', 'found the partial `../x`; expected `p.mdx`.'],
    [
      'an attribute without a value',
      '<Sample driver="pony" file="a.py" shows />',
      'found `shows` in `<Sample>`; expected `shows="…"`.',
    ],
    ['code as a value', '<Mode is={secure}>\n\nx\n\n</Mode>', 'found `is={…}` in `<Mode>`; expected `is="…"`.'],
    [
      'attributes from code',
      '<Note {...all}>\n\nx\n\n</Note>',
      'found `{…}` in `<Note>`; expected attributes such as `name="value"`.',
    ],
    [
      'an attribute that is there twice',
      '<Note title="a" title="b">\n\nx\n\n</Note>',
      'found `title` twice in `<Note>`; expected it once.',
    ],
    [
      'an attribute of a component that has none',
      '<Drivers of="python" />',
      'found the attribute `of` in `<Drivers>`; expected none here.',
    ],
    [
      'braces in prose',
      'It prints {int} rows.',
      'found `{int}` in the text, which MDX takes for code; expected `\\{` for a brace, or backticks around code.',
    ],
    [
      'a line of prose that MDX takes for code',
      'import the data\nfirst.',
      'found `import the data`, which MDX takes for code; expected a line that begins with another word than ' +
        '`import` or `export`: pages import nothing.',
    ],
  ])('%s', (_what, text, sentence) => {
    expect(fault(text, FILES)).toBe(`content/tutorials/page.mdx:1: ${sentence}`);
  });

  test('a component without its capital letter', () => {
    const told = fault('<note>\n\nx\n\n</note>', FILES);
    expect(told).toMatch(/^content\/tutorials\/page\.mdx:1: found the component `note`; .* Did you mean `Note`\?$/);
  });

  test('nothing about comments, escaped braces and elements of HTML', () => {
    const text = '{/* later: {int} */}\n\nIt prints \\{int} and `{int}`. {/* x */}\n\n<p className="x" hidden>y</p>\n';
    expect(fault(text, FILES)).toBeUndefined();
  });

  test.each(COMPONENTS.map(({ name, attributes }) => ({ name, attributes })))(
    'a misspelt attribute of <$name>',
    ({ name }) => {
      expect(fault(`<${name} tilte="x" />`, FILES)).toContain(
        `found the attribute \`tilte\` in \`<${name}>\`; expected`,
      );
    },
  );
});
