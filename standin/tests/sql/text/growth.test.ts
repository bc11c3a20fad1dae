import { describe, expect, it } from 'vitest';
import { StatementError } from '../../../src/protocol/statement-error.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { translateStatement } from '../../../src/sql/translate-statement.ts';
import { contextOf } from '../context.ts';

/** Statements with a part that is repeated: what stands before it, the part, what separates two, what follows. */
const SHAPES: [string, string, string, string][] = [
  ['SELECT ', 'a', ',', ' FROM t'],
  ['SELECT ', '1', '+', ''],
  ['SELECT ', '1e3', '+', ''],
  ['SELECT 1 WHERE a IN (', '1e3', ',', ')'],
  ['SELECT ARRAY[', 't.a', ',', '] FROM t'],
  ['SELECT ARRAY[', 'bank.public.t.a', ',', '] FROM t'],
  ['SELECT ARRAY[', 'a[1]', ',', ']'],
  ['SELECT ARRAY[', 'f(1)[1]', ',', ']'],
  ['SELECT ARRAY[', 'ARRAY[1][1]', ',', ']'],
  ['SELECT a', '[1]', '', ''],
  ['SELECT ARRAY[', 'ARRAY[]', ',', ']'],
  ['SELECT concat(', 'abs(NULL)', ',', ')'],
  ['SELECT ', '1 IS OF (INT)', ' AND ', ''],
  ['SELECT 1 IS OF (', 'INT', ',', ')'],
  ['SELECT ', 'a = ANY (1, 2)', ' AND ', ' FROM t'],
  ['SELECT ', 'a = ANY ARRAY[1]', ' AND ', ' FROM t'],
  ['SELECT ARRAY[', "extract('year', a)", ',', '] FROM t'],
  ['SELECT ', '((1, 2)).@1', '+', ''],
  ['SELECT ', 'a IN (SELECT a FROM t)', ' AND ', ' FROM t'],
  ['SELECT ARRAY[', '(SELECT a FROM t LIMIT 1)', ',', ']'],
  ['SELECT a FROM t', ' UNION ALL SELECT a FROM t', '', ''],
  ['', 'SELECT', ' ', ''],
  ['SELECT 1 FROM ', 't', ',', ''],
  ['SELECT 1 FROM ', 'bank.t', ',', ''],
  ['SELECT 1 FROM ', 't WITH ORDINALITY', ',', ''],
  ['SELECT 1 FROM ', 'pg_catalog.pg_class', ',', ''],
  ['SELECT 1 FROM t', ' JOIN t ON true', '', ''],
  ['SELECT 1 FROM t ORDER BY ', 'a', ',', ''],
  ['SELECT 1 FROM t GROUP BY ', 'a', ',', ''],
  ['SELECT 1 FROM t', ' LIMIT 1', '', ''],
  ['WITH ', 'x AS (SELECT 1)', ',', ' SELECT 1 FROM x'],
  ['WITH RECURSIVE ', 'x AS (SELECT 1)', ',', ' SELECT 1 FROM x'],
  ['INSERT INTO t VALUES ', '(1, ARRAY[])', ',', ''],
  ['UPDATE t SET ', 'a = 1', ',', ' ORDER BY a LIMIT 1'],
  ['CREATE TABLE t (', 'a INT', ',', ')'],
  ['DROP TABLE ', 'bank.t', ',', ''],
  ['GRANT SELECT ON ', 't', ',', ' TO root'],
  ['SELECT ', '(', '', ''],
  ['SELECT 1', ')', '', ''],
];

/** Translates a statement with that many repetitions; returns how often a token of it was looked at. */
async function looksAtTokens([head, part, separator, tail]: (typeof SHAPES)[number], times: number): Promise<number> {
  const statement = parseStatement(head + Array.from({ length: times }, () => part).join(separator) + tail);
  let looks = 0;
  const tokens = new Proxy(statement.tokens, {
    get(target, name, receiver): unknown {
      looks++;
      return Reflect.get(target, name, receiver);
    },
  });
  try {
    await translateStatement({ ...statement, tokens }, contextOf([]));
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
  }
  return looks;
}

describe('the work for a statement grows no faster than the statement', () => {
  it.each(SHAPES)('%s%s%s…%s', async (...shape) => {
    const [few, many] = [await looksAtTokens(shape, 100), await looksAtTokens(shape, 400)];
    expect(many / few).toBeLessThan(5);
  });
});
