import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { DatabaseError } from '../../../server/cluster/database-error.ts';
import type { QueryResult } from '../../../server/cluster/sql-session.ts';
import { readTablePage } from '../../../server/cluster/table-page.ts';
import type { TablePage } from '../../../shared/protocol.ts';

type Rows = (string | null)[][];

/**
 * What a fake cluster answers about a table: its columns, its rows, and in `key` the columns of its primary key in the
 * catalog.
 */
interface Told {
  columns: [name: string, type: string, hidden?: boolean][];
  key?: string[];
  rows?: (statement: string) => Rows;
  totals?: () => Rows;
}

const answer = (columns: string[], rows: Rows): QueryResult => ({ columns, rows, tag: '', count: rows.length });

/** Returns a cluster that answers as CockroachDB does, and the statements that it received. */
function clusterOf({ columns, key = [], rows = () => [], totals = () => [['0']] }: Told): {
  cluster: Cluster;
  asked: string[];
} {
  const asked: string[] = [];
  const query = async (statement: string): Promise<QueryResult> => {
    asked.push(statement);
    if (statement.includes('table_constraints'))
      return answer(
        ['constraint_type', 'column_name'],
        key.map((name) => ['PRIMARY KEY', name]),
      );
    if (statement.includes('information_schema.tables'))
      return answer(['table_schema', 'table_name'], [['public', 't']]);
    // Newer versions return more columns here, in another order.
    if (statement.startsWith('SHOW COLUMNS'))
      return answer(
        ['is_hidden', 'data_type', 'column_name', 'indices'],
        columns.map(([name, type, isHidden = false]) => [isHidden ? 't' : 'f', type, name, '{t_pkey}']),
      );
    if (statement.startsWith('SELECT count(*)')) return answer(['count'], totals());
    if (statement.startsWith('SELECT'))
      return answer(
        /^SELECT (.*) FROM/
          .exec(statement)![1]!
          .split(', ')
          .map((name) => name.replace(/^.* AS /, '')),
        rows(statement),
      );
    return answer([], []);
  };
  return {
    asked,
    cluster: { open: async () => ({ query, close: async () => undefined, destroy: () => undefined }) as never },
  };
}

const read = ({ cluster }: { cluster: Cluster }, more: object = {}): Promise<TablePage> =>
  readTablePage(
    cluster,
    { database: 'd', schema: 'public', name: 't', limit: 100, offset: 0, ...more },
    new AbortController().signal,
  );

describe('a page of a table', () => {
  it('is identified by CockroachDB’s hidden rowid when there is no other key, without showing it', async () => {
    const table = clusterOf({
      columns: [
        ['a', 'INT8'],
        ['rowid', 'INT8', true],
      ],
      key: ['rowid'],
      rows: () => [
        ['5', '901'],
        ['5', '902'],
      ],
      totals: () => [['2', '10']],
    });
    const { columns, rows, keys, sql } = await read(table);
    expect({ columns, rows, keys }).toEqual({
      columns: [{ name: 'a', type: 'INT8', sum: '10' }],
      rows: [['5'], ['5']],
      keys: ['901', '902'],
    });
    expect(sql.rows).toBe('SELECT a, rowid FROM d.public.t ORDER BY rowid LIMIT 100');
  });

  it('has no keys when the rowid cannot be read', async () => {
    const table = clusterOf({
      columns: [
        ['a', 'INT8'],
        ['rowid', 'INT8', true],
      ],
      rows: (statement) => {
        if (statement.includes('rowid')) throw new DatabaseError('not here', { code: '0A000' });
        return [['5']];
      },
    });
    expect(await read(table)).toMatchObject({ rows: [['5']], sql: { rows: 'SELECT a FROM d.public.t LIMIT 100' } });
    expect((await read(table)).keys).toBeUndefined();
  });

  it('has no sums when they are too large', async () => {
    const table = clusterOf({
      columns: [
        ['id', 'INT8'],
        ['f', 'FLOAT8'],
      ],
      key: ['id'],
      rows: () => [['1', '1e308']],
      totals: () => {
        if (table.asked.at(-1)!.includes('sum(f)')) throw new DatabaseError('out of range', { code: '22003' });
        return [['1']];
      },
    });
    expect(await read(table)).toMatchObject({
      count: 1,
      columns: [{ name: 'id' }, { name: 'f', type: 'FLOAT8' }],
      sql: { totals: 'SELECT count(*) FROM d.public.t' },
    });
  });

  it('contains the first hundred of ten thousand columns, and says how many more there are', async () => {
    const columns = Array.from({ length: 10_000 }, (_, at): [string, string] => [`c${at}`, 'STRING']);
    const {
      columns: shown,
      moreColumns,
      keys,
    } = await read(clusterOf({ columns, key: ['c9999'], rows: () => [[...Array<string>(100).fill('x'), 'last']] }));
    expect([shown.length, moreColumns, keys]).toEqual([100, 9900, ['last']]);
  });

  it('takes at most 256 KiB, whatever its cells and names are', async () => {
    const name = '\u0001'.repeat(190);
    const columns = Array.from({ length: 100 }, (_, at): [string, string] => [`${name}${at}`, 'STRING']);
    const { rows } = await read(
      clusterOf({ columns, rows: () => Array.from({ length: 100 }, () => Array<string>(100).fill('я'.repeat(200))) }),
    );
    expect(Buffer.byteLength(JSON.stringify(rows))).toBeLessThanOrEqual(256 << 10);
  });

  it('requests only the beginnings of cells when the whole is too large, but never a truncated key', async () => {
    const table = clusterOf({
      columns: [
        ['id', 'STRING'],
        ['v', 'BYTES'],
        ['n', 'INT8'],
      ],
      key: ['id'],
      rows: (statement) => {
        if (!statement.includes('left(')) throw new DatabaseError('The connection to the database was lost.');
        return [['k'.repeat(201), 'short', '7']];
      },
    });
    const { rows, keys, sql } = await read(table);
    expect(rows).toEqual([[`${'k'.repeat(200)}…`, 'short', '7']]);
    expect(keys).toBeUndefined();
    expect(sql.rows).toBe('SELECT left(id::STRING, 201) AS id, left(v::STRING, 201) AS v, n FROM d.public.t LIMIT 100');
  });

  it('gives up on a cluster that always drops the connection', async () => {
    const table = clusterOf({
      columns: [['id', 'INT8']],
      rows: () => {
        throw new DatabaseError('The connection to the database was lost.');
      },
    });
    await expect(read(table)).rejects.toThrow('lost');
    expect(table.asked.filter((statement) => statement.startsWith('SHOW')).length).toBe(2);
  });

  it('says when the database cannot sort it, and when it was not read in time', async () => {
    const refusing = (code: string): ReturnType<typeof clusterOf> =>
      clusterOf({
        columns: [['j', 'JSONB']],
        rows: () => {
          throw new DatabaseError('can’t order by column type JSONB', { code });
        },
      });
    await expect(read(refusing('0A000'), { sort: 'j' })).rejects.toMatchObject({
      code: 'bad-request',
      message: 'sort: the database says “can’t order by column type JSONB”.',
    });
    await expect(read(refusing('57014'), { sort: 'j' })).rejects.toMatchObject({ code: 'busy' });
  });
});
