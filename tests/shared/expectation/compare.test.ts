import { describe, expect, it } from 'vitest';
import { compareOutput, explainDifference } from '../../../shared/expectation/compare.ts';

const compare = (expected: string, actual: string, unordered = false): ReturnType<typeof compareOutput> =>
  compareOutput({ text: expected, unordered }, actual, new Map());
const difference = (expected: string, actual: string, unordered = false): string =>
  explainDifference(compare(expected, actual, unordered));

describe('expected output', () => {
  it.each([
    ['the same text', 'a\nb', 'a\nb\n'],
    ['space at line ends and empty lines around do not count', '\na  \n', 'a\n\n'],
    ['special characters stand for themselves', '(1 row) [a] $1.*', '(1 row) [a] $1.*'],
    ['captures', 'id {int}, {uuid}, {any}!', 'id -12, 00000000-0000-4000-8000-00000000000a, !'],
    ['a named capture that recurs', 'from {int:a}\nto {int:b}, not {int:a}', 'from 1\nto 2, not 1'],
    ['a named capture twice in a line', '{int:a} = {int:a}', '7 = 7'],
    ['skipped lines', 'a\n…\nz', 'a\nb\nc\nz'],
    ['skipped lines, none', 'a\n…\nz', 'a\nz'],
    ['skipped to the end', 'a\n…', 'a\nb'],
    ['skipped lines, one of them like the line after them', 'a\n…\nz\ny', 'a\nz\nb\nz\ny'],
    ['nothing at all', '', '\n'],
    ['a labelled value after skipped lines, some of which are like it', '…\nx {int:a}\n…\ny {int:a}', 'x 1\ny 2\ny 1'],
    ['a labelled value that is not the first that fits', '…\nx {int:a}\n…\ny {int:a}', 'x 1\nx 2\ny 2'],
  ])('fits: %s', (_, expected, actual) => {
    expect(compare(expected, actual)).toMatchObject({ fits: true, differing: 0 });
    expect(difference(expected, actual)).not.toMatch(/^[-+]/m);
  });

  it.each([
    ['another text', 'a', 'b', '- a\n+ b', 1],
    ['space at the start', 'a', ' a', '- a\n+  a', 1],
    ['a line missing', 'a\nb', 'a', '  a\n- b', 1],
    ['a line too many', 'a', 'a\nb', '  a\n+ b', 1],
    ['a line too many before all', 'a\nb', 'x\na\nb', '+ x\n  a\n  b', 1],
    ['a line in the middle', 'a\nb\nc', 'a\nx\nc', '  a\n- b\n+ x\n  c', 1],
    ['two places', 'a\nb\nc\nd', 'x\nb\nc\ny\nz', '- a\n+ x\n  b\n  c\n- d\n+ y\n+ z', 3],
    ['no number', '{int}', 'x', '- {int}\n+ x', 1],
    ['a named capture with another value, which is told', '{int:a}\n{int:a}', '1\n2', '  1\n- 1\n+ 2', 1],
    [
      'a named capture with another value, after another line that differs',
      'x\n{int:a}\n{int:a}',
      'y\n1\n2',
      '- x\n+ y\n  1\n- 1\n+ 2',
      2,
    ],
    ['the line after the skipped ones never comes', '…\nz', 'a\nb', '  a\n- z\n+ b', 1],
    ['a line before skipped ones', 'a\n…\nz', 'x\nb\nz', '- a\n+ x\n  b\n  z', 1],
    ['nothing printed', 'a\nb', '', '- a\n- b', 2],
  ])('does not fit: %s', (_, expected, actual, explained, differing) => {
    expect(compare(expected, actual)).toMatchObject({ fits: false, differing });
    expect(difference(expected, actual)).toBe(explained);
  });

  it.each([
    ['the number of rows', '…\n(5 rows)', 'a\nb\n(4 rows)', '  a\n  b\n- (5 rows)\n+ (4 rows)'],
    [
      'a line in the middle of those after the skipped ones',
      'a\n…\nb {int} c\nd\n\n(2 rows)',
      'a\nx\nb 1 q\nd\n\n(2 rows)',
      '  a\n  x\n- b {int} c\n+ b 1 q\n  d\n  \n  (2 rows)',
    ],
    ['a line before the skipped ones', 'a\nb\n…\nz', 'a\nx\ny\nz', '  a\n- b\n+ x\n  y\n  z'],
    [
      'a line between skipped ones: what is most like it',
      '…\nmoved 5 of 9\n…\nz',
      'a\nmoved 6 of 9\nb\nz',
      '  a\n- moved 5 of 9\n+ moved 6 of 9\n  b\n  z',
    ],
    ['a line between skipped ones, where nothing is like it', 'a\n…\nm\n…\nz', 'a\nb\nz', '  a\n- m\n  b\n  z'],
    ['an end that never comes', 'a\n…\nz', 'a', '  a\n- z'],
  ])('marks what was printed in the place of a line next to `…`: %s', (_, expected, actual, explained) => {
    expect(compare(expected, actual)).toMatchObject({ fits: false, differing: 1 });
    expect(difference(expected, actual)).toBe(explained);
  });

  it('tells the first difference, with its line in the expected output', () => {
    expect(compare('\na\n…\nb 1\nc', 'a\nx\nb 2\nd').first).toEqual({
      expected: { text: 'b 1', line: 4 },
      printed: 'b 2',
    });
    expect(compare('a\nb', 'a').first).toEqual({ expected: { text: 'b', line: 2 } });
    expect(compare('a', 'a\nb').first).toEqual({ printed: 'b' });
    expect(compare('b\na {int}\nc', 'a x\nc\nb', true).first).toEqual({
      expected: { text: 'a {int}', line: 2 },
      printed: 'a x',
    });
    expect(compare('a', 'a').first).toBeUndefined();
  });

  it('says when nothing was printed, unless that is expected', () => {
    expect(compare('a', '\n\n').printedNothing).toBe(true);
    expect(compare('a', 'b').printedNothing).toBe(false);
    expect(compare('', '').printedNothing).toBe(false);
  });

  it('lines may come in any order when the page says so, each as often as there', () => {
    expect(compare('a {int}\nb\n(2 rows)', 'b\na 7\n(2 rows)', true).fits).toBe(true);
    expect(difference('a\na', 'b\na', true)).toBe('- a\n+ b\n  a');
    expect(difference('a', 'a\na', true)).toBe('  a\n+ a');
    expect(difference('a\nb', 'b', true)).toBe('  b\n- a');
  });

  it('lines in any order and skipped ones go together', () => {
    expect(compare('b\n…\na {int}', 'x\na 1\ny\nb', true)).toMatchObject({ fits: true, differing: 0 });
    expect(compare('…', '', true).fits).toBe(true);
    expect(difference('b\n…\na 1', 'x\ny\na 2\nb', true)).toBe('  x\n  y\n- a 1\n+ a 2\n  b');
    expect(difference('b\n…\na', 'x\nb', true)).toBe('  x\n  b\n- a');
  });

  it('a line that fits is not left to `…` when another one before it differs', () => {
    expect(difference('a\nb\n…', 'x\nb\nc')).toBe('- a\n+ x\n  b\n  c');
  });

  it('in any order, a capture leaves a line to the expected one that needs it', () => {
    expect(compare('{any}\nb', 'b\na', true).fits).toBe(true);
    expect(compare('{any}\n{word}\n{int}', '1\na b\nc', true).fits).toBe(true);
    expect(compare('{int}\n{int}\n{word}', '1\na\nb', true).fits).toBe(false);
    expect(compare('x {int:a}\ny {int:a}', 'y 2\nx 1\nx 2', true).fits).toBe(false);
    expect(compare('x {int:a}\ny {int:a}\n…', 'y 2\nx 1\nx 2', true).fits).toBe(true);
  });

  it('in any order, what is missing is put at the printed line most like it', () => {
    const table = ' 1 | 100\n 2 | 250\n(2 rows)';
    expect(difference(table, ' 2 | 300\n 1 | 100\n(3 rows)', true)).toBe(
      '-  2 | 250\n+  2 | 300\n   1 | 100\n- (2 rows)\n+ (3 rows)',
    );
  });

  it('other words in braces are what is printed, and so are captures behind a backslash', () => {
    expect(compare('{primary} {a:b} {1}', '{primary} {a:b} {1}').fits).toBe(true);
    expect(compare(String.raw`\{int} is {int}`, '{int} is 1').fits).toBe(true);
    expect(compare(String.raw`\{int}`, '1').fits).toBe(false);
    expect(compare(String.raw`\\{int}`, String.raw`\1`).fits).toBe(true);
    expect(compare(String.raw`\\\{int}`, String.raw`\{int}`).fits).toBe(true);
  });

  it('a line that was expected is reported as its author wrote it, with the values that are known', () => {
    const captures = new Map([['a', '{int}']]);
    const { lines } = compareOutput(
      { text: String.raw`{primary} \{int} {int} {word:a}`, unordered: false },
      'x',
      captures,
    );
    expect(lines[0]).toMatchObject({ is: 'missing', text: String.raw`{primary} \{int} {int} \{int}` });
  });

  it('keeps labelled values from one output to the next, if the output matches', () => {
    const captures = new Map<string, string>();
    const compareOn = (text: string, actual: string): ReturnType<typeof compareOutput> =>
      compareOutput({ text, unordered: false }, actual, captures);
    expect(compareOn('moved {int:amount}\nto {int:other}', 'moved 5\nto nobody').fits).toBe(false);
    expect([...captures]).toEqual([]);
    compareOn('moved {int:amount}', 'moved 5');
    expect(explainDifference(compareOn('{int:amount}', '6'))).toBe('- 5\n+ 6');
  });

  it('a difference is reported with the lines around it, without all that matches or follows', () => {
    const letters = [...'abcdefghij'];
    expect(difference(letters.join('\n'), letters.join('\n').replace('e', 'x'))).toBe(
      '  a\n  b\n  c\n  d\n- e\n+ x\n  f\n  g\n  … 3 lines',
    );
    expect(difference('a', `a\n${'x\n'.repeat(27)}`).split('\n')).toEqual([
      '  a',
      ...Array<string>(20).fill('+ x'),
      '  … 7 lines',
    ]);
  });

  it('compares a long output with a short expectation', () => {
    const many = Array.from({ length: 20_000 }, (_, line) => `line ${line}`).join('\n');
    expect(compare('{any}\n…\nline 19999', many).fits).toBe(true);
    expect(compare('line {int}\nb', many).differing).toBe(19_999);
    expect(compare('…\nline 19998\nline', many).first).toEqual({
      expected: { text: 'line', line: 3 },
      printed: 'line 19999',
    });
    expect(compare('line {int}\n…\nb', many, true).differing).toBe(1);
    const changed = many.replace('line 10000', 'x');
    expect(compare(many, changed)).toMatchObject({ differing: 1, first: { printed: 'x' } });
  });
});
