import { describe, expect, it } from 'vitest';
import { expandRowSources } from '../../../src/sql/queries/row-sources.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { translateStatement } from '../../../src/sql/translate-statement.ts';
import type { Context } from '../../../src/sql/translation/context.ts';
import { contextOf } from '../context.ts';

const base = contextOf();
const context: Context = {
  ...base,
  session: { ...base.session, translate: (statement) => translateStatement(statement, context) },
};

/** Returns the expanded statement, with runs of white space replaced by one space. */
async function expand(source: string): Promise<string> {
  return (await expandRowSources(parseStatement(source), context)).source.replace(/\s+/g, ' ');
}

describe('a statement that is used as a table', () => {
  it('becomes a WITH query when it changes rows', async () => {
    expect(await expand('SELECT id FROM [INSERT INTO t VALUES (1::INT) RETURNING id] WHERE id > 0')).toBe(
      'WITH "row source" AS (INSERT INTO t VALUES (1::int8) RETURNING id) SELECT id FROM "row source" WHERE id > 0',
    );
  });

  it('becomes a subquery when PostgreSQL answers it, with an alias of its own or ours', async () => {
    const schemas = /^SELECT 1 FROM \( ?SELECT nspname AS schema_name, .* ORDER BY 1\) AS (.*)$/;
    expect((await expand('SELECT 1 FROM [SHOW SCHEMAS] AS s')).match(schemas)?.[1]).toBe('s');
    expect((await expand('SELECT 1 FROM [SHOW SCHEMAS]')).match(schemas)?.[1]).toBe('"row source"');
  });

  it('becomes VALUES when the stand-in answers it', async () => {
    expect(await expand('SELECT * FROM [SHOW timezone] WHERE true')).toBe(
      `SELECT * FROM (SELECT * FROM (VALUES ('UTC')) AS "values" ("timezone")) AS "row source" WHERE true`,
    );
  });

  it('may be a WITH query, or one of several', async () => {
    expect(await expand('WITH a AS (SHOW timezone) SELECT * FROM a')).toBe(
      `WITH a AS (SELECT * FROM (VALUES ('UTC')) AS "values" ("timezone")) SELECT * FROM a`,
    );
    expect(
      await expand('WITH a AS (SELECT 1) SELECT 1 FROM a, [DELETE FROM t RETURNING b], [DELETE FROM u RETURNING c]'),
    ).toBe(
      'WITH "row source" AS (DELETE FROM t RETURNING b), "row source 2" AS (DELETE FROM u RETURNING c), ' +
        'a AS (SELECT 1) SELECT 1 FROM a, "row source", "row source 2"',
    );
  });

  it.each(['SELECT 1 FROM [DELETE FROM t]', 'SELECT 1 FROM [SET a = 1]'])('must return columns: %s', async (source) => {
    await expect(expand(source)).rejects.toThrow('does not return any columns');
  });

  it('is refused when it returns no rows', async () => {
    await expect(expand('SELECT 1 FROM a, [SHOW FULL TABLE SCANS]')).rejects.toThrow('does not have SHOW FULL');
  });

  it.each(['SELECT a[1] FROM t', 'SELECT ARRAY[show] FROM t', 'SELECT 1 FROM [SHOW TABLES'])(
    'is not in: %s',
    async (source) => {
      expect(await expand(source)).toBe(source);
    },
  );
});
