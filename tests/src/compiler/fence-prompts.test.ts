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

  test('reveal output that was pasted among commands', () => {
    expect(stripPrompts('$ ls\nca.crt', 'shell').strayLines).toEqual([1]);
    expect(stripPrompts('> SELECT 1;\n(1 row)', 'sql').strayLines).toEqual([1]);
  });
});
