import type { Cluster } from './cluster.ts';
import type { SqlSession } from './sql-session.ts';

/**
 * A session as root that ends, with whatever it waits for, when `signal` aborts. Rejects then even while the cluster
 * says nothing.
 */
export async function openRootSession(cluster: Cluster, database: string, signal: AbortSignal): Promise<SqlSession> {
  const opening = cluster.open('root', database);
  const aborted = new Promise<never>((_, fail) =>
    signal.addEventListener('abort', () => fail(new Error('no answer in time')), { once: true }),
  );
  aborted.catch(() => undefined); // it may come when nobody waits any more
  void opening.then(
    (session) =>
      signal.aborted ? session.destroy() : signal.addEventListener('abort', () => session.destroy(), { once: true }),
    () => undefined,
  );
  signal.throwIfAborted();
  return await Promise.race([opening, aborted]);
}
