import { describe, expect, it } from 'vitest';
import { bounded, cellText, countSentence, fitting, holdNumbers } from '../../../../src/runner/result/rows-view.ts';

const rows = (count: number, cell = 'x'): string[][] => Array.from({ length: count }, () => [cell]);

describe('an answer that is not shown completely', () => {
  it('says how many rows there are, and how many of them are shown', () => {
    expect(countSentence(5000, 200)).toBe('5000 rows, the first 200 shown.');
    expect([countSentence(200, 200), countSentence(1, 1), countSentence(0, 0)]).toEqual([
      '200 rows',
      '1 row',
      '0 rows',
    ]);
  });

  it('says how many characters a long cell has, as people count them', () => {
    expect(cellText('x'.repeat(501))).toBe(`${'x'.repeat(500)}… (501 characters)`);
    expect(cellText('😀'.repeat(600))).toBe(`${'😀'.repeat(500)}… (600 characters)`);
    expect(cellText('😀'.repeat(500))).toBe('😀'.repeat(500));
  });

  it('shows whole rows in the shell’s format, as many as fit with all their lines', () => {
    expect(fitting(rows(10))).toBe(10);
    expect(fitting(rows(5000))).toBe(996);
    expect(fitting(rows(5000, 'two\nlines'))).toBe(498);
    expect(fitting(rows(2, '\n'.repeat(5000)))).toBe(1);
  });

  it('distinguishes columns of numbers from others', () => {
    expect(
      holdNumbers(4, [
        ['1', '-2.50', 'Ada', null],
        [null, '1000', '1', null],
      ]),
    ).toEqual([true, true, false, false]);
    expect(holdNumbers(1, [])).toEqual([false]);
  });

  it('says how many lines of a single huge row are left out', () => {
    const lines = Array.from({ length: 5000 }, (_, line) => String(line));
    const shown = bounded(`${lines.join('\n')}\n`).split('\n');
    expect(shown).toHaveLength(1000);
    expect(shown.slice(-3)).toEqual(['997', '… 4001 lines left out here', '4999']);
  });
});
