import { describe, expect, it } from 'vitest';
import { translateError } from '../../../src/sql/results/translate-error.ts';

describe('translateError', () => {
  it('points at the word that CockroachDB would name', () => {
    expect(
      translateError({ code: '42601', message: 'syntax error at or near "FORM"', position: 10 }, 'SELECT * FORM t'),
    ).toEqual(
      expect.objectContaining({
        code: '42601',
        message: 'at or near "form": syntax error',
        detail: 'source SQL:\nSELECT * FORM t\n         ^',
      }),
    );
  });

  it('indents the caret by one space for each byte, as CockroachDB does', () => {
    expect(
      translateError({ code: '42601', message: 'syntax error at or near "FROM"', position: 14 }, "SELECT 'ж😀', FROM x")
        .detail,
    ).toBe(`source SQL:\nSELECT 'ж😀', FROM x\n${' '.repeat(17)}^`);
  });

  it('turns every conflict into an error on which programs retry', () => {
    for (const code of ['40001', '40P01']) {
      const told = translateError({ code, message: 'could not serialize access due to concurrent update' }, '');
      expect(told.code).toBe('40001');
      expect(told.message).toMatch(/^restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError/);
    }
  });

  it.each([
    [
      { code: '23505', message: 'x', constraint: 'accounts_pkey' },
      'duplicate key value violates unique constraint "primary"',
    ],
    [{ code: '23502', message: 'x', column: 'id' }, 'null value in column "id" violates not-null constraint'],
    [
      { code: '22P02', message: 'invalid input syntax for type bigint: "a"' },
      'could not parse "a" as type int: strconv.ParseInt: parsing "a": invalid syntax',
    ],
    [
      { code: '42846', message: 'UNION could not convert type numeric to bigint' },
      'UNION types int and decimal cannot be matched',
    ],
    [
      { code: '42846', message: 'COALESCE could not convert type bigint to double precision' },
      'incompatible COALESCE expressions: expected type float, found type int',
    ],
    [
      { code: '42804', message: 'INTERSECT types text and integer cannot be matched' },
      'INTERSECT types string and int cannot be matched',
    ],
    [{ code: '42883', message: 'function nosuch(integer) does not exist' }, 'unknown signature: nosuch(int)'],
    [{ code: '42P01', message: 'relation "t" does not exist' }, 'relation "t" does not exist'],
  ])('%o', (seen, message) => {
    expect(translateError(seen, '').message).toBe(message);
  });
});
