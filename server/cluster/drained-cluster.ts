import type { Cluster } from './cluster.ts';
import { DatabaseError } from './database-error.ts';

/** How often a cluster that cuts connections is asked again, and how long before each attempt. */
const ATTEMPTS = 3;
const RETRY_MS = 300;

/** SQLSTATE class 57: what a node tells new clients while it shuts down, crashes, or cannot take any now. */
const NO_CLIENTS = new Set(['57P01', '57P02', '57P03']);
/** What `pg` says when nobody answered in time, which says nothing about the next time. */
const TOO_SLOW = 'timeout expired';
const PHRASES = /not accepting clients|shutting down|draining/i;

/**
 * Whether a cluster takes no more clients, as after `cockroach node drain`, judging by how a connection to it failed. A
 * cluster that says so is believed. One that cuts connections without a word is asked again for about a second: it may
 * only be overloaded.
 */
export async function isDrained(cluster: Pick<Cluster, 'open'>, failure: unknown): Promise<boolean> {
  let seen = failure;
  for (let attempt = 0; ; attempt += 1) {
    if (!(seen instanceof DatabaseError) || seen.message === TOO_SLOW) return false;
    if (NO_CLIENTS.has(seen.sqlState ?? '') || PHRASES.test(seen.message)) return true;
    // It answers, if only to refuse this user or database.
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
