import type { Cluster } from './cluster.ts';
import { DatabaseError } from './database-error.ts';

/** How often a cluster that drops connections is tried again, and the pause before each attempt. */
const ATTEMPTS = 3;
const RETRY_MS = 300;

/** SQLSTATE class 57: the node is shutting down, has crashed, or cannot accept clients now. */
const NO_CLIENTS = new Set(['57P01', '57P02', '57P03']);
/** The message of `pg` when a connection timed out. That does not mean that the cluster is drained. */
const TOO_SLOW = 'timeout expired';
const PHRASES = /not accepting clients|shutting down|draining/i;

/**
 * Whether a cluster no longer accepts clients, as after `cockroach node drain`, judged by how a connection to it
 * failed. When its error does not say so and it just drops connections, it is tried again for about a second, because
 * it may only be overloaded.
 */
export async function isDrained(cluster: Pick<Cluster, 'open'>, failure: unknown): Promise<boolean> {
  let seen = failure;
  for (let attempt = 0; ; attempt += 1) {
    if (!(seen instanceof DatabaseError) || seen.message === TOO_SLOW) return false;
    if (NO_CLIENTS.has(seen.sqlState ?? '') || PHRASES.test(seen.message)) return true;
    // It accepts clients, and has only refused this user or database.
    if (seen.sqlState !== undefined) return false;
    if (attempt === ATTEMPTS) return true;
    await new Promise((wake) => setTimeout(wake, RETRY_MS));
    try {
      await (await cluster.open('root', 'defaultdb')).close();
      return false;
    } catch (cause) {
      seen = cause;
    }
  }
}
