import { describe, expect, it } from 'vitest';
import { rowsAsText, useStandin } from './served.ts';

describe('the columns of a query', () => {
  const served = useStandin();

  it.each([
    ['SELECT true, false AS no, NOT true', ['bool', 'no', '?column?']],
    ['SELECT DISTINCT false FROM (SELECT true, 1) AS s', ['bool']],
    ['SELECT greatest(true, false), (SELECT true), EXISTS (SELECT true)', ['greatest', 'bool', 'exists']],
    ['SELECT s.bool, s.n FROM (SELECT true, 1 AS n UNION SELECT false, 2 LIMIT 1) AS s', ['bool', 'n']],
  ])("have CockroachDB's names: %s", async (sql, names) => {
    const { answers, error } = await served.client.ask({ sql });
    expect(error).toBeNull();
    expect(answers[0]?.columns.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [
      `CREATE TABLE moved (id INT PRIMARY KEY, n INT); INSERT INTO moved VALUES (3, 0), (1, 0), (2, 0);
      UPDATE moved SET n = 1 WHERE id = 1;
      SELECT id, row_number() OVER (), last_value(id) OVER (), sum(id) OVER (ROWS 1 PRECEDING) FROM moved`,
      ['1 1 3 1', '2 2 3 3', '3 3 3 5'],
    ],
    ['SELECT (1, 2.5) < (2, 3), (1.5, 2) = (1.5, 2.0), (1, 2.5) <> (1, 2.5)', ['t t f']],
    ["SELECT ('NaN'::FLOAT, 1) < (1, 2), (2::DECIMAL, 3::FLOAT) IN ((2, 3)), (1, NULL) = (2, 1.5)", ['t t f']],
    ["SELECT array_agg('a'), array_agg(DISTINCT 'b') FROM generate_series(1, 2)", ['{a,a} {b}']],
    ["SELECT first_value('x') OVER (), lag('y', 0) OVER (), to_jsonb('z'), json_agg(e'q')", ['x y "z" ["q"]']],
    ['SELECT max(x), min(x) FROM (VALUES (true), (false), (NULL)) AS v (x)', ['true false']],
    [
      "SELECT max(x), min(x) FROM (VALUES (md5('1')::UUID), (md5('2')::UUID)) AS v (x)",
      ['c81e728d-9d4c-2f63-6f06-7f89cc14862c c4ca4238-a0b9-2382-0dcc-509a6f75849b'],
    ],
    ["SELECT max(x), min(x) FROM (VALUES (B'10'), (B'011')) AS v (x)", ['10 011']],
    ["SELECT max(x::JSONB), min(x::JSONB) FROM (VALUES ('2'), ('10')) AS v (x)", ['10 2']],
  ])('are computed: %s', async (sql, rows) => {
    const texts = await rowsAsText(served.client, sql);
    expect(texts).toEqual(rows.map((row) => row.replace(/^true false$/, 't f')));
  });
});
