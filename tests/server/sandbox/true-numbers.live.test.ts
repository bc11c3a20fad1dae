import { describe, expect, it } from 'vitest';
import type { Health, Holdings, RunEvent, Step } from '../../../shared/protocol.ts';
import { endOf, printed, type Reader } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';

const sql = (statements: string, database = 'defaultdb'): Step => ({
  id: 'sql',
  kind: 'sql',
  statements,
  user: 'root',
  database,
});
const python = (text: string): Step[] => [
  { id: 'file', kind: 'file', path: 'a.py', text },
  { id: 'run', kind: 'shell', command: 'python a.py' },
];

describe.skipIf(withoutSandbox)('numbers that a reader is told', { timeout: 120_000 }, () => {
  const { reader, server } = useOwnServer({ WARM_PER_MODE: '0', STEP_SECONDS: '30', OUTPUT_KIB: '64' });
  const withSandbox = async (
    work: (
      run: (...steps: Step[]) => Promise<RunEvent[]>,
      holdings: () => Promise<Holdings>,
      me: Reader,
    ) => Promise<void>,
  ): Promise<void> => {
    const me = reader();
    const { id } = await me.claim('insecure');
    try {
      await work(
        async (...steps) => (await me.run(id, steps)).events,
        async () => (await me.ask<Holdings>('GET', `/api/sandboxes/${id}/tables`)).body,
        me,
      );
    } finally {
      await me.reset(id);
    }
  };

  it('what this machine cannot limit is reported at the start and in the server’s health', async () => {
    const { unlimited = [] } = (await reader().ask<Health>('GET', '/api/health')).body;
    expect(unlimited).toEqual(
      /^Not limited on this machine: reading from disk/m.test(server().log()) ? ['reading from disk'] : [],
    );
  });

  it('an answer says how many rows the statement returned, including those that are not sent', async () => {
    await withSandbox(async (run) => {
      const events = await run(
        sql(
          'SELECT * FROM generate_series(1, 5000); ' +
            'SELECT * FROM generate_series(1, 1000); ' +
            'SELECT 1 WHERE false; ' +
            'CREATE TABLE t (id INT PRIMARY KEY)',
        ),
      );
      const [some = 0, ...numbers] = events.flatMap((event) =>
        event.type === 'rows' ? [event.rows.length, event.count] : [],
      );
      // As many as half of what the run may keep, which is little on this server.
      expect([some > 1000, some < 5000]).toEqual([true, true]);
      expect(numbers).toEqual([5000, ...[1000, 1000], ...[0, 0], ...[0, 0]]);
    });
  });

  it('the report on databases lists every table of a few, and counts those of many that it leaves out', async () => {
    await withSandbox(async (run, holdings) => {
      const heldAt = async (events: RunEvent[]): Promise<Holdings> => {
        const event = events.find(({ type }) => type === 'tables') as RunEvent & { type: 'tables' };
        const { tables, unlisted } = await holdings();
        expect(event).toEqual({ type: 'tables', tables, unlisted });
        return { tables, unlisted };
      };
      await run(sql('CREATE DATABASE d1'));
      const few = await heldAt(
        await run(
          sql(
            'CREATE SCHEMA s; ' +
              'CREATE TABLE s.t (v STRING); ' +
              "INSERT INTO s.t VALUES (repeat('😀', 300)); " +
              'CREATE TABLE t (v STRING)',
            'd1',
          ),
        ),
      );
      expect(few.tables.map(({ database, schema, name, count }) => [database, schema, name, count])).toEqual([
        ['d1', undefined, 't', 0],
        ['d1', 's', 't', 1],
      ]);
      expect(few.tables[1]?.rows).toEqual([[`${'😀'.repeat(200)}… (300 characters)`]]);
      expect(few.unlisted).toEqual({ tables: 0, databases: 0 });
      await run(sql([0, 2, 3, 4, 5, 6, 7, 8].map((number) => `CREATE DATABASE d${number}`).join(';')));
      const many = await heldAt(
        await run(
          sql(
            Array.from({ length: 14 }, (_, number) => `CREATE TABLE t${number} (id INT PRIMARY KEY)`).join(';'),
            'd0',
          ),
        ),
      );
      expect(many.tables).toHaveLength(12);
      expect(new Set(many.tables.map(({ database }) => database))).toEqual(new Set(['d0']));
      // Not listed: two more tables in d0, two in d1; the databases d8 and defaultdb.
      expect(many.unlisted).toEqual({ tables: 4, databases: 2 });
    });
  });

  it('the report on databases has other tables, and the beginnings of one too large for an answer', async () => {
    await withSandbox(async (run, holdings) => {
      const [size, row] = ["repeat('x', 900000)", "repeat('x', 5000000)"];
      const events = await run(
        sql(
          'CREATE TABLE cells (id INT PRIMARY KEY, v STRING, b BYTES); ' +
            `INSERT INTO cells SELECT i, ${size}, ${size}::BYTES FROM generate_series(1, 5) AS g(i)`,
        ),
        sql(
          'CREATE TABLE rows (v STRING, d DATE); ' +
            `INSERT INTO rows VALUES (${row}, '2024-02-29'); ` +
            'CREATE TABLE small (id INT PRIMARY KEY); ' +
            'INSERT INTO small VALUES (7)',
        ),
      );
      const event = events.find(({ type }) => type === 'tables') as RunEvent & { type: 'tables' };
      expect(event).toEqual({ type: 'tables', ...(await holdings()) });
      const [cells, rows, small] = event.tables;
      expect([cells?.count, cells?.rows.length, cells?.rows[0]?.slice(0, 2)]).toEqual([
        5,
        5,
        ['1', `${'x'.repeat(200)}…`],
      ]);
      expect([rows?.count, rows?.rows]).toEqual([1, [[`${'x'.repeat(200)}…`, '2024-02-29']]]);
      expect(small).toEqual({ database: 'defaultdb', name: 'small', columns: ['id'], rows: [['7']], count: 1 });
      expect(event.unlisted).toEqual({ tables: 0, databases: 0 });
    });
  });

  it('a program that prints byte by byte may print as much as any other, in few events', async () => {
    await withSandbox(async (run) => {
      const events = await run(...python('import os\nfor _ in range(64 * 1024): os.write(1, b"x")\n'));
      expect(endOf(events)).toEqual({ type: 'end', reason: 'finished' });
      expect(printed(events)).toBe('x'.repeat(64 * 1024));
      expect(events.filter(({ type }) => type === 'output').length).toBeLessThan(8000);
    });
  });

  it.each<[string, Step[], string]>([
    ['a program that prints more', python('print("x" * (64 * 1024))'), 'it printed more than 64 KiB'],
    [
      'rows that take more',
      [sql("SELECT repeat('x', 60000) FROM generate_series(1, 3)")],
      'keeping its output, with all its pieces and cells, takes more than 256 KiB',
    ],
  ])('the limit that ended %s', async (_, steps, why) => {
    await withSandbox(async (run) => {
      const message = `It was ended because ${why}, the limit for one run.`;
      expect(endOf(await run(...steps))).toEqual({ type: 'end', reason: 'too-much-output', message });
    });
  });
});
