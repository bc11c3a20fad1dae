import { describe, expect, it } from 'vitest';
import { rewriteForPostgres } from '../../../src/sql/rewriting/rewrite.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { forward } from '../../../src/sql/translation/translation.ts';
import { contextOf } from '../context.ts';

const context = contextOf();
const rewrite = (source: string): string => rewriteForPostgres(parseStatement(source), context).apply();

describe('a statement rewritten for PostgreSQL', () => {
  it.each([
    ['SELECT x::INT, y::STRING FROM t', 'SELECT x::int8, y::text FROM t'],
    ["SELECT b'a\\x00', x'ff'", "SELECT  E'\\\\x6100'::bytea,  E'\\\\xff'::bytea"],
    ['SELECT 1:::INT', 'SELECT 1::int8'],
    ['DELETE FROM bank.accounts', 'DELETE FROM "public".accounts'],
    ['SELECT bank.public.accounts.id FROM bank.public.accounts', 'SELECT public.accounts.id FROM public.accounts'],
    ['SELECT * FROM t@primary WHERE a @> b', 'SELECT * FROM t WHERE a @> b'],
    ['SELECT * FROM t@{FORCE_INDEX=x}', 'SELECT * FROM t'],
    ['SELECT IF(a, 1, 2), ifnull(b, 3)', 'SELECT crdb."if"(a, 1, 2), coalesce(b, 3)'],
    ["SELECT extract('year', a), overlay(b, 'x', 2)", `SELECT "extract"('year', a), "overlay"(b, 'x', 2)`],
    ["SELECT extract(year FROM a), overlay(b PLACING 'x' FROM 2)", undefined],
    ['SELECT extract_duration(hour FROM a), current_user()', `SELECT extract_duration('hour' , a), "current_user"()`],
    ['SELECT crdb_internal.node_id()', 'SELECT crdb."crdb_internal.node_id"()'],
    ['CREATE TABLE t (a DATE DEFAULT current_date())', 'CREATE TABLE t (a DATE DEFAULT current_date)'],
    ['SELECT relname FROM pg_catalog.pg_class', 'SELECT relname FROM crdb.pg_class'],
  ])('%s', (source, expected) => {
    expect(rewrite(source)).toBe(expected ?? source);
  });

  it.each([
    [
      'WITH RECURSIVE t (n, a, s) AS (SELECT -1, ARRAY[1, x], 2 AS s, 1 + 1 UNION SELECT n + 1, a, 3 FROM t) TABLE t',
      'WITH RECURSIVE t (n, a, s) AS (SELECT -1::int8 AS "?column?", ARRAY[1::int8, x], 2::int8 AS s, 1 + 1 ' +
        'UNION SELECT n + 1, a, 3 FROM t) TABLE t',
    ],
    [
      "WITH RECURSIVE t (n, s) AS (VALUES (1, '2'), (3, '4') UNION ALL TABLE t) SELECT 1",
      "WITH RECURSIVE t (n, s) AS (VALUES (1::int8, '2'), (3::int8, '4') UNION ALL TABLE t) SELECT 1",
    ],
    ['WITH t AS (SELECT 1) SELECT * FROM t', 'WITH t AS (SELECT 1) SELECT * FROM t'],
    ['CREATE VIEW v (a) AS SELECT 1, x FROM t', 'CREATE VIEW v (a) AS SELECT 1::int8 AS "?column?", x FROM t'],
  ])('columns of constants are INT8: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT 2^-1, a%-b, x=-1', 'SELECT 2^ -1, a% -b, x= -1'],
    ['SELECT 1_000, 0b11', 'SELECT 1 _000, 0 b11'],
    ["SELECT a->>'b', c||'-1', 5::INT, a@>b", "SELECT a->>'b', c||'-1', 5::int8, a@>b"],
  ])('no two tokens become one: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT 1e3, 1.5e-2', 'SELECT 1e3::numeric(1000,-3) AS "?column?", 1.5e-2'],
    ['SELECT a, -1.25e4 AS x FROM t', 'SELECT a, (-1.25e4)::numeric(1000,-2) AS x FROM t'],
    ['SELECT 1e3 UNION SELECT 2', 'SELECT 1e3 UNION SELECT 2'],
    ['SELECT (SELECT 1e3), f(1e3), 1e3::FLOAT', 'SELECT (SELECT 1e3), f(1e3), 1e3::float8'],
  ])('exponents are printed: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT a FROM t ORDER BY a', 'SELECT a FROM t ORDER BY a NULLS FIRST'],
    [
      'SELECT a FROM t ORDER BY a DESC, f(b, c) LIMIT 1',
      'SELECT a FROM t ORDER BY a DESC NULLS LAST, f(b, c) NULLS FIRST LIMIT 1',
    ],
    ['SELECT a FROM t ORDER BY a NULLS LAST', 'SELECT a FROM t ORDER BY a NULLS LAST'],
    [
      'SELECT sum(a) OVER (PARTITION BY b ORDER BY c ROWS 1 PRECEDING) FROM t',
      'SELECT sum(a) OVER (PARTITION BY b ORDER BY c NULLS FIRST ROWS 1 PRECEDING) FROM t',
    ],
  ])('NULLs come first: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    [
      'UPDATE t SET v = 0 WHERE id > 1 ORDER BY id DESC LIMIT 2 RETURNING id',
      'UPDATE t SET v = 0 WHERE ctid IN ' +
        '(SELECT ctid FROM t WHERE id > 1 ORDER BY id DESC NULLS LAST LIMIT 2)  RETURNING id',
    ],
    ['DELETE FROM bank.t@i LIMIT 1', 'DELETE FROM "public".t WHERE ctid IN (SELECT ctid FROM "public".t LIMIT 1) '],
    ['DELETE FROM t LIMIT 1', 'DELETE FROM t WHERE ctid IN (SELECT ctid FROM t LIMIT 1) '],
    ['INSERT INTO t VALUES (1) RETURNING NOTHING', 'INSERT INTO t VALUES (1) '],
  ])('changes as many rows as LIMIT says: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it('leaves alone names and strings that only look like types or databases', () => {
    const source = `SELECT "int", 'bank.x INT', bank.id FROM t AS bank -- INT`;
    expect(rewrite(source)).toBe(source.replace(' -- INT', ''));
  });

  it.each([
    ["SELECT b'x'$$ y $$", "SELECT  E'\\\\x78'::bytea $$ y $$"],
    ["SELECT 'a' FROM t@{x}$$ y $$", "SELECT 'a' FROM t $$ y $$"],
    ["SELECT 1 FROM e@{x}'\\'", "SELECT 1 FROM e '\\'"],
    ["SELECT 1 FROM u@{x}&'y'", "SELECT 1 FROM u &'y'"],
    ["SELECT 1 FROM t@{b'x'}", 'SELECT 1 FROM t'],
    ["INSERT INTO t SELECT 'a'RETURNING NOTHING'b'", "INSERT INTO t SELECT 'a' 'b'"],
    ['INSERT INTO t SELECT 1/RETURNING NOTHING*2', 'INSERT INTO t SELECT 1/ *2'],
    ['INSERT INTO t SELECT 1-RETURNING NOTHING-2', 'INSERT INTO t SELECT 1- -2'],
  ])('joins no two tokens that a change brings together: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it('maps a position in the rewritten text back to the statement', () => {
    const edits = rewriteForPostgres(parseStatement('SELECT x::INT FROM bank.t WHERE nosuch'), context);
    const { sql, original } = forward(edits);
    expect(original?.(sql.indexOf('nosuch'))).toBe('SELECT x::INT FROM bank.t WHERE '.length);
    expect(original?.(sql.length)).toBe(original!(sql.indexOf('nosuch')) + 'nosuch'.length);
  });
});
