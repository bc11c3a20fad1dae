import { expect } from 'vitest';
import { endOf, type ApiAnswer, type Reader } from '../../../commands/client/reader.ts';
import type { Problem, Step, TablePage } from '../../../shared/protocol.ts';

/** A reader's sandbox with a database `bank`. */
export interface Bank {
  me: Reader;
  id: string;
  /** Runs statements in the database. */
  run: (statements: string) => Promise<void>;
  /** Returns the answer to a query of a table. */
  ask: (query: Record<string, string>) => Promise<ApiAnswer<TablePage & Problem>>;
  /** Returns the rows that such a query finds. */
  page: (query: Record<string, string>) => Promise<TablePage>;
}

/** Returns a step that runs statements in `bank`. */
export const sql = (statements: string): Step => ({
  id: 'sql',
  kind: 'sql',
  statements,
  user: 'root',
  database: 'bank',
});

/** Runs `work` in a sandbox of that reader with a database `bank`, in which these statements were run. */
export async function withBank(me: Reader, statements: string, work: (bank: Bank) => Promise<void>): Promise<void> {
  const { id } = await me.claim('insecure');
  const run = async (...steps: Step[]): Promise<void> =>
    expect(endOf((await me.run(id, steps)).events)).toMatchObject({ reason: 'finished' });
  const ask: Bank['ask'] = async (query) =>
    await me.ask('GET', `/api/sandboxes/${id}/table?${new URLSearchParams({ database: 'bank', ...query })}`);
  const page: Bank['page'] = async (query) => {
    const { status, body } = await ask(query);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  try {
    await run({ ...sql('CREATE DATABASE bank'), database: 'defaultdb' } as Step, sql(statements));
    await work({ me, id, run: (text) => run(sql(text)), page, ask });
  } finally {
    await me.reset(id);
  }
}
