import { describe, expect, it } from 'vitest';
import { hideColumns } from '../../../src/sql/hidden-columns/hide-columns.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';
import { keyOf, type TableShape } from '../../../src/sql/translation/table-shape.ts';

const shape = (columns: string[], ...hidden: string[]): TableShape => ({
  columns,
  hidden,
  indexes: hidden
    .slice(0, 1)
    .map((name) => ({ columns: [{ name, descending: false, nullable: false }], isUnique: true, stored: [] })),
});
const shapes = new Map([
  [keyOf(['t']), shape(['a', 'b'], 'rowid')],
  [keyOf(['db', 't']), shape(['a', 'b'], 'rowid')],
  [keyOf(['u']), shape(['a', 'c'], 'rowid')],
  [keyOf(['blank']), shape([], 'x', 'rowid')],
  [keyOf(['k']), shape(['id', 'n'])],
]);

/** Quotes are left out, because no name here needs them. */
function hidden(source: string): string {
  const edits = new TextEdits(source);
  hideColumns(parseStatement(source), shapes, edits);
  return edits.apply().replaceAll('"', '').replace(/ +/g, ' ').trim();
}

const T = '(SELECT a, b FROM t ORDER BY rowid)';

describe('hidden columns', () => {
  it.each([
    ['SELECT * FROM t', 'SELECT t.a, t.b FROM t'],
    ['SELECT rowid, * FROM t AS x', 'SELECT rowid, x.a, x.b FROM t AS x'],
    ['SELECT x.*, rowid FROM db.t x', 'SELECT x.a, x.b, rowid FROM db.t x'],
    ['SELECT db.t.* FROM db.t', 'SELECT t.a, t.b FROM db.t'],
    ['SELECT DISTINCT * FROM t', 'SELECT DISTINCT t.a, t.b FROM t'],
    ['SELECT DISTINCT ON (a) * FROM t', 'SELECT DISTINCT ON (a) t.a, t.b FROM t'],
    ['SELECT * FROM t, k', 'SELECT t.a, t.b, k.* FROM t, k'],
    ['SELECT k.* FROM t, k', 'SELECT k.* FROM t, k'],
    ['SELECT * FROM t@primary AS x', 'SELECT x.a, x.b FROM t@primary AS x'],
    [
      'SELECT * FROM t JOIN (SELECT 1) ON true',
      'SELECT t.a, t.b, source 2.* FROM t JOIN (SELECT 1) AS source 2 ON true',
    ],
    ['SELECT * FROM t JOIN u ON t.a = u.a', 'SELECT t.a, t.b, u.a, u.c FROM t JOIN u ON t.a = u.a'],
    ['SELECT * FROM (SELECT * FROM t)', 'SELECT * FROM (SELECT t.a, t.b FROM t)'],
    ['SELECT * FROM t UNION ALL SELECT * FROM u', 'SELECT t.a, t.b FROM t UNION ALL SELECT u.a, u.c FROM u'],
    ['WITH w AS (SELECT * FROM t) SELECT * FROM w', 'WITH w AS (SELECT t.a, t.b FROM t) SELECT * FROM w'],
    ['WITH t AS (SELECT * FROM t) SELECT * FROM t', 'WITH t AS (SELECT t.a, t.b FROM t) SELECT * FROM t'],
    ['SELECT * FROM k WHERE id IN (TABLE t)', `SELECT * FROM k WHERE id IN (SELECT * FROM ${T} AS t)`],
    ['SELECT * FROM t, f(1)', 'SELECT t.a, t.b, f.* FROM t, f(1)'],
    ['SELECT * FROM t, ROWS FROM (f(), g())', 'SELECT t.a, t.b, source 2.* FROM t, ROWS FROM (f(), g()) AS source 2'],
    ['SELECT t.*, u.rowid FROM t JOIN u USING (a)', 'SELECT t.a, t.b, u.rowid FROM t JOIN u USING (a)'],
    ['SELECT 1, * FROM blank', 'SELECT 1 FROM blank'],
    ['SELECT *, 1 FROM blank', 'SELECT 1 FROM blank'],
    ['SELECT * FROM blank', 'SELECT FROM blank'],
  ])('are left out of a star: %s', (source, expected) => {
    expect(hidden(source)).toBe(expected);
  });

  it.each([
    'SELECT count(*), a * 2, 2 * a FROM t',
    'SELECT rowid, t.rowid FROM t WHERE rowid > 1 ORDER BY rowid',
    'SELECT * FROM k',
    "SELECT 'SELECT * FROM t'",
    'SELECT "SELECT * FROM t" FROM t',
    'INSERT INTO t (a, rowid) VALUES (1, 2) RETURNING rowid',
    'INSERT INTO t DEFAULT VALUES',
    'DELETE FROM t WHERE rowid = 1 RETURNING a',
    'SELECT a FROM t JOIN u USING (a)',
    'SELECT t FROM t, (SELECT 1 AS t) AS x WHERE x.t IS NOT DISTINCT FROM 1'.replace('SELECT t ', 'SELECT x.t '),
  ])('change nothing in %s', (source) => {
    expect(hidden(source)).toBe(source.replaceAll('"', ''));
  });

  it.each([
    ['SELECT to_json(t) FROM t', `SELECT to_json(t) FROM ${T} AS t`],
    ['SELECT (x).a FROM t AS x', `SELECT (x).a FROM ${T} AS x`],
    ['SELECT count(t.*) FROM t', `SELECT count(t.*) FROM ${T} AS t`],
    [
      'SELECT * FROM t NATURAL JOIN u',
      `SELECT * FROM ${T} AS t NATURAL JOIN ${T.replace('b', 'c').replace('t', 'u')} AS u`,
    ],
    ['SELECT * FROM t JOIN k USING (a)', `SELECT * FROM ${T} AS t JOIN k USING (a)`],
    ['SELECT * FROM t AS x (p, q)', `SELECT * FROM ${T} AS x (p, q)`],
    ['SELECT * FROM t WITH ORDINALITY', `SELECT * FROM ${T} WITH ORDINALITY`],
    ['SELECT j.* FROM (t JOIN k ON true) AS j', `SELECT j.* FROM (${T} AS t JOIN k ON true) AS j`],
    ['SELECT * FROM ((t) CROSS JOIN k) AS j', `SELECT * FROM ((${T} AS t) CROSS JOIN k) AS j`],
    ['SELECT count(t.*) FROM t, u WHERE u.rowid = 1', `SELECT count(t.*) FROM ${T} AS t, u WHERE u.rowid = 1`],
  ])('are left out of whole rows: %s', (source, expected) => {
    expect(hidden(source)).toBe(expected);
  });

  it.each([
    ['INSERT INTO t VALUES (1, 2)', 'INSERT INTO t (a, b) VALUES (1, 2)'],
    ['INSERT INTO t VALUES (1)', 'INSERT INTO t (a) VALUES (1)'],
    ['INSERT INTO t VALUES (1, 2, 3)', 'INSERT INTO t (a, b) VALUES (1, 2, 3)'],
    ['INSERT INTO t AS x SELECT f(1, 2) RETURNING *', 'INSERT INTO t AS x (a) SELECT f(1, 2) RETURNING x.a, x.b'],
    ['INSERT INTO t SELECT * FROM u', 'INSERT INTO t (a, b) SELECT u.a, u.c FROM u'],
    ['INSERT INTO t (SELECT 1, 2)', 'INSERT INTO t (a, b) (SELECT 1, 2)'],
    ['INSERT INTO t TABLE u', 'INSERT INTO t (a, b) SELECT * FROM (SELECT a, c FROM u ORDER BY rowid) AS u'],
    ['UPSERT INTO t VALUES (1, 2) RETURNING *', 'UPSERT INTO t (a, b) VALUES (1, 2) RETURNING t.a, t.b'],
    ['WITH w AS (INSERT INTO t VALUES (1)) SELECT 1', 'WITH w AS (INSERT INTO t (a) VALUES (1)) SELECT 1'],
    ['UPDATE t SET a = 1 FROM k RETURNING *', 'UPDATE t SET a = 1 FROM k RETURNING t.a, t.b, k.*'],
    ['DELETE FROM t AS x RETURNING x.*, 1', 'DELETE FROM t AS x RETURNING x.a, x.b, 1'],
    ['DELETE FROM k USING t RETURNING t.*', 'DELETE FROM k USING t RETURNING t.a, t.b'],
  ])('are left out of changes: %s', (source, expected) => {
    expect(hidden(source)).toBe(expected);
  });

  it.each([
    'SELECT to_json(t), rowid FROM t',
    'SELECT t.rowid, * FROM t NATURAL JOIN u',
    'UPDATE t SET a = 1 RETURNING to_json(t)',
    'DELETE FROM t WHERE t IS NULL',
  ])('are refused where they cannot be told apart: %s', (source) => {
    expect(() => hidden(source)).toThrow('the stand-in for CockroachDB does not have the hidden column rowid');
  });

  it.each([
    ['SELECT ', '*', ', ', ' FROM t'],
    ['SELECT * FROM ', 't', ', ', ''],
    ['SELECT to_json(t) FROM ', 't', ', ', ''],
    ['SELECT a FROM t', ' UNION SELECT a FROM t', '', ''],
    ['SELECT ', '(SELECT count(t.*) FROM t)', ', ', ''],
    ['', 'SELECT (', '', ' FROM t'],
    ['SELECT 1 FROM ', '(', '', 't'],
    ['', 'INSERT INTO t VALUES (1)', ' ', ''],
    ['', 'UPDATE t SET a = 1', ' ', ''],
    ['WITH ', 't AS (SELECT * FROM t)', ', ', ' SELECT * FROM t'],
  ])('cost no more than the statement is long: %s%s%s…%s', (head, part, separator, tail) => {
    const looks = (times: number): number => {
      let count = 0;
      const { tokens, source } = parseStatement(
        head + Array.from({ length: times }, () => part).join(separator) + tail,
      );
      const watched = new Proxy(tokens, {
        get(target, name, receiver): unknown {
          count++;
          return Reflect.get(target, name, receiver);
        },
      });
      hideColumns({ source, tokens: watched }, shapes, new TextEdits(source));
      return count;
    };
    expect(looks(400) / looks(100)).toBeLessThan(5);
  });

  it('are told, so that a prepared statement notices when a star means other columns', () => {
    const told = (source: string): readonly string[] =>
      hideColumns(parseStatement(source), shapes, new TextEdits(source)).stars;
    expect(told('SELECT * FROM t WHERE a IN (SELECT u.* FROM u)')).toEqual(['"t"."a", "t"."b"', '"u"."a", "u"."c"']);
    expect(told('SELECT count(*) FROM t')).toEqual([]);
  });

  it('name no more columns than a statement can have', () => {
    const stars = Array.from({ length: 10_000 }, () => '*').join(', ');
    expect(() => hidden(`SELECT ${stars} FROM t`)).toThrow('names at most 10000 columns');
  });

  it('are no targets of an INSERT without a list', () => {
    expect(() => hidden('INSERT INTO blank VALUES (1)')).toThrow('1 expressions for 0 targets');
  });
});
