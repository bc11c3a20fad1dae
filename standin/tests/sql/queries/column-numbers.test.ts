import { describe, expect, it } from 'vitest';
import { expandColumnNumbers } from '../../../src/sql/queries/column-numbers.ts';
import { expandSingleTuples } from '../../../src/sql/queries/single-tuples.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { keyOf } from '../../../src/sql/translation/table-shape.ts';
import { contextOf } from '../context.ts';

const context = contextOf();
const shape = { columns: ['a', 'b c'], hidden: [], indexes: [] };
context.session.shapes = () => Promise.resolve(new Map(['t', 'u'].map((name) => [keyOf([name]), shape])));

const plain = (source: string): string => source.replace(/\s+/g, ' ').trim();

describe('numbers of columns', () => {
  it.each([
    ['SELECT @2 FROM t', 'SELECT "t"."b c" AS "?column?" FROM t'],
    ['SELECT f(0, @1, 2), @1 + @2 AS x FROM t AS q', 'SELECT f(0, "q"."a" , 2), "q"."a" + "q"."b c" AS x FROM t AS q'],
    ['SELECT b FROM t JOIN u ON @1 = @3 ORDER BY @4', 'SELECT b FROM t JOIN u ON "t"."a" = "u"."a" ORDER BY "u"."b c"'],
    ['SELECT \'@1\', t."@1" FROM t@i WHERE (x).@2 = 1', 'SELECT \'@1\', t."@1" FROM t@i WHERE (x).@2 = 1'],
  ])('%s', async (source, expected) => {
    const { source: expanded } = await expandColumnNumbers(parseStatement(source), context);
    expect(plain(expanded)).toBe(expected);
  });

  it.each(['SELECT @3 FROM t', 'SELECT @1 FROM v', 'SELECT @1 FROM t JOIN u USING (a)', 'UPDATE t SET a = @2'])(
    'refuses %s',
    async (source) => {
      await expect(expandColumnNumbers(parseStatement(source), context)).rejects.toThrow(/stand-in/);
    },
  );
});

describe('tuples of one field', () => {
  it.each([
    ['SELECT (a,), ((b,), c), f((d,))', 'SELECT ROW(a), (ROW(b), c), f(ROW(d))'],
    ['SELECT x IN ((1,), (2,))', 'SELECT x IN (ROW(1), ROW(2))'],
    ["SELECT f(a,), (a, b,), '(a,)'", "SELECT f(a,), (a, b,), '(a,)'"],
  ])('%s', (source, expected) => {
    expect(expandSingleTuples(parseStatement(source)).source).toBe(expected);
  });
});
