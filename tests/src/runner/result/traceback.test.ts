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

  it('of other files, and other lines, names nothing that a page has', () => {
    expect(frameIn('  File "/usr/lib/python3/random.py", line 4, in x')?.path).toBe('/usr/lib/python3/random.py');
    for (const line of [
      'ZeroDivisionError: division by zero',
      'File "x.py", line many',
      `File "${'x'.repeat(300)}", line 1`,
      'see File "x.py", line 1',
    ])
      expect(frameIn(line)).toBeUndefined();
  });

  it('is found in the text, and at its end where the text has become shorter', () => {
    expect(rangeOfLine('a\nbc\nd', 2)).toEqual({ from: 2, to: 2 });
    expect(rangeOfLine('a\nbc', 999_999)).toEqual({ from: 4, to: 4 });
  });
});
