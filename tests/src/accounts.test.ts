import { describe, expect, test } from 'vitest';
import { accountsOf, barOf, totalOf } from '../../src/accounts.ts';

const COLUMNS = ['owner', 'balance'];
const rows = (count: number): string[][] =>
  Array.from({ length: count }, (_, index) => [`owner ${index}`, String(index)]);

describe('rows of a bank', () => {
  test('are read as accounts, including debts', () => {
    expect(
      accountsOf(COLUMNS, [
        ['Ada', '1000'],
        ['Grace', '-5'],
      ]),
    ).toEqual([
      { owner: 'Ada', balance: 1000 },
      { owner: 'Grace', balance: -5 },
    ]);
    expect(accountsOf(COLUMNS, rows(12))).toHaveLength(12);
  });

  test.each([
    ['with other columns', ['id', 'balance'], [['1', '1000']]],
    ['with one column more', [...COLUMNS, 'since'], [['Ada', '1000', '2026']]],
    ['without any', COLUMNS, []],
    ['that are too many', COLUMNS, rows(13)],
    ['whose balance is no whole number', COLUMNS, [['Ada', '10.50']]],
    ['whose balance is more than can be added exactly', COLUMNS, [['Ada', '9'.repeat(13)]]],
    ['whose balance is text', COLUMNS, [['Ada', '<b>1</b>']]],
    ['whose balance is missing', COLUMNS, [['Ada', null]]],
    ['of nobody', COLUMNS, [[null, '1']]],
    ['of somebody with an endless name', COLUMNS, [['A'.repeat(41), '1']]],
  ])('%s are left to the ordinary table', (_, columns, given) => {
    expect(accountsOf(columns, given)).toBeUndefined();
  });

  test('have bars proportional to all the money, and never too long', () => {
    expect(
      totalOf([
        { owner: 'Ada', balance: 900 },
        { owner: 'Grace', balance: 1100 },
      ]),
    ).toBe(2000);
    expect([barOf(1000, 3000), barOf(0, 3000), barOf(-5, 10), barOf(15, 10), barOf(0, 0)]).toEqual([
      '33.33%',
      '0%',
      '0%',
      '100%',
      '0%',
    ]);
  });
});
