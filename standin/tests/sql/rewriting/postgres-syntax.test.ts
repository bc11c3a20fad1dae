import { describe, expect, it } from 'vitest';
import { StatementError } from '../../../src/protocol/statement-error.ts';
import { refusePostgresSyntax } from '../../../src/sql/rewriting/postgres-syntax.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';

function refusal(source: string): string | undefined {
  try {
    refusePostgresSyntax(parseStatement(source));
    return undefined;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return `${error.fields.code} ${error.message}`;
  }
}

const at = (token: string): string => `42601 at or near "${token}": syntax error`;
const unimplemented = (token: string): string =>
  `0A000 at or near "${token}": syntax error: unimplemented: this syntax`;

describe("syntax that is PostgreSQL's only", () => {
  it.each([
    ['SELECT a INTO copy FROM t', at('into')],
    ['WITH x AS (SELECT 1 AS a) SELECT a INTO TEMP copy FROM x', at('into')],
    ['SELECT a FROM t FETCH FIRST 2 ROWS WITH TIES', at('with')],
    ['INSERT INTO t (a) OVERRIDING USER VALUE VALUES (1)', at('overriding')],
    ['DELETE FROM t WHERE CURRENT OF c', at('of')],
    ['WITH RECURSIVE r AS (SELECT 1) SEARCH BREADTH FIRST BY a SET o SELECT 1', at('search')],
    ['WITH RECURSIVE r AS (SELECT 1) CYCLE a SET c USING p SELECT 1', at('cycle')],
    ['UPDATE t SET a = 1 RETURNING WITH (OLD AS o) o.a', at('with')],
    ['UPDATE t SET a = 1 RETURNING a, old.a', '42P01 no data source matches prefix: old in this context'],
    ['SELECT a FROM t GROUP BY DISTINCT a', at('distinct')],
    ['SELECT a FROM t GROUP BY ALL a', at('all')],
    ['SELECT now() AT LOCAL', at('local')],
    ["SELECT '1' IS NOT JSON, a IS NFC NORMALIZED", at('json')],
    ['SELECT a IS NOT NORMALIZED FROM t', at('normalized')],
    ["SELECT substring(a SIMILAR 'b' ESCAPE 'c')", at('b')],
    ["SELECT JSON_OBJECT('a' VALUE 1)", at('value')],
    ["SELECT json_object('a' : 1)", at(':')],
    ['SELECT JSON_ARRAY(1, 2)', '42883 unknown function: json_array()'],
    ['SELECT JSON_ARRAY(SELECT 1)', at('select')],
    ["SELECT JSON_VALUE(a, '$.b') FROM t", '42883 unknown function: json_value()'],
    ['SELECT xmlelement(NAME b)', at('b')],
    ['SELECT a FROM t JOIN u USING (a) AS j', at('as')],
    ['INSERT INTO t VALUES (1) ON CONFLICT (lower(a)) DO NOTHING', at('(')],
    ['SELECT treat(a AS INT), grouping(a)', unimplemented(')')],
    ["SELECT COLLATION FOR ('a')", unimplemented(')')],
    ['SELECT f(a, VARIADIC b)', unimplemented(')')],
    ['SELECT (a, b) OVERLAPS (c, d)', unimplemented(')')],
  ])('is refused: %s', (source, told) => {
    expect(refusal(source)).toBe(told);
  });

  it.each([
    'INSERT INTO t (old, new) VALUES (1, 2) RETURNING old, new',
    'UPDATE t AS new SET a = 1 RETURNING new.a',
    'WITH x AS (UPSERT INTO t VALUES (1) RETURNING a) SELECT a AS into FROM x',
    'WITH ties AS (SELECT 1) SELECT "into", t.into FROM ties',
    'SELECT a FROM t WHERE NOT normalized AND document IS NULL',
    'SELECT count(*) cycle FROM t AS u, v GROUP BY a HAVING count(DISTINCT a) > ALL (SELECT 1)',
    "SELECT json_object('{a, b}'), grouping, 'GROUP BY DISTINCT a' FROM t ORDER BY search",
    'CREATE TABLE grouping (a INT)',
    'INSERT INTO grouping (a) VALUES (1)',
    'WITH treat (a) AS (SELECT 1), grouping (b) AS (SELECT 2) SELECT a, b FROM treat, grouping',
    'SELECT a FROM t JOIN u USING (a) WHERE a SIMILAR TO b',
    'INSERT INTO t VALUES (1) ON CONFLICT (a, b) DO UPDATE SET a = (lower(b))',
  ])('is not what looks like it: %s', (source) => {
    expect(refusal(source)).toBeUndefined();
  });
});
