import { describe, expect, it } from 'vitest';
import { rangeOfLine } from '../../../../src/runner/step/code-range.ts';
import { frameIn } from '../../../../src/runner/result/traceback.ts';

describe('a line of a traceback', () => {
  it('names a line of a file in the reader’s home', () => {
    expect(frameIn('  File "/home/reader/x.py", line 12, in go')).toEqual({
      before: '  ',
      words: 'File "/home/reader/x.py", line 12',
      after: ', in go',
      path: 'x.py',
      line: 12,
    });
    expect(frameIn('  File "bank_site/settings.py", line 3')?.path).toBe('bank_site/settings.py');
  });

  it.each([
    ['    at transferHalf (/home/reader/x.js:57:9)', '    at transferHalf (', '/home/reader/x.js:57:9', ')'],
    ['    at async main (/home/reader/x.js:57:3)', '    at async main (', '/home/reader/x.js:57:3', ')'],
    ['    at /home/reader/x.js:57:11', '    at ', '/home/reader/x.js:57:11', ''],
    ['    at file:///home/reader/x.js:57:1', '    at ', 'file:///home/reader/x.js:57:1', ''],
    ['/home/reader/x.js:57', '', '/home/reader/x.js:57', ''],
  ])('of Node names a line too: %s', (text, before, words, after) => {
    expect(frameIn(text)).toEqual({ before, words, after, path: 'x.js', line: 57 });
  });

  it('of Node that is in none of the reader’s files names none', () => {
    for (const line of [
      '    at Module._compile (node:internal/modules/cjs/loader:1:2)',
      '    at /home/reader/node_modules/pg/lib/client.js:9:1, and on',
      'see /home/reader/x.js:57',
    ])
      expect(frameIn(line)).toBeUndefined();
  });

  it('of other files, and any other line, names nothing on the page', () => {
    expect(frameIn('  File "/usr/lib/python3/random.py", line 4, in x')?.path).toBe('/usr/lib/python3/random.py');
    for (const line of [
      'ZeroDivisionError: division by zero',
      'File "x.py", line many',
      `File "${'x'.repeat(300)}", line 1`,
      'see File "x.py", line 1',
    ])
      expect(frameIn(line)).toBeUndefined();
  });

  it('is found in the text, or at its end when the text has become shorter', () => {
    expect(rangeOfLine('a\nbc\nd', 2)).toEqual({ from: 2, to: 2 });
    expect(rangeOfLine('a\nbc', 999_999)).toEqual({ from: 4, to: 4 });
  });
});
