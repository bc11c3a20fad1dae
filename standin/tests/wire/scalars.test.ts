import { beforeAll, describe, expect, it } from 'vitest';
import { rowsAsText, useStandin } from './served.ts';

describe('scalar expressions', () => {
  const standin = useStandin();
  const ask = (sql: string): Promise<string[] | string> => rowsAsText(standin.client, sql);

  beforeAll(async () => {
    const sql = `
      CREATE TABLE fruit (id INT PRIMARY KEY, name STRING, price DECIMAL(10,2), tags JSONB);
      INSERT INTO fruit VALUES (1, 'fig', 2.50, '["sweet"]'), (2, 'kiwi', 0.75, '{"hairy": true}');
      CREATE TYPE size AS ENUM ('small', 'large');
      CREATE TYPE shade AS ENUM ('small', 'dark')`;
    expect(await ask(sql)).toEqual([]);
  });

  it.each([
    ['SELECT @2, @3 * 2 FROM fruit AS f WHERE @1 < 9 ORDER BY @3', ['kiwi 1.50', 'fig 5.00']],
    ['SELECT a.name, @7 FROM fruit a JOIN fruit b ON @1 = @5 + 1', ['kiwi 2.50']],
    ['SELECT count(*) FROM fruit@primary WHERE name = @2', ['2']],
  ])('numbers of columns: %s', async (sql, rows) => {
    expect(await ask(sql)).toEqual(rows);
  });

  it.each(['SELECT @1 FROM (VALUES (1)) AS v', 'SELECT @9 FROM fruit', 'SELECT @1'])(
    'refuses a number whose column it does not know: %s',
    async (sql) => {
      expect(await ask(sql)).toMatch(/^0A000 unimplemented: the stand-in .* column number @/);
    },
  );

  it.each([
    ['SELECT (1,), ROW(2), ((name,) AS n) FROM fruit LIMIT 1', ['(1) (2) (fig)']],
    ["SELECT 'a' IN (), id NOT IN (), id = ANY () FROM fruit LIMIT 1", ['false true false']],
    ["SELECT 9 // 2 * 2, ~4 + 1, 4 | 6 & 3, 'ab' ~ 'x' || 'y'", ['8 -4 6 false']],
    ["SELECT STRING(2) 'abc', VARCHAR(2) 'abc'", ['ab ab']],
  ])('forms that PostgreSQL does not have: %s', async (sql, rows) => {
    const shown = await ask(sql);
    expect(
      Array.isArray(shown) ? shown.map((row) => row.replace(/\bt\b/g, 'true').replace(/\bf\b/g, 'false')) : shown,
    ).toEqual(rows);
  });

  it.each([
    ['SELECT pi()::DECIMAL, 0.1::FLOAT4::DECIMAL, (1/3)::FLOAT::DECIMAL', ['3.141592653589793 0.1 0.3333333333333333']],
    ['SELECT div(7.5::FLOAT, 0.0), div(-7.5::FLOAT, 0.0), mod(7.5::FLOAT, 0.0)', ['+Inf -Inf NaN']],
    ['SELECT pow(0.0::FLOAT, -2.0), (-4.0)::FLOAT ^ 0.5, power(0::DECIMAL, -1)', ['+Inf NaN Infinity']],
    ["SELECT encode(b'a\\x01\\\\\\x7f', 'escape')", ['a\\001\\\\\\177']],
    ["SELECT 2.5e4::DECIMAL, '7e2'::DECIMAL, 2.5e4::DECIMAL(8,1), 2.5e4::INT", ['2.5E+4 7E+2 25000.0 25000']],
    ['SELECT round(-3.5::FLOAT, 0), round(-4.5::FLOAT, 0), round(5.5::FLOAT, 0)', ['-4 -4 6']],
    ["SELECT INET '10.1.2.3'::STRING, (INET '10.1.2.3/24')::STRING", ['10.1.2.3 10.1.2.3/24']],
    ["SELECT 'NaN'::FLOAT IS NAN, 1.5 IS NOT NAN, NULL::DECIMAL IS NAN", ['t t null']],
    ["SELECT (TIMETZ '10:00-03')::STRING, ARRAY[TIMETZ '10:00-03:30']", ['10:00:00-03:00:00 {10:00:00-03:30:00}']],
    [
      "SELECT to_json(TIMESTAMPTZ '2020-01-01 00:00:00.5+00'), json_extract_path('[1]')",
      ['"2020-01-01T00:00:00.5Z" [1]'],
    ],
    ["SELECT '{\"a\": 1}'::JSONB || '[2]', '1'::JSONB || '\"b\"'", ['[{"a": 1}, 2] [1, "b"]']],
    [
      "SELECT TIMETZ '10:00-03', ARRAY[TIMESTAMPTZ '2020-01-01 00:00:00+00']",
      ['10:00:00-03:00 {"2020-01-01 00:00:00+00:00"}'],
    ],
  ])('values in its form: %s', async (sql, rows) => {
    expect(await ask(sql)).toEqual(rows);
  });

  it.each([
    ['SELECT id FROM fruit ORDER BY tags', "0A000 can't order by column type jsonb"],
    [
      'CREATE TABLE tagged (t JSONB PRIMARY KEY)',
      '0A000 unimplemented: column t is of type jsonb and thus is not indexable',
    ],
    ['SELECT tags > tags FROM fruit', '22023 unsupported comparison operator: <jsonb> > <jsonb>'],
    ['SELECT array_agg(tags) FROM fruit', '42883 unknown signature: array_agg(jsonb)'],
    ["SELECT 'small'::size = 'small'::shade", '22023 unsupported comparison operator: <size> = <shade>'],
    ['SELECT 1 = true', '22023 unsupported comparison operator: <int> = <bool>'],
    ['SELECT id AND true FROM fruit', '42804 incompatible AND argument type: int'],
    ["SELECT '{\"a\": 1}'::JSONB || '2'", '22023 invalid concatenation of jsonb objects'],
    ["SELECT 'small'::size::INT", '42846 invalid cast: size -> int'],
    ["SELECT json_each('3')", '22023 cannot deconstruct a scalar'],
    ["SELECT jsonb_object_keys('[]')", '22023 cannot call jsonb_object_keys on an array'],
    ['SELECT json_build_object(1)', '22023 json_build_object(): argument list must have even number of elements'],
    ["SELECT '\\xa'::BYTES", '22P02 could not parse "\\\\xa" as type bytes: encoding/hex: odd length hex string'],
    ['SELECT IF(id, 1, 2) FROM fruit', '42804 incompatible IF condition type: int'],
    ['SELECT IF(true, 1, now())', '42804 incompatible IF expressions: expected type int, found type timestamptz'],
    [
      "SELECT IFNULL(true, 'perhaps')",
      '22P02 incompatible IFNULL expressions: could not parse "perhaps" as type bool: invalid bool value',
    ],
    [
      "SELECT CASE WHEN id > 0 THEN id ELSE 'b' END FROM fruit",
      '22P02 incompatible value type: could not parse "b" as type int: strconv.ParseInt: parsing "b": invalid syntax',
    ],
    ["SELECT B'012'", '42601 lexical error: "2" is not a valid binary digit'],
    ["SELECT X'abc'", '42601 lexical error: invalid hexadecimal bytes literal'],
    ['SELECT ARRAY[1, 2][1][1]', '0A000 unimplemented: multidimensional indexing'],
    ['SELECT ARRAY[ARRAY[1]]', '0A000 unimplemented: arrays cannot have arrays as element type'],
    ['SELECT id[1] FROM fruit', '42804 cannot subscript type int because it is not an array'],
    [
      "SELECT name COLLATE de = 'fig' FROM fruit",
      '22023 unsupported comparison operator: <collatedstring{de}> = <string>',
    ],
    [
      "SELECT 'a' COLLATE de < 'b' COLLATE sv",
      '22023 unsupported comparison operator: <collatedstring{de}> < <collatedstring{sv}>',
    ],
    ["SELECT '[1]'::JSONB::INT", '22023 cannot cast jsonb array to type int'],
    ['INSERT INTO fruit (id) VALUES (now())', '42804 value type timestamptz doesn\'t match type int of column "id"'],
  ])('refuses what CockroachDB refuses: %s', async (sql, error) => {
    expect(await ask(sql)).toBe(error);
  });

  it.each([
    "SELECT '7e2'::DECIMAL + id FROM fruit",
    'SELECT 7e2::STRING',
    'SELECT round(price, -1) FROM fruit',
    "SELECT e'a\\000'",
  ])('refuses what PostgreSQL would answer otherwise: %s', async (sql) => {
    expect(await ask(sql)).toMatch(/^0A000 unimplemented: the stand-in/);
  });

  it('gives each aggregate the rows in its own order', async () => {
    const list = '(VALUES (2), (3), (1)) AS v (x)';
    const sql = `SELECT array_agg(x), array_agg(x ORDER BY x), array_agg(x ORDER BY x DESC) FROM ${list}`;
    expect(await ask(sql)).toEqual(['{2,3,1} {1,2,3} {3,2,1}']);
  });

  it('makes groups of JSON, which it cannot order', async () => {
    const grouped = 'SELECT tags, count(*) FROM fruit GROUP BY tags';
    expect(await ask(grouped)).toEqual(['["sweet"] 1', '{"hairy": true} 1']);
    expect(await ask('SELECT DISTINCT tags FROM fruit')).toEqual(['["sweet"]', '{"hairy": true}']);
  });
});
