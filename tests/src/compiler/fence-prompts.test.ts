import { describe, expect, test } from 'vitest';
import { stripPrompts } from '../../../src/compiler/fence-prompts.ts';

describe('prompts', () => {
  test('are removed, and the rest is kept byte for byte', () => {
    expect(stripPrompts('$ python  "a b".py\n', 'shell')).toEqual({ marks: [true], text: 'python  "a b".py' });
    expect(stripPrompts("> SELECT '> ';\n> SELECT 2;\n", 'sql')).toEqual({
      marks: [true, true],
      text: "SELECT '> ';\nSELECT 2;",
    });
  });

  test('leave line continuations and their indentation unchanged', () => {
    expect(stripPrompts('$ cockroach sql \\\n    --insecure\n$ ls', 'shell')).toEqual({
      marks: [true, false, true],
      text: 'cockroach sql \\\n    --insecure\nls',
    });
  });

  test('leave a statement over several lines unchanged', () => {
    expect(stripPrompts('> SELECT 1,\n    2;', 'sql')).toEqual({ marks: [true, false], text: 'SELECT 1,\n    2;' });
  });

  test('leave a here-document unchanged, including empty lines and lines that look like output', () => {
    expect(stripPrompts('$ cat > a.txt <<EOF\none\n\ntwo\nEOF\n$ ls', 'shell')).toEqual({
      marks: [true, false, false, false, false, true],
      text: 'cat > a.txt <<EOF\none\n\ntwo\nEOF\nls',
    });
  });

  test('are optional', () => {
    expect(stripPrompts('ls\npwd', 'shell')).toEqual({ marks: [false, false], text: 'ls\npwd' });
  });

  test('of the other kind are not prompts', () => {
    expect(stripPrompts('> out.txt', 'shell').text).toBe('> out.txt');
  });

  test('may have blanks before them, which are removed from the whole block', () => {
    expect(stripPrompts('\t$ ls \\\n\t    -l\n\t$ pwd', 'shell')).toEqual({
      marks: [true, false, true],
      text: 'ls \\\n    -l\npwd',
    });
    expect(stripPrompts('  > SELECT 1\n  > FROM t;', 'sql')).toEqual({
      marks: [true, true],
      text: 'SELECT 1\nFROM t;',
    });
  });

  test('are not what looks like one in the middle of a command', () => {
    expect(stripPrompts('> SELECT a\n  > 5;', 'sql')).toEqual({ marks: [true, false], text: 'SELECT a\n  > 5;' });
    expect(stripPrompts('$ cat <<EOF\n$ ls\nEOF', 'shell')).toEqual({
      marks: [true, false, false],
      text: 'cat <<EOF\n$ ls\nEOF',
    });
  });

  test('leave quotes and loops over several lines unchanged', () => {
    const text = 'cockroach sql -e "SELECT 1,\n2;"\nfor i in 1 2; do\n  ls\ndone';
    expect(stripPrompts(`$ ${text.replace('\nfor', '\n$ for')}`, 'shell')).toEqual({
      marks: [true, false, true, false, false],
      text,
    });
  });

  test('reveal output that was pasted among commands', () => {
    expect(stripPrompts('$ ls\nca.crt', 'shell').strayLines).toEqual([1]);
    expect(stripPrompts('> SELECT 1;\n(1 row)', 'sql').strayLines).toEqual([1]);
  });
});
