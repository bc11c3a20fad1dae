import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import type { QueryResult } from '../../../server/cluster/sql-session.ts';
import { readTables } from '../../../server/cluster/tables.ts';
import type { Holdings } from '../../../shared/protocol.ts';
import { heldBytes } from '../../support/held-memory.ts';

const MAX_BYTES = 256 << 10;
const answer = (columns: string[], rows: (string | null)[][]): QueryResult => ({
  columns,
  rows,
  tag: '',
  count: rows.length,
});

/**
 * Returns a cluster with one database of `tables` tables, each with these columns, and with rows that are made for each
 * query.
 */
function clusterOf(tables: number, columns: string[], row: () => (string | null)[], name = 't'): Cluster {
  const query = async (statement: string): Promise<QueryResult> => {
    if (statement.includes('datname')) return answer(['datname'], [['d']]);
    if (statement.includes('information_schema'))
      return answer(
        ['table_schema', 'table_name'],
        Array.from({ length: tables }, (_, at) => ['public', `${name}${at}`]),
      );
    return statement.includes('count(*)')
      ? answer(['count'], [['1000']])
      : answer(columns, Array.from({ length: 10 }, row));
  };
  return { open: async () => ({ query, close: async () => undefined, destroy: () => undefined }) as never };
}

const read = (cluster: Cluster): Promise<Holdings> => readTables(cluster, new AbortController().signal);
const names = (count: number, name = 'c'): string[] => Array.from({ length: count }, (_, at) => `${name}${at}`);

describe('the report on tables takes at most 256 KiB, and says what is left out', () => {
  it.each<[string, Cluster]>([
    ['hundreds of columns', clusterOf(12, names(400), () => Array<string>(400).fill('x'.repeat(200)))],
    ['cells that are not Latin', clusterOf(12, names(400), () => Array<string>(400).fill('я'.repeat(30)))],
    [
      'characters that JSON writes with six',
      clusterOf(12, names(20), () => Array<string>(20).fill('\u0001'.repeat(200))),
    ],
    ['names of columns', clusterOf(12, names(1000, '\u0001'.repeat(60)), () => [])],
    ['names of tables', clusterOf(12, ['c'], () => ['x'], '\u0001'.repeat(100_000))],
  ])('of %s', async (_, cluster) => {
    const holdings = await read(cluster);
    expect(Buffer.byteLength(JSON.stringify(holdings))).toBeLessThanOrEqual(MAX_BYTES + 200);
    expect(holdings.tables.length + holdings.unlisted.tables).toBe(12);
    for (const { count } of holdings.tables) expect(count).toBe(1000);
    expect(holdings.unlisted.tables > 0 || holdings.tables.some(({ rows }) => rows.length < 10)).toBe(true);
  });

  it('the beginning of a huge cell, which does not keep the whole cell in memory', async () => {
    const cluster = clusterOf(12, ['c'], () => [Math.random() + 'x'.repeat(1 << 20)]);
    const before = await heldBytes();
    const holdings = await read(cluster);
    expect((await heldBytes()) - before).toBeLessThan(1 << 20);
    expect(holdings.tables[0]?.rows[0]?.[0]).toMatch(/x… \(more than 100000 characters\)$/);
  });
});
