import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { DatabaseError } from '../../../server/cluster/database-error.ts';
import type { QueryResult, SqlSession } from '../../../server/cluster/sql-session.ts';
import { keptAnswer, seemsToWait } from '../../../server/sandbox/waiting-statement.ts';
import { fakeSession } from './fake-session.ts';

const ANSWER: QueryResult = { columns: ['n'], rows: [['1']], tag: 'SELECT 1', count: 1 };

/** Returns a cluster that answers questions as `query` does, and the number of its open sessions. */
function clusterThat(query: SqlSession['query']): { cluster: Cluster; open: () => number } {
  let open = 0;
  const close = (): void => void (open -= 1);
  const cluster: Cluster = {
    open: async () => {
      open += 1;
      return fakeSession({ query, close: async () => close(), destroy: () => undefined });
    },
  };
  return { cluster, open: () => open };
}

const never = new Promise<never>(() => undefined);

describe('a statement', () => {
  it('waits when the database answers others, many of them, and not it', async () => {
    let asked = 0;
    const { cluster, open } = clusterThat(async () => ((asked += 1), ANSWER));
    expect([await seemsToWait(never, cluster), asked, open()]).toEqual([true, 20, 0]);
  });

  it('does not wait once it is answered, or has failed', async () => {
    for (const settle of [() => ANSWER, () => Promise.reject(new Error('no'))]) {
      const coming = Promise.withResolvers<QueryResult>();
      let asked = 0;
      const { cluster, open } = clusterThat(async () => {
        if ((asked += 1) === 3) coming.resolve(settle());
        return ANSWER;
      });
      coming.promise.catch(() => undefined);
      expect([await seemsToWait(coming.promise, cluster), asked, open()]).toEqual([false, 3, 0]);
    }
  });

  it('is awaited where nobody can be asked', async () => {
    const coming = Promise.withResolvers<QueryResult>();
    const refusing: Cluster = {
      open: () => {
        setTimeout(() => coming.resolve(ANSWER), 1);
        return Promise.reject(new DatabaseError('too many clients'));
      },
    };
    expect(await seemsToWait(coming.promise, refusing)).toBe(false);
  });

  it('is not waited for longer than it takes, when a question is never answered', async () => {
    const coming = Promise.withResolvers<QueryResult>();
    const cut = Promise.withResolvers<never>();
    const query = (): Promise<never> => {
      setTimeout(() => coming.resolve(ANSWER), 1);
      return cut.promise;
    };
    const cluster: Cluster = {
      open: async () => fakeSession({ query, destroy: () => cut.reject(new DatabaseError('cut')) }),
    };
    expect(await seemsToWait(coming.promise, cluster)).toBe(false);
  });
});

describe('what is kept of its answer', () => {
  it('is all of a usual one, and of a large one as many rows as fit', async () => {
    expect(await keptAnswer(Promise.resolve({ ...ANSWER }))).toEqual(ANSWER);
    const rows = Array.from({ length: 10_000 }, () => ['x'.repeat(100)]);
    const kept = await keptAnswer(Promise.resolve({ ...ANSWER, rows, count: 10_000 }));
    expect([kept.rows.length > 1000, kept.rows.length < 5000, kept.count]).toEqual([true, true, 10_000]);
  });

  it('is the beginning of a long error, and nothing of too many columns', async () => {
    const error = new DatabaseError('x'.repeat(4 << 20), { code: '22P02' });
    await expect(keptAnswer(Promise.reject(error))).rejects.toMatchObject({
      message: 'x'.repeat(10_000),
      sqlState: '22P02',
    });
    const columns = Array.from({ length: 4096 }, () => 'c'.repeat(500));
    await expect(keptAnswer(Promise.resolve({ ...ANSWER, columns, rows: [] }))).rejects.toThrow('more than 1 MiB');
  });
});
