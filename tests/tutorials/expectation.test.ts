import { describe, expect, it } from 'vitest';
import { compareOutput, explainMismatch } from './expectation.ts';

const compare = (expected: string, actual: string): ReturnType<typeof compareOutput> => compareOutput(expected, actual, new Map());

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
  ])('fits: %s', (_, expected, actual) => {
    expect(compare(expected, actual)).toBeUndefined();
  });

  it.each([
    ['another text', 'a', 'b', { line: 1, expected: 'a', found: 'b' }],
    ['space at the start', 'a', ' a', { line: 1, expected: 'a', found: ' a' }],
    ['a line missing', 'a\nb', 'a', { line: 2, expected: 'b', found: undefined }],
    ['a line too many', 'a', 'a\nb', { line: 2, expected: '(the end)', found: 'b' }],
    ['no number', '{int}', 'x', { line: 1, expected: '{int}', found: 'x' }],
    ['a named capture with another value', '{int:a}\n{int:a}', '1\n2', { line: 2, expected: '{int:a}', found: '2' }],
    ['the line after the skipped ones never comes', '…\nz', 'a\nb', { line: 2, expected: 'z', found: undefined }],
  ])('does not fit: %s', (_, expected, actual, mismatch) => {
    expect(compare(expected, actual)).toEqual(mismatch);
  });

  it('lines may come in any order where the page says so, each as often as there', () => {
    const compareRows = (expected: string, actual: string): ReturnType<typeof compareOutput> => compareOutput(expected, actual, new Map(), true);
    expect(compareRows('a {int}\nb\n(2 rows)', 'b\na 7\n(2 rows)')).toBeUndefined();
    expect(compareRows('a\na', 'a\nb')).toEqual({ line: 2, expected: 'a', found: 'b' });
    expect(compareRows('a', 'a\na')).toEqual({ line: 2, expected: '(the end)', found: 'a' });
  });

  it('a mismatch is told as a diff', () => {
    expect(explainMismatch('a\nb\nc', 'a\nx\nc', { line: 2, expected: 'b', found: 'x' })).toBe('  a\n- b\n- c\n+ x\n+ c');
  });

  it('a capture of an unknown kind is the author’s mistake', () => {
    expect(() => compare('{number}', '1')).toThrow('there is no capture {number}');
  });

  it('keeps named values from one block to the next', () => {
    const captures = new Map<string, string>();
    compareOutput('moved {int:amount}', 'moved 5', captures);
    expect(compareOutput('{int:amount}', '6', captures)).toBeDefined();
  });
});
