import { describe, expect, it } from 'vitest';
import { translateUpsert } from '../../../src/sql/queries/upsert.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

/** A context with a table that has the columns id, a and b, and the key id. */
const context = contextOf([['["id"]', '["id","a","b"]', '[]', 'f']]);

async function plan(source: string): Promise<{ sql: string; tag?: string | undefined }> {
  const { sql, tag } = (await translateUpsert(parseStatement(source), context))!;
  return { sql: sql.replace(/ ON CONFLICT[\s\S]*$/, ''), ...(tag === undefined ? {} : { tag }) };
}

describe('UPSERT of the same key twice', () => {
  it('keeps the last row, and counts all of them', async () => {
    expect(await plan("UPSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b'), (1, f(3, 4), b'c')")).toEqual({
      sql: expect.stringMatching(/^INSERT INTO t VALUES \(2, 2, 'b'\), \(1, f\(3, 4\),/) as string,
      tag: 'INSERT 0 3',
    });
    expect(await plan('UPSERT INTO t (b, a, id) VALUES (0, 1, $1), (0, 2, $1)')).toEqual({
      sql: 'INSERT INTO t (b, a, id) VALUES (0, 2, $1)',
      tag: 'INSERT 0 2',
    });
  });

  it('removes the overwritten row with its expressions', async () => {
    expect(await plan("UPSERT INTO t VALUES (1, 1::INT, b'x'), (1, 2::INT, 'y')")).toEqual({
      sql: "INSERT INTO t VALUES (1, 2::int8, 'y')",
      tag: 'INSERT 0 2',
    });
  });

  it.each([
    "UPSERT INTO t VALUES (1, 1, 'a'), (2, 1, 'a')",
    'UPSERT INTO t VALUES (random(), 1, 1), (random(), 1, 1)',
    'UPSERT INTO t SELECT 1, 2, 3',
    'UPSERT INTO t (id, a) VALUES (1, 2), (1, 3)',
    'UPSERT INTO t VALUES (1, 2, 3), (1, 2, 3) RETURNING id',
  ])('leaves alone: %s', async (source) => {
    expect(await plan(source)).not.toHaveProperty('tag');
  });
});
