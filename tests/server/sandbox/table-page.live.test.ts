import { describe, expect, it } from 'vitest';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { sql, withBank } from './bank.ts';

/** A name that nobody should use. */
const HOSTILE = 'a"b; DROP TABLE accounts; --\'\\ ☃.я/../%2e';
const quoted = `"${HOSTILE.replaceAll('"', '""')}"`;

describe.skipIf(withoutSandbox)('a table, read page by page', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0', STEP_SECONDS: '60' });

  it('has the true count and the sums of all rows, and the rows in the order of the key, page by page', async () => {
    await withBank(
      reader(),
      'CREATE TABLE accounts (id INT PRIMARY KEY, balance INT, rate DECIMAL(6,2), note STRING); ' +
        'INSERT INTO accounts SELECT i, 1000, 0.25, NULL FROM generate_series(1, 250) AS g(i)',
      async ({ page, run }) => {
        const first = await page({ name: 'accounts' });
        expect(first.count).toBe(250);
        expect(first.columns).toEqual([
          { name: 'id', type: 'INT8', isKey: true },
          { name: 'balance', type: 'INT8', sum: '250000' },
          { name: 'rate', type: 'DECIMAL(6,2)', sum: '62.50' },
          { name: 'note', type: 'STRING' },
        ]);
        expect(first.rows).toHaveLength(100);
        expect(first.rows[0]).toEqual(['1', '1000', '0.25', null]);
        expect(first.keys?.slice(0, 3)).toEqual(['1', '2', '3']);
        expect(first.sql).toMatchObject({
          totals: 'SELECT count(*), sum(balance), sum(rate) FROM bank.public.accounts',
          rows: 'SELECT id, balance, rate, note FROM bank.public.accounts ORDER BY id LIMIT 100',
        });
        const last = await page({ name: 'accounts', limit: '20', offset: '240' });
        expect(last.keys).toEqual(['241', '242', '243', '244', '245', '246', '247', '248', '249', '250']);
        await run(
          'UPDATE accounts SET balance = balance - 100 WHERE id = 7; ' +
            'UPDATE accounts SET balance = balance + 100 WHERE id = 9',
        );
        const [richest, poorest] = [
          await page({ name: 'accounts', sort: 'balance', descending: 'true', limit: '2' }),
          await page({ name: 'accounts', sort: 'balance', limit: '2' }),
        ];
        expect([richest.rows[0]?.[0], richest.rows[1]?.[0], poorest.rows[0]?.[0]]).toEqual(['9', '1', '7']);
        expect(richest.columns[1]?.sum).toBe('250000');
        expect(richest.sql.rows).toBe(
          'SELECT id, balance, rate, note FROM bank.public.accounts ORDER BY balance DESC, id LIMIT 2',
        );
      },
    );
  });

  it('returns statements that can be run unchanged and return the same rows', async () => {
    await withBank(
      reader(),
      `CREATE TABLE "order" ("select" INT PRIMARY KEY, ${quoted} INT); INSERT INTO "order" VALUES (1, 2)`,
      async ({ me, id, page }) => {
        const { sql: statements, rows, columns } = await page({ name: 'order', sort: HOSTILE });
        expect(columns[1]).toEqual({ name: HOSTILE, type: 'INT8', sum: '2' });
        const { events } = await me.run(id, [sql(`${statements.rows};\n${statements.totals}; ${statements.tables}`)]);
        expect(events.flatMap((event) => (event.type === 'rows' ? [event.rows] : []))).toEqual([
          rows,
          [['1', '2']],
          [['public', 'order']],
        ]);
      },
    );
  });

  it('accepts tables, schemas and keys of any name, only as names', async () => {
    await withBank(
      reader(),
      'CREATE TABLE accounts (id INT PRIMARY KEY); ' +
        `CREATE SCHEMA ${quoted}; ` +
        `CREATE TABLE ${quoted}.${quoted} (v STRING, ${quoted} STRING PRIMARY KEY); ` +
        `INSERT INTO ${quoted}.${quoted} VALUES ('<b>', repeat('k', 500))`,
      async ({ page, ask }) => {
        const { count, rows, keys, columns } = await page({ schema: HOSTILE, name: HOSTILE });
        expect({ count, rows, columns }).toEqual({
          count: 1,
          rows: [['<b>', `${'k'.repeat(200)}… (500 characters)`]],
          columns: [
            { name: 'v', type: 'STRING' },
            { name: HOSTILE, type: 'STRING', isKey: true },
          ],
        });
        expect(keys?.[0]).toMatch(/^[\w-]{43}$/);
        for (const name of [HOSTILE, "accounts' OR '1'='1", 'accounts; DROP TABLE accounts', 'accounts"', 'x'])
          expect((await ask({ name })).status).toBe(404);
        expect((await page({ name: 'accounts' })).count).toBe(0);
      },
    );
  });

  it('keeps within its bounds, whatever a table contains', async () => {
    const columns = Array.from({ length: 400 }, (_, at) => `c${at} STRING DEFAULT repeat('я', 300)`).join(', ');
    await withBank(
      reader(),
      'CREATE TABLE big (id INT PRIMARY KEY, v STRING, b BYTES); ' +
        "INSERT INTO big SELECT i, repeat('x', 3000000), repeat('y', 300000)::BYTES FROM " +
        'generate_series(1, 3) AS g(i); ' +
        `CREATE TABLE wide (${columns}, id INT PRIMARY KEY); ` +
        'INSERT INTO wide (id) SELECT i FROM generate_series(1, 60) AS g(i)',
      async ({ page }) => {
        const big = await page({ name: 'big' });
        expect(big.count).toBe(3);
        expect(big.rows.map(([id, v]) => [id, v])).toEqual(['1', '2', '3'].map((id) => [id, `${'x'.repeat(200)}…`]));
        expect(big.sql.rows).toContain('left(v::STRING, 201) AS v');
        const wide = await page({ name: 'wide' });
        expect([wide.columns.length, wide.moreColumns, wide.count, wide.keys?.[0]]).toEqual([100, 301, 60, '1']);
        expect(Buffer.byteLength(JSON.stringify(wide))).toBeLessThan(300 << 10);
        expect(wide.rows.length).toBeGreaterThan(0);
        expect(wide.keys).toHaveLength(wide.rows.length);
      },
    );
  });

  it('shows no hidden column, sums no key, and names the key', async () => {
    await withBank(
      reader(),
      'CREATE TABLE owners (id INT PRIMARY KEY); ' +
        'CREATE TABLE loose (a INT, owner INT REFERENCES owners (id)); ' +
        'INSERT INTO loose VALUES (5, NULL), (6, NULL)',
      async ({ page }) => {
        const { columns, count, rows } = await page({ name: 'loose' });
        expect({ columns, count }).toEqual({
          count: 2,
          columns: [
            { name: 'a', type: 'INT8', sum: '11' },
            { name: 'owner', type: 'INT8' },
          ],
        });
        expect(rows.map(([a]) => a).sort()).toEqual(['5', '6']);
      },
    );
  });

  it('gives up in time on a table that a transaction has locked, and goes on', async () => {
    await withBank(
      reader(),
      'CREATE TABLE held (id INT PRIMARY KEY); CREATE TABLE free (id INT PRIMARY KEY)',
      async ({ me, id, ask }) => {
        const hold = [
          'import psycopg2, time',
          'c = psycopg2.connect("host=localhost port=26257 user=root dbname=bank sslmode=disable")',
          'k = c.cursor()',
          'k.execute("DROP TABLE held")',
          'print("held", flush=True)',
          'time.sleep(30)',
          '',
        ].join('\n');
        let stop = (): void => undefined;
        const held = new Promise<void>((settle) => {
          void me.run(
            id,
            [
              { id: 'file', kind: 'file', path: 'hold.py', text: hold },
              { id: 'hold', kind: 'shell', command: 'python hold.py' },
            ],
            (event, location) => {
              stop = () => void me.fetch('DELETE', location);
              if (event.type === 'output') settle();
            },
          );
        });
        await held;
        const { status, body } = await ask({ name: 'held' });
        expect([status, body.error.code]).toEqual([409, 'busy']);
        expect(body.error.message).toMatch(/holding/);
        expect((await ask({ name: 'free' })).status).toBe(200);
        stop();
      },
    );
  });
});
