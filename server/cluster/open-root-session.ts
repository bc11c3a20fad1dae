import type { Cluster } from './cluster.ts';
import type { SqlSession } from './sql-session.ts';

/**
 * Opens a session as root that is cut when `signal` aborts. Rejects when `signal` aborts first, even if the cluster
 * never answers.
 */
export async function openRootSession(cluster: Cluster, database: string, signal: AbortSignal): Promise<SqlSession> {
  const opening = cluster.open('root', database);
  const aborted = new Promise<never>((_, fail) =>
    signal.addEventListener('abort', () => fail(new Error('no answer in time')), { once: true }),
  );
  aborted.catch(() => undefined); // it may reject after the race below is over
  void opening.then(
    (session) =>
      signal.aborted ? session.destroy() : signal.addEventListener('abort', () => session.destroy(), { once: true }),
    () => undefined,
  );
  signal.throwIfAborted();
  return await Promise.race([opening, aborted]);
}
