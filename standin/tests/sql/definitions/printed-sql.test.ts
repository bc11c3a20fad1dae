import { describe, expect, it } from 'vitest';
import { printedSql } from '../../../src/sql/definitions/expressions/printed-sql.ts';
import { quoteText } from '../../../src/sql/text/quoting.ts';
import { lex } from '../../../src/sql/text/lexer.ts';

const COLUMNS = new Map([
  ['a', 'INT8'],
  ['b', 'VARCHAR(5)'],
  ['d', 'DECIMAL(10,2)'],
  ['f', 'FLOAT4'],
  ['t', 'TIMESTAMPTZ'],
  ['j', 'JSONB'],
  ['r', 'STRING[]'],
]);

/** Returns an expression as SHOW CREATE prints it, when PostgreSQL is not needed to print its constants. */
function print(source: string, type?: string): string | undefined {
  return printedSql(lex(source), COLUMNS, type)?.replaceAll('\u0001', '');
}

describe('an expression of a definition', () => {
  it.each([
    ['a > 0', 'a > 0:::INT8'],
    ['t.a > 0 AND bank.public.t.a < 9', '(a > 0:::INT8) AND (a < 9:::INT8)'],
    ['A + 1 < 100', '(a + 1:::INT8) < 100:::INT8'],
    ['d > 0 AND f >= 1 OR NOT a <> -1', '((d > 0:::DECIMAL) AND (f >= 1.0:::FLOAT8)) OR (NOT (a != (-1):::INT8))'],
    ["b IN ('x', 'y')", "b IN ('x':::STRING, 'y':::STRING)"],
    ['a between 1 and (2)', 'a BETWEEN 1:::INT8 AND 2:::INT8'],
    ["b not like 'x%' or b is null", "(b NOT LIKE 'x%':::STRING) OR (b IS NULL)"],
    ['length(b) = 3', 'length(b) = 3:::INT8'],
    ["coalesce(b, '') || 'x'", "COALESCE(b, '':::STRING) || 'x':::STRING"],
    ['a::text', 'a::STRING'],
    ['cast(a as VARCHAR(5))', 'CAST(a AS VARCHAR(5))'],
    ['case when a > 1 then d else 0 end', 'CASE WHEN a > 1:::INT8 THEN d ELSE 0:::DECIMAL END'],
    ["j->>'k' = 'v'", "(j->>'k':::STRING) = 'v':::STRING"],
    ['extract(year from t) > 2000', "extract('year':::STRING, t) > 2000.0:::FLOAT8"],
    ['array_length(r, 1) = 2', 'array_length(r, 1:::INT8) = 2:::INT8'],
    ['if(a = 1, d, 2)', 'IF(a = 1:::INT8, d, 2:::DECIMAL)'],
  ])('%s', (source, expected) => {
    expect(print(source)).toBe(quoteText(expected));
  });

  it.each([
    ['5', 'INT2', '5:::INT8'],
    ['-5', 'INT8', '(-5):::INT8'],
    ['2.50', 'DECIMAL(10,2)', '2.50:::DECIMAL'],
    ['5', 'FLOAT8', '5.0:::FLOAT8'],
    ["'it''s'", 'STRING', "e'it\\'s':::STRING"],
    ['now()', 'TIMESTAMP', 'now():::TIMESTAMP'],
    ['(current_timestamp)', 'TIMESTAMPTZ', 'current_timestamp():::TIMESTAMPTZ'],
    ['current_date', 'DATE', 'current_date()'],
    ['array[1]', 'INT8[]', 'ARRAY[1:::INT8]:::INT8[]'],
    ['gen_random_uuid()', 'UUID', 'gen_random_uuid()'],
    ['true', 'BOOL', 'true'],
    ['NULL', 'STRING', 'NULL'],
    ["'open'", 'public.status', "'open':::public.status"],
  ])('is the default %s of a column of type %s', (source, type, expected) => {
    expect(print(source, type)).toBe(quoteText(expected));
  });

  it('has its constants printed by PostgreSQL where the type decides how', () => {
    expect(print("'2020-1-1'", 'DATE')).toBe(
      "pg_catalog.quote_literal(('2020-1-1'::pg_catalog.date)::pg_catalog.text) || ':::DATE'",
    );
    expect(print("t > '2020-1-1'")).toMatch(/^'t > ' \|\| pg_catalog\.quote_literal\(.*timestamptz.*:::TIMESTAMPTZ'$/);
  });

  it.each(['(SELECT 1)', 'count(*)', 'a AT TIME ZONE b', 'x.y() > 0', "'\u0001'", `${'NOT '.repeat(1e5)}a`])(
    'is left to PostgreSQL when it is not understood: %.40s',
    (source) => {
      expect(print(source)).toBeUndefined();
    },
  );
});
