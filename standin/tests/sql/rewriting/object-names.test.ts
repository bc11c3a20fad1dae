import { describe, expect, it } from 'vitest';
import { objectNames, sequenceNames } from '../../../src/sql/rewriting/object-names.ts';
import { lex } from '../../../src/sql/text/lexer.ts';

/** Returns the objects named in a text; those that are only read in parentheses. */
function namesIn(source: string): string[] {
  return objectNames(lex(source)).map(({ path, isRead }) => (isRead ? `(${path.join('.')})` : path.join('.')));
}

describe('objectNames', () => {
  it.each([
    ['SELECT t.a FROM t, x.u JOIN y.public.v ON v.a = w.b', ['(t)', '(x.u)', '(y.public.v)']],
    ['WITH q AS (SELECT 1 FROM x.t), r (a) AS (SELECT 2) SELECT * FROM q, r, s', ['(x.t)', '(s)']],
    ['INSERT INTO x.t (a) SELECT b FROM u ON CONFLICT (a) DO UPDATE SET b = excluded.b', ['x.t', '(u)']],
    ['UPDATE x.t SET a = u.b FROM u', ['x.t', '(u)']],
    ['DELETE FROM x.t USING u WHERE u.a = t.a', ['x.t', '(u)']],
    ["SELECT extract(year FROM t.d), trim(both 'x' FROM a.b), a IS DISTINCT FROM c.d FROM generate_series(1, 2)", []],
    ['CREATE INDEX i ON x.t (a)', ['x.t']],
    ['CREATE TABLE x.t (a INT REFERENCES u (a) ON DELETE CASCADE)', ['x.t', 'u']],
    ['ALTER TABLE x.t ADD COLUMN b INT, RENAME TO x.u', ['x.t', 'x.u']],
    ['DROP TABLE IF EXISTS x.t, u CASCADE', ['x.t', 'u']],
    ['DROP INDEX x.t@i', ['x.t']],
    ['GRANT SELECT ON TABLE x.t, x.u TO y', ['x.t', 'x.u']],
    ['REVOKE ALL ON x.t FROM y', ['x.t']],
    ['COMMENT ON COLUMN x.t.a IS NULL', ['x.t.a']],
    ["COMMENT ON CONSTRAINT c ON x.t IS 'y'", ['x.t']],
    ['SHOW CREATE x.t', ['x.t']],
    ["SELECT 1 FROM t WHERE b LIKE x.y AND 'FROM z.z' <> ''", ['(t)']],
  ])('%s', (source, expected) => {
    expect(namesIn(source)).toEqual(expected);
  });
});

describe('sequenceNames', () => {
  it('finds the names in strings, for functions of sequences only', () => {
    const named = sequenceNames(lex("SELECT nextval('x.public.S'), setval('t', 1), length('y.z'), currval(\"w\".s)"));
    expect(named.map(({ path }) => path)).toEqual([['x', 'public', 's'], ['t']]);
  });
});
