import { describe } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('aggregates', () => {
  const standin = useStandin();
  const of = (type: string, ...values: string[]): string =>
    `FROM (VALUES ${values.map((value) => `(${value}::${type})`).join(', ')}) AS v (x)`;

  describe('of deviations have twenty digits', () => {
    expectAnswers(standin, {
      [`variance(x), var_pop(x), stddev(x), sqrdiff(x) ${of('INT', '2', '4', '9')}`]:
        '13 | 8.6666666666666666667 | 3.6055512754639892931 | 26',
      [`stddev_samp(x), var_samp(x) ${of('DECIMAL', '1.5', '2.5', '4')}`]:
        '1.2583057392117916162 | 1.5833333333333333333',
      [`stddev(x), variance(x), sqrdiff(x) ${of('FLOAT', '1', '2', '4.5')}`]: '1.80277563773199 | 3.25 | 6.5',
      [`variance(x), var_pop(x), sqrdiff(x) ${of('INT', '7')}`]: 'NULL | 0 | 0',
    });
  });

  describe('that PostgreSQL lacks', () => {
    expectAnswers(standin, {
      [`xor_agg(x), sum_int(x), count_rows(), concat_agg(x::STRING) ${of('INT', '5', '3', 'NULL')}`]: '6 | 8 | 3 | 53',
      [`encode(xor_agg(x), 'hex'), concat_agg(x) ${of('BYTES', "b'\\x0f'", "b'\\xf1'")}`]: 'fe | \\x0ff1',
      [`xor_agg(x) ${of('BYTES', "b'\\x0f'", "b'ab'")}`]: 'XXUUU arguments to xor must all be the same length 1 vs 2',
    });
  });

  describe('of pairs of any numbers are floats', () => {
    const pairs = 'FROM (VALUES (1, 2.0), (2, 4.5), (4, 8.0)) AS v (a, b)';
    expectAnswers(standin, {
      [`regr_count(a, b), regr_sxx(a, a), corr(a, a::FLOAT), covar_pop(b, a) ${pairs}`]:
        '3 | 4.66666666666667 | 1 | 3.05555555555556',
    });
  });

  describe('between two values are of floats', () => {
    expectAnswers(standin, {
      [`percentile_cont(0.25) WITHIN GROUP (ORDER BY x) ${of('FLOAT', '1', '2')}`]: '1.25',
      [`percentile_cont(0.25) WITHIN GROUP (ORDER BY x) ${of('INT', '1', '2')}`]:
        '42883 unknown signature: percentile_cont_impl(decimal, int)',
      [`percentile_disc(0.25) WITHIN GROUP (ORDER BY x) ${of('INT', '1', '2')}`]: '1',
    });
  });
});
