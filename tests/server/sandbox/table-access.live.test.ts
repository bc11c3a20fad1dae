import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { withBank } from './bank.ts';

describe.skipIf(withoutSandbox)('the API for tables', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it('shows neither views, nor databases or tables of the engine, nor what does not exist', async () => {
    await withBank(
      reader(),
      'CREATE TABLE t (id INT PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t; CREATE SEQUENCE s',
      async ({ ask }) => {
        const queries: Record<string, string>[] = [
          { name: 'v' },
          { name: 's' },
          { name: 'none' },
          { name: 't', schema: 'none' },
          { name: 't', database: 'none' },
          { name: 'users', database: 'system' },
          { name: 'pg_class', schema: 'pg_catalog' },
          { name: 'tables', schema: 'crdb_internal' },
        ];
        for (const query of queries) {
          const { status, body } = await ask(query);
          expect([query, status, body.error.code]).toEqual([query, 404, 'not-found']);
        }
      },
    );
  });

  it('refuses an invalid query with a sentence', async () => {
    await withBank(reader(), 'CREATE TABLE t (id INT PRIMARY KEY)', async ({ ask }) => {
      for (const query of [
        {},
        { name: '' },
        { name: 't', limit: '101' },
        { name: 't', limit: '-1' },
        { name: 't', offset: '1e3' },
        { name: 't', descending: 'no' },
        { name: 't', sort: 'none' },
        { name: 'a\0b' },
        { name: 'x'.repeat(1001) },
        { name: 't', more: '1' },
      ]) {
        const { status, body } = await ask(query as Record<string, string>);
        expect([query, status, body.error.code]).toEqual([query, 400, 'bad-request']);
        expect(body.error.message).toMatch(/\.$/);
      }
    });
  });

  it('is visible only to its reader', async () => {
    await withBank(reader(), 'CREATE TABLE t (id INT PRIMARY KEY)', async ({ id }) => {
      for (const other of [reader(), await claimed(reader())]) {
        const { status } = await other.ask('GET', `/api/sandboxes/${id}/table?database=bank&name=t`);
        expect(status).toBe(404);
      }
    });
  });
});

async function claimed(me: Reader): Promise<Reader> {
  await me.claim('insecure');
  return me;
}
