import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/decimal.ts';
import { addPage } from '../../../src/data/reading.ts';
import { changesSentence, sumSentence } from '../../../src/sentences/data-sentences.ts';
import { pageOf } from '../data/pages.ts';

describe('sums', () => {
  it.each([
    [undefined, '10000', 'sum of balance 10000'],
    ['10000', '10000', 'sum of balance 10000 → 10000, unchanged'],
    ['10000', '10250.5', 'sum of balance 10000 → 10250.5, changed by +250.5'],
    ['2.50', '2.5', 'sum of balance 2.50 → 2.5, unchanged'],
    [null, '5', 'sum of balance 0 → 5, changed by +5'],
    ['5', null, 'sum of balance 5 → 0, changed by -5'],
    ['NaN', '1E+400', 'sum of balance NaN → 1E+400, changed'],
  ])('%s and then %s is “%s”', (was, is, sentence) => {
    expect(sumSentence('balance', was, is)).toBe(sentence);
  });

  it('are compared exactly, however long they are', () => {
    expect(differenceOf('99999999999999999999999.01', '100000000000000000000000')).toBe('0.99');
    expect(differenceOf('-1.10', '-2.1')).toBe('-1');
    expect(differenceOf('1e3', '5')).toBeUndefined();
  });

  it('of floating point numbers do not change with the order of the rows', () => {
    const columns = [{ name: 'balance', type: 'FLOAT8' }];
    const of = (sum: string): unknown => addPage(undefined, pageOf([], { columns, sum })).sums.get('balance');
    expect(of('0.30000000000000004')).toBe(of('0.3'));
  });
});

describe('what changed, in words', () => {
  const cell = { row: '1', key: '1', column: 'balance', was: '5', is: null };
  const none = { cells: [], changedRows: 0, newRows: 0, removedRows: 0, isPartial: false };
  it.each([
    [none, 'Nothing changed.'],
    [{ ...none, isPartial: true }, 'Nothing changed among the rows seen here.'],
    [
      { ...none, cells: [cell], changedRows: 1, newRows: 2, removedRows: 1 },
      '1 row changed, 2 new rows, 1 row removed. balance of 1: 5 → NULL.',
    ],
    [
      { ...none, cells: [cell, cell, cell, cell, cell], changedRows: 5 },
      '5 rows changed. balance of 1: 5 → NULL; balance of 1: 5 → NULL; balance of 1: 5 → NULL; and 2 more.',
    ],
  ])('%o: %s', (changes, sentence) => {
    expect(changesSentence(changes, undefined)).toBe(sentence);
  });

  it('says how much a transfer moved, and where', () => {
    const [from, to] = [
      { ...cell, was: '1000', is: '750' },
      { ...cell, row: 'x'.repeat(50), was: '0', is: '250' },
    ];
    expect(
      changesSentence({ ...none, cells: [from, to], changedRows: 2 }, { column: 'balance', from, to, amount: '250' }),
    ).toBe(`250 of balance went from 1 (1000 → 750) to ${'x'.repeat(40)}… (0 → 250).`);
  });
});
