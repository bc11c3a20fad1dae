import { describe, expect, it } from 'vitest';
import { viewText } from '../../../src/sql/definitions/view-text.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

describe('the query of a view, as SHOW CREATE prints it', () => {
  const context = contextOf([
    ['t', 'public'],
    ['s.u', 's'],
  ]);

  it.each([
    ["select a, 'k' as k from t", "SELECT a, 'k' AS k FROM bank.public.t"],
    ['SELECT count( * ),f(a,-1) FROM t AS x,s.u', 'SELECT count(*), f(a, -1) FROM bank.public.t AS x, bank.s.u'],
    ['SELECT a::text, b -1 FROM t WHERE a<>2', 'SELECT a::STRING, b - 1 FROM bank.public.t WHERE a != 2'],
    ['with q as (select 1) select * from q', 'WITH q AS (SELECT 1) SELECT * FROM q'],
    ['SELECT "A b", it."c" FROM it', 'SELECT "A b", it.c FROM it'],
    ["SELECT 'it''s' FROM generate_series(1, 2)", "SELECT e'it\\'s' FROM generate_series(1, 2)"],
  ])('%s', async (source, expected) => {
    expect(await viewText(parseStatement(source), context)).toBe(expected);
  });
});
