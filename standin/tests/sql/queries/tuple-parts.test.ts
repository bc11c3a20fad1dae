import { describe, expect, it } from 'vitest';
import { refuseUnimplemented } from '../../../src/sql/queries/refused-syntax.ts';
import { expandTupleParts } from '../../../src/sql/queries/tuple-parts.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';

/** Returns the expanded statement, with runs of white space replaced by one space. */
const expand = (source: string): string => expandTupleParts(parseStatement(source)).source.replace(/\s+/g, ' ').trim();

describe('parts of tuples', () => {
  it.each([
    ['SELECT ((a, b)).@2, c', 'SELECT (b) AS "?column?" , c'],
    ['SELECT (((a, b) AS x, y)).y FROM t', 'SELECT (b) AS "y" FROM t'],
    ['SELECT ((ROW(a, b) AS x, y)).x + 1', 'SELECT (a) + 1'],
    ['SELECT ((a, ((b, c)).@1)).@2', 'SELECT ( (b) ) AS "?column?"'],
    ['SELECT (((a, b) AS x, y)).*, c', 'SELECT a AS "x", b AS "y" , c'],
    ['SELECT ((a, b) AS x, y) FROM t', 'SELECT ((a, b) ) FROM t'],
    ['SELECT (u).@1 FROM t', 'SELECT (u).f1 AS "?column?" FROM t'],
    ['SELECT 1 FROM t WHERE ((a, b)).@1 > 0', 'SELECT 1 FROM t WHERE (a) > 0'],
  ])('%s', (source, expected) => {
    expect(expand(source)).toBe(expected);
  });

  it.each([
    'SELECT (t).a, (t).* FROM t',
    "SELECT '((a, b)).@1' FROM (SELECT 1) AS s",
    'WITH q AS (SELECT (1)) SELECT * FROM q',
    'SELECT CAST((a) AS INT) FROM t',
  ])('are not in: %s', (source) => {
    expect(expand(source)).toBe(source);
  });

  it('are refused when labels do not fit', () => {
    expect(() => expand('SELECT ((a, b) AS x)')).toThrow('mismatch in tuple definition: 2 expressions, 1 labels');
    expect(() => expand('SELECT (((a, b) AS x, x)).x')).toThrow('column reference "x" is ambiguous');
  });
});

describe('syntax that CockroachDB parses and does not have', () => {
  it.each([
    ['SELECT a FROM t GROUP BY b, ROLLUP (c, d)', 'at or near "c": syntax error: unimplemented: this syntax'],
    ['SELECT a FROM t GROUP BY GROUPING SETS ((c))', 'at or near "("'],
    ['DELETE FROM t USING u', 'at or near "EOF"'],
    ['DELETE FROM t USING u, v WHERE t.a = u.a', 'at or near "where"'],
  ])('is refused: %s', (source, expected) => {
    expect(() => refuseUnimplemented(parseStatement(source))).toThrow(expected);
  });

  it('is not a function of that name', () => {
    expect(() => refuseUnimplemented(parseStatement('SELECT cube(a), rollup FROM t ORDER BY b'))).not.toThrow();
  });
});
