import { describe, expect, it } from 'vitest';
import { decimalText, exponentText, floatText } from '../../../src/sql/results/number-texts.ts';

describe('numbers as CockroachDB writes them', () => {
  it.each([
    ['0.000001', '0.000001'],
    ['0.0000001', '1E-7'],
    ['-0.00000012300', '-1.2300E-7'],
    ['0.0000000', '0E-7'],
    ['10.0000000', '10.0000000'],
    ['{1.0,0.00000005,NULL}', '{1.0,5E-8,NULL}'],
  ])('the decimal %s is %s', (text, printed) => {
    expect(decimalText(text)).toBe(printed);
  });

  it.each([
    ['1000', 3, '1E+3'],
    ['-15000', 3, '-1.5E+4'],
    ['1000', 2, '1.0E+3'],
    ['0', 5, '0E+5'],
  ])('the decimal %s with the exponent %i is %s', (text, exponent, printed) => {
    expect(exponentText(text, exponent)).toBe(printed);
  });

  it('infinite floats have a sign', () => {
    expect(floatText('{Infinity,-Infinity,NaN}')).toBe('{+Inf,-Inf,NaN}');
  });
});
