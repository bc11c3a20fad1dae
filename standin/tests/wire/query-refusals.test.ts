import { beforeAll, describe, expect, it } from 'vitest';
import { playOne, rowsAsText, useStandin } from './served.ts';

describe('what CockroachDB refuses and PostgreSQL would take', () => {
  const served = useStandin();
  beforeAll(async () => {
    const sql = `
      CREATE TABLE trips (id INT PRIMARY KEY, city STRING, fare INT);
      INSERT INTO trips VALUES (1, 'rome', 30), (2, 'oslo', 20), (3, 'rome', 10);
      CREATE TABLE sums (id INT PRIMARY KEY, twice INT AS (id * 2) STORED);
      CREATE TABLE keyed (id INT PRIMARY KEY, a INT, INDEX (a));
      CREATE SEQUENCE tickets MAXVALUE 2`;
    expect((await served.client.ask({ sql })).error).toBeNull();
  });

  it.each([
    ['SELECT FROM trips', '42601 at or near "from": syntax error'],
    ['SELECT id FROM trips WHERE EXISTS (SELECT WHERE true)', '42601 at or near "where": syntax error'],
    ['SELECT DISTINCT FROM trips', '42601 at or near "from": syntax error'],
    ['SELECT x.* AS y FROM trips AS x', '42601 "x.*" cannot be aliased'],
    ['SELECT *', '42602 cannot use "*" without a FROM clause'],
    ['SELECT id FROM trips LIMIT fare', '42703 column "fare" does not exist'],
    ['SELECT id FROM trips OFFSET trips.fare', '42703 column "fare" does not exist'],
    ['SELECT id FROM trips LIMIT 1.5', '42804 argument of LIMIT must be type int, not type decimal'],
    ['SELECT id FROM trips ORDER BY 1.5', '42601 non-integer constant in ORDER BY: 1.5'],
    ['VALUES (1, 2), (3, 4), (5)', '42601 VALUES lists must all be the same length, expected 2 columns, found 1'],
    ['UPDATE trips SET fare = 1 ORDER BY id', '42601 UPDATE statement requires LIMIT when ORDER BY is used'],
    ['DELETE FROM trips ORDER BY id', '42601 DELETE statement requires LIMIT when ORDER BY is used'],
    ['UPDATE trips SET trips.fare = 1', '0A000 at or near "fare": syntax error: unimplemented: this syntax'],
    ['INSERT INTO trips (trips.id) VALUES (9)', '0A000 at or near "id": syntax error: unimplemented: this syntax'],
    ['UPDATE trips SET (city, fare) = (1)', '42601 number of columns (2) does not match number of values (1)'],
    [
      "INSERT INTO trips VALUES (1, 'x', 1) ON CONFLICT (id) DO UPDATE SET fare = fare + 1",
      '42702 column reference "fare" is ambiguous (candidates: excluded.fare, trips.fare)',
    ],
    ['WITH a AS (SELECT 1), a AS (SELECT 2) TABLE a', '42712 WITH query name a specified more than once'],
    ['WITH a (b, c) AS (SELECT 1) TABLE a', '42P10 source "a" has 1 columns available but 2 columns specified'],
    ['WITH a AS (DELETE FROM trips) TABLE a', '0A000 WITH clause "a" does not return any columns'],
    ['SELECT 1 WHERE generate_series(1, 2) > 1', /^0A000 generate_series\(\): generator functions are not allowed in /],
    ['SELECT lower(city) OVER () FROM trips', /^42809 OVER specified, but lower\(\) is neither a window function nor/],
    ['SELECT ntile(2) FROM trips', '42809 window function ntile() requires an OVER clause'],
    ['SELECT generate_series(1, 2, 0)', '22023 step cannot be 0'],
    ['SELECT lastval()', '55000 lastval(): lastval is not yet defined in this session'],
    ["SELECT setval('tickets', 3)", '22003 setval(): value 3 is out of bounds for sequence "tickets" (1..2)'],
    ['PREPARE p AS SELECT $1', '42P18 could not determine data type of placeholder $1'],
    ['CREATE VIEW v AS SELECT * FROM trips', '0A000 unimplemented: views do not currently support * expressions'],
    ['CREATE VIEW v AS TABLE trips', '0A000 unimplemented: views do not currently support * expressions'],
    ['CREATE VIEW v AS SELECT t.* FROM trips t', '0A000 unimplemented: views do not currently support * expressions'],
    [
      'CREATE VIEW v (x, y) AS SELECT id, city, fare FROM trips',
      '42601 CREATE VIEW specifies 2 column names, but data source has 3 columns',
    ],
    ['CREATE VIEW v AS SELECT id FROM [DELETE FROM trips RETURNING id]', /^42601 DELETE cannot be used inside a view/],
    ['CREATE SEQUENCE round CYCLE', '0A000 unimplemented: CYCLE option is not supported'],
    ['INSERT INTO sums (id, twice) VALUES (9, 9)', '55000 cannot write directly to computed column "twice"'],
    ['UPDATE sums SET twice = 1', '55000 cannot write directly to computed column "twice"'],
    ['SELECT lower(city) FILTER (WHERE true) FROM trips', /^42809 FILTER specified but lower\(\) is not an aggregate/],
    ['SELECT ntile(0) OVER () FROM trips', '22014 argument of ntile() must be greater than zero'],
    ['VALUES (1) FOR UPDATE', '0A000 FOR UPDATE is not allowed with VALUES'],
    ['SELECT DISTINCT city FROM trips FOR UPDATE', '0A000 FOR UPDATE is not allowed with DISTINCT clause'],
    ['UPSERT INTO keyed VALUES (1, 1), (1, 2)', /^21000 UPSERT or INSERT\.\.\.ON CONFLICT command cannot affect row/],
    ['UPSERT INTO trips (id, fare) VALUES (1, 1), (1, 2)', /^21000 UPSERT or INSERT\.\.\.ON CONFLICT command cannot/],
    ['SELECT id FROM trips WHERE id = $1', '42P02 no value provided for placeholder: $1'],
    ['SELECT x.* FROM trips', '42P01 no data source matches pattern: x.*'],
    ['SELECT 1, 2 EXCEPT SELECT 3', '42601 each EXCEPT query must have the same number of columns: 2 vs 1'],
    ['VALUES (1) UNION SELECT id, f(1, 2) FROM trips', /^42883/],
    ['VALUES (1) UNION SELECT id, greatest(1, 2) FROM trips', /^42601 each UNION query .* columns: 1 vs 2$/],
    ['SELECT (SELECT id, city FROM trips)', '42601 subquery must return only one column, found 2'],
    ['SELECT id FROM trips WHERE id = (SELECT 1, 2, 3)', /^42601 subquery /],
    [
      "SELECT nextval('tickets'), nextval('tickets'), nextval('tickets')",
      '2200H nextval(): reached maximum value of sequence "tickets" (2)',
    ],
    ["SELECT nextval('nosuch')", '42P01 nextval(): relation "nosuch" does not exist'],
    ['CREATE VIEW v AS SELECT 1, 2', '42701 duplicate column name: "?column?"'],
    ['SELECT city INTO cities FROM trips', '42601 at or near "into": syntax error'],
    ['SELECT 1 FROM v', '42P01 relation "v" does not exist'],
  ])('%s', async (sql, error) => {
    expect(await playOne(served.client, { sql })).toEqual(
      typeof error === 'string' ? error : expect.stringMatching(error),
    );
  });

  it('leaves alone what only looks so', async () => {
    for (const [sql, rows] of [
      ['SELECT fare * id AS product FROM trips ORDER BY id LIMIT 1', ['30']],
      ['SELECT count(*) AS n, trips.fare AS select FROM trips GROUP BY fare ORDER BY fare LIMIT 1', ['1 10']],
      ['CREATE VIEW w AS SELECT count(*), id * 2 AS twice FROM trips GROUP BY id; SELECT max(twice) FROM w', ['6']],
      ['PREPARE q (INT) AS SELECT $1; EXECUTE q(7)', ['7']],
      ['UPDATE trips SET (city, fare) = (upper(city), fare + 1) WHERE id = 3 RETURNING city, fare', ['ROME 11']],
      ['INSERT INTO trips (SELECT t.id + 10, t.city, t.fare FROM trips AS t WHERE t.id = 1) RETURNING id', ['11']],
      ["UPSERT INTO trips VALUES (20, 'a', 1), (20, 'b', 2); SELECT city FROM trips WHERE id = 20", ['b']],
      ["CREATE SEQUENCE line NO CYCLE; CREATE SEQUENCE cycle; SELECT nextval('cycle')", ['1']],
      ['SELECT a.id, b.ordinality FROM trips a JOIN trips WITH ORDINALITY AS b USING (id) LIMIT 1', ['1 1']],
    ] as const)
      expect([sql, await rowsAsText(served.client, sql)]).toEqual([sql, rows]);
  });
});
