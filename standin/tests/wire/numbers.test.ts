import { beforeAll, describe, expect, it } from 'vitest';
import { useStandin } from './served.ts';

describe('numbers', () => {
  const standin = useStandin();
  const first = async (sql: string): Promise<(string | null)[] | undefined> => {
    const { answers, error } = await standin.client.ask({ sql });
    expect(error).toBeNull();
    return answers[0]?.rows[0];
  };

  beforeAll(async () => {
    const sql = `
      CREATE TABLE num (i INT PRIMARY KEY, s INT2, f FLOAT, r FLOAT4, d DECIMAL, a INT[], t STRING, j JSONB);
      INSERT INTO num VALUES (3, 30000, 2.5, 1.1, 1.250, ARRAY[1, 2, 3], 'cockroach', '[5, 6, 7, 8]')`;
    const { error } = await standin.client.ask({ sql });
    expect(error).toBeNull();
  });

  it.each([
    ['SELECT 65536 * 65536, 2000000000 + 2000000000, -2147483648 - 1', ['4294967296', '4000000000', '-2147483649']],
    ['SELECT s * s, s + s, -s FROM num', ['900000000', '60000', '-30000']],
    [
      'SELECT 3 << 50, 3 ^ 30, pow(10, 12), 7 // 2, 17 % 5',
      ['3377699720527872', '205891132094649', '1000000000000', '3', '2'],
    ],
    [
      'SELECT r > 1, i < r, r BETWEEN 1 AND i, 16777217 = 16777216::FLOAT4, 16777216::FLOAT4 < 16777217 FROM num',
      ['t', 'f', 't', 'f', 't'],
    ],
    ['SELECT max(x) + 1 FROM (VALUES (2147483646), (2147483647)) AS v (x)', ['2147483648']],
    ['SELECT array_agg(x) @> ARRAY[i] FROM num, (VALUES (3)) AS v (x) GROUP BY i', ['t']],
    ['SELECT a && ARRAY[9, 3], a = ARRAY[1, 2, 3], a <@ ARRAY[1, 2] FROM num', ['t', 't', 'f']],
    [
      'WITH RECURSIVE f (n, p) AS (SELECT 1, 1 UNION ALL SELECT n + 1, p * (n + 1) FROM f WHERE n < 15) ' +
        'SELECT max(p) FROM f',
      ['1307674368000'],
    ],
  ] as const)('computes with integers as INT8: %s', async (sql, row) => {
    expect(await first(sql)).toEqual(row);
  });

  it.each([
    ['SELECT abs(NULL), round(NULL, i), sqrt(NULL) + f, mod(NULL, NULL) = d FROM num', [null, null, null, null]],
    ['SELECT COALESCE(i, abs(NULL)), COALESCE(t, round(NULL, 1)), ceil(sign(NULL)) FROM num', ['3', 'cockroach', null]],
    [
      "SELECT pg_typeof(NULL), pg_typeof(abs(NULL)), pg_typeof('a'), pg_typeof(i) FROM num",
      ['unknown', 'unknown', 'text', 'bigint'],
    ],
    [
      'SELECT ceil(i), floor(s), abs(i - 5), sign(-s), round(d), trunc(d) FROM num',
      ['3', '30000', '2', '-1', '1', '1'],
    ],
  ] as const)('takes NULL and integers where several forms of a function fit: %s', async (sql, row) => {
    expect(await first(sql)).toEqual(row);
  });

  it.each([
    ['SELECT round(i) FROM num', 'round(int)'],
    ['SELECT round(s, 1) FROM num', 'round(int, int)'],
    ['SELECT trunc(i) FROM num', 'trunc(int)'],
  ])('has no form for integers where CockroachDB has none: %s', async (sql, signature) => {
    const { error } = await standin.client.ask({ sql });
    expect(error).toMatchObject({ code: '42883', message: `unknown signature: ${signature}` });
  });

  it.each([
    [
      'SELECT substr(t, i), left(t, i), right(t, i - 1), repeat(t, i - 2) FROM num',
      ['ckroach', 'coc', 'ch', 'cockroach'],
    ],
    [
      "SELECT substring(t FROM i FOR i), overlay(t PLACING '-' FROM i), split_part(t, 'k', i - 1) FROM num",
      ['ckr', 'co-kroach', 'roach'],
    ],
    ['SELECT left(t, 99999999999), j->i, j->>(i - 1), j - i FROM num', ['cockroach', '8', '7', '[5, 6, 7]']],
    [
      "SELECT '2024-02-27'::DATE + i, i + '2024-02-27'::DATE, '2024-03-01'::DATE - i FROM num",
      ['2024-03-01', '2024-03-01', '2024-02-27'],
    ],
    [
      "SELECT i * '1 hour'::INTERVAL, '1 hour'::INTERVAL / i, round(d, i - 1), a[i] FROM num",
      ['03:00:00', '00:20:00', '1.25', '3'],
    ],
    ['SELECT lag(i, i) OVER (), ntile(i) OVER (), nth_value(t, i - 2) OVER () FROM num', [null, '1', 'cockroach']],
  ] as const)('takes INT8 where there is a count or a place: %s', async (sql, row) => {
    expect(await first(sql)).toEqual(row);
  });

  it.each([
    [
      'SELECT i + d, d * i, i / d, d > i, i = 3.0, f > i, i < f FROM num',
      ['4.250', '3.750', '2.4', 'f', 't', 'f', 'f'],
    ],
    [
      'SELECT f + 1, f * 1.5, 1 / f, r * 2, r::FLOAT, f // 2, f % 1 FROM num',
      ['3.5', '3.75', '0.4', '2.2', '1.1', '1', '0.5'],
    ],
    ["SELECT 'NaN'::FLOAT < -1, f > 'NaN'::FLOAT, 'NaN'::FLOAT = 'NaN'::FLOAT FROM num", ['t', 't', 't']],
    [
      'SELECT ceil(i), floor(7), sign(-i), div(i, 2), abs(-i), mod(i, 2), round(f, 1) FROM num',
      ['3', '7', '-1', '1', '3', '1', '2.5'],
    ],
  ] as const)('mixes numbers as CockroachDB does: %s', async (sql, row) => {
    expect(await first(sql)).toEqual(row);
  });

  it.each([
    ['SELECT 6.00 / 2, 1.50 / 2, 2 / 3.0, 10 / 4, 0.00 / 5', ['3.00', '0.75', '0.66666666666666666667', '2.5', '0.00']],
    [
      'SELECT sqrt(2.0), sqrt(16.0), ln(10.0), log(1000.0), exp(1.0)',
      ['1.4142135623730950488', '4', '2.3025850929940456840', '3.0000000000000000000', '2.7182818284590452354'],
    ],
    ['SELECT pow(1.5, 2), 2.0 ^ -2, 2 ^ 0.5, 1.10 * 2.00', ['2.25', '0.25', '1.4142135623730950488', '2.2000']],
    [
      'SELECT avg(x), variance(x), stddev(x), sum(x) FROM (VALUES (1), (2), (4)) AS v (x)',
      ['2.3333333333333333333', '2.3333333333333333333', '1.5275252316519466689', '7'],
    ],
    ['SELECT avg(x), sum(x), var_pop(x) FROM (VALUES (10.00), (20.00)) AS v (x)', ['15.00', '30.00', '25']],
    ['SELECT 1e6, 1.50e4, 0.00000001, 1e-20 * 3, 7e2::INT', ['1E+6', '1.50E+4', '1E-8', '3E-20', '700']],
    [
      "SELECT 'inf'::FLOAT, ARRAY['-inf'::FLOAT], round(0.125::FLOAT, 2), round(2.5::FLOAT, 0)",
      ['+Inf', '{-Inf}', '0.12', '2'],
    ],
  ] as const)('has the digits of CockroachDB: %s', async (sql, row) => {
    expect(await first(sql)).toEqual(row);
  });

  it.each([
    ['SELECT f + i FROM num', '22023', 'unsupported binary operator: <float> + <int>'],
    ['SELECT i * f FROM num', '22023', 'unsupported binary operator: <int> * <float>'],
    [
      'SELECT f * 3000000000 FROM num',
      '0A000',
      'unimplemented: the stand-in for CockroachDB does not have the operator <float> * <int>',
    ],
    ["SELECT 'x' - 'y'", '22023', 'unsupported binary operator: <string> - <string>'],
    ['SELECT ln(i) FROM num', '42883', 'unknown signature: ln(int)'],
    ['SELECT exp(2)', '42883', 'unknown signature: exp(int)'],
    ['SELECT ln(0.0)', '2201E', 'ln(): cannot take logarithm of zero'],
    ['SELECT sqrt(-d) FROM num', '2201F', 'sqrt(): cannot take square root of a negative number'],
    ['SELECT 1 << 64', '22023', 'shift argument out of range'],
    ['SELECT 2 ^ 63', '22003', 'integer out of range'],
    ['SELECT 10 ^ -1', '22003', 'integer out of range'],
    ['SELECT 9223372036854775807 * 2', '22003', 'integer out of range'],
    ['SELECT 1e30::INT', '22003', 'integer out of range'],
    ['SELECT 70000::INT2', '22003', 'integer out of range for type int2'],
    [
      "SELECT '9223372036854775808'::INT",
      '22P02',
      'could not parse "9223372036854775808" as type int: strconv.ParseInt: ' +
        'parsing "9223372036854775808": value out of range',
    ],
    ["SELECT '3000000000'::INT4", '22003', 'integer out of range for type int4'],
    [
      'SELECT 1000::DECIMAL(5, 2)',
      '22003',
      'type DECIMAL(5,2): value with precision 5, scale 2 must round to an absolute value less than 10^3',
    ],
  ])('refuses %s', async (sql, code, message) => {
    expect((await standin.client.ask({ sql })).error).toMatchObject({ code, message });
  });

  it.each([
    ['TABLE', ['INT8', 'INT8', 'INT8[]', 'INT8']],
    ['VIEW', ['INT8', 'INT8', 'INT8[]']],
  ])('makes INT8 columns of a query for a %s', async (kind, expected) => {
    const sql = `CREATE ${kind} made_${kind} AS SELECT 1 AS one, length('abc') AS len, ARRAY[1, 2] AS arr`;
    expect((await standin.client.ask({ sql })).error).toBeNull();
    const { answers } = await standin.client.ask({ sql: `SHOW COLUMNS FROM made_${kind}` });
    expect(answers[0]?.rows.map((row) => row[1])).toEqual(expected);
  });

  it('asks for INT8 parameters, which need not fit INT4', async () => {
    const sql = 'SELECT $1 + 1, $2 IN (1, 2), $3::INT4';
    const { answers } = await standin.client.ask({
      sql,
      protocol: 'extended',
      params: ['5000000000', '7000000000', '3'],
    });
    expect(answers[0]?.rows).toEqual([['5000000001', 'f', '3']]);
  });

  it.each(['i = 1 + 2', 'f = 2.5', 'f < 3'])('finds rows WHERE %s by an index', async (condition) => {
    await standin.client.ask({ sql: 'CREATE INDEX ON num (f)' });
    const { answers } = await standin.client.ask({ sql: `EXPLAIN SELECT * FROM num WHERE ${condition}` });
    expect(answers[0]?.rows.flat().join('\n')).toMatch(/Index/);
  });
});
