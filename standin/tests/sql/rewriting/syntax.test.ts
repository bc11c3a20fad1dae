import { describe, expect, it } from 'vitest';
import { rewriteForPostgres } from '../../../src/sql/rewriting/rewrite.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

/** Returns a statement rewritten for PostgreSQL, with runs of white space replaced by one space. */
const rewrite = (source: string): string =>
  rewriteForPostgres(parseStatement(source), contextOf()).apply().replace(/\s+/g, ' ').trim();

describe('syntax that PostgreSQL does not have', () => {
  it.each([
    ['SELECT a = ANY (b, c)', 'SELECT a = ANY (ARRAY[b, c])'],
    ['SELECT a <> ALL ((b, c))', 'SELECT a <> ALL ((ARRAY[b, c]))'],
    ["SELECT a LIKE SOME ('x%', 'y%')", "SELECT a LIKE SOME (ARRAY['x%', 'y%'])"],
    ['SELECT a < ANY t.b[c] AND d', 'SELECT a < ANY (t.b[c]) AND d'],
    ['SELECT a = ANY f(b, c)::text', 'SELECT a = ANY (f(b, c)::text)'],
    ['SELECT a = ANY (SELECT b, c FROM t)', 'SELECT a = ANY (SELECT b, c FROM t)'],
    ['SELECT a UNION ALL (SELECT b)', 'SELECT a UNION ALL (SELECT b)'],
    ["SELECT 'a = ANY (b, c)', any(a, b)", "SELECT 'a = ANY (b, c)', any(a, b)"],
  ])('a list that ANY, SOME or ALL compares with: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT * FROM t WITH ORDINALITY', '(SELECT *, row_number() OVER () AS ordinality FROM t ) AS "t"'],
    ['SELECT * FROM s."T x" WITH ORDINALITY', '(SELECT *, row_number() OVER () AS ordinality FROM s."T x" ) AS "T x"'],
    ['SELECT * FROM t WITH ORDINALITY AS u', '(SELECT *, row_number() OVER () AS ordinality FROM t ) AS u'],
    ['SELECT * FROM (SELECT b) WITH ORDINALITY', '(SELECT *, row_number() OVER () AS ordinality FROM (SELECT b) )'],
    ['SELECT * FROM f(b) WITH ORDINALITY', 'f(b) WITH ORDINALITY'],
    ['SELECT * FROM ROWS FROM (f(b)) WITH ORDINALITY', 'ROWS FROM (f(b)) WITH ORDINALITY'],
  ])('numbered rows: %s', (source, expected) => {
    expect(rewrite(source)).toBe(`SELECT * FROM ${expected}`);
  });

  it.each([
    ['SELECT ARRAY[a][1], f(b)[c], d[e], s.f(a)[2]', 'SELECT (ARRAY[a])[1], (f(b))[c], d[e], (s.f(a))[2]'],
    ['SELECT a::text[], a IN (b), ARRAY[ARRAY[a][b]]', 'SELECT a::text[], a IN (b), ARRAY[(ARRAY[a])[b]]'],
  ])('subscripts: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT sqrt(NULL), "abs"(null) + 1', 'SELECT sqrt(NULL::numeric), "abs"(NULL::numeric) + 1'],
    ['SELECT round(NULL, a), log(2, NULL)', 'SELECT round(NULL::numeric, a), log(2, NULL::numeric)'],
    ['SELECT COALESCE(a, abs(floor(NULL))), f(exp(NULL) + 1)', 'SELECT COALESCE(a, NULL), f(exp(NULL::numeric) + 1)'],
    ['SELECT upper(abs(round(NULL, 2)))', 'SELECT upper(NULL)'],
    [
      'SELECT pg_typeof(NULL), pg_typeof(ln(NULL))',
      'SELECT pg_typeof(NULL::pg_catalog.tid), pg_typeof(NULL::pg_catalog.tid)',
    ],
    [
      'SELECT 1 FROM abs(NULL) WHERE (SELECT ln(NULL)) > 1',
      'SELECT 1 FROM abs(NULL::numeric) WHERE (SELECT ln(NULL::numeric)) > 1',
    ],
  ])('NULL for an argument of several types: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    'SELECT mod(a, NULL), abs(NULL, NULL), abs(NULL::float8), log(NULL, a), round(a, NULL), abs("null")',
    "SELECT 'abs(NULL)', s.abs(NULL), abs('NULL'), abs(NULL",
  ])('leaves other arguments alone: %s', (source) => {
    expect(rewrite(source)).toBe(source);
  });

  it.each([
    ['INSERT INTO t VALUES (a, ARRAY[]), (array[], b)', `INSERT INTO t VALUES (a, '{}'), ('{}', b)`],
    ['UPDATE t SET a = ARRAY[] WHERE b @> ARRAY[]', `UPDATE t SET a = '{}' WHERE b @> '{}'`],
    ['SELECT coalesce(a, ARRAY[]), ARRAY[] || b', `SELECT coalesce(a, '{}'), '{}' || b`],
    ['SELECT a, ARRAY[], f(ARRAY[])', 'SELECT a, ARRAY[], f(ARRAY[])'],
    ["SELECT 'a = ARRAY[]', a = ARRAY[]::text[]", "SELECT 'a = ARRAY[]', a = ARRAY[]::text[]"],
  ])('empty arrays: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it('refuses slices with the expression as CockroachDB prints it', () => {
    expect(() => rewrite('SELECT array[a,b][1 : 2]')).toThrow('unimplemented: ARRAY slicing in ARRAY[a, b][1:2]');
  });

  it.each([
    [
      'SELECT a IS NOT OF (STRING, INT)',
      'SELECT a OPERATOR(crdb.?!) ARRAY[crdb_standin.type_of(CAST(NULL AS text)), ' +
        'crdb_standin.type_of(CAST(NULL AS int8))]',
    ],
    ['SELECT ANNOTATE_TYPE(f(a, b), BYTES)', 'SELECT CAST(f(a, b) AS bytea)'],
    ["SELECT BYTES 'a', string 'b', s AS string", "SELECT bytea 'a', text 'b', s AS string"],
  ])('types of expressions: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT 1 FROM a INNER HASH JOIN b USING (c)', 'SELECT 1 FROM a INNER JOIN b USING (c)'],
    ['SELECT 1 FROM a LEFT OUTER LOOKUP JOIN b USING (c)', 'SELECT 1 FROM a LEFT OUTER JOIN b USING (c)'],
    ['SELECT 1 FROM a AS hash JOIN b USING (c)', 'SELECT 1 FROM a AS hash JOIN b USING (c)'],
  ])('hints in joins: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });
});
