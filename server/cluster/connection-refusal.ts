import type { Duplex } from 'node:stream';
import type { Cluster } from './cluster.ts';
import { DatabaseError } from './database-error.ts';

const AGAIN = 3;
const AGAIN_MS = 300;
const ERROR = 'E'.charCodeAt(0);
const HEADER_BYTES = 5;

/** Of SQLSTATE class 57: what a node says to new clients while it shuts down, crashes, or cannot take any now. */
const STATES = new Set(['57P01', '57P02', '57P03']);
/** Of `pg`: nobody answered in time, which says nothing about the next time. */
const TOO_SLOW = 'timeout expired';
const PHRASES = /not accepting clients|shutting down|draining/i;

/**
 * Hears what a server says before it agrees to TLS. CockroachDB v21.1 refuses clients there, where `pg` knows of no
 * words: it tells of "an error establishing an SSL connection". Call before the client reads. Gives the server's own
 * words, once they have come.
 */
export function hearRefusal(stream: Duplex): () => DatabaseError | undefined {
  let refusal: DatabaseError | undefined;
  stream.once('data', (bytes: Buffer) => {
    if (bytes[0] === ERROR) refusal = readProblem(bytes);
  });
  return () => refusal;
}

/**
 * An ErrorResponse (postgresql.org/docs/current/protocol-error-fields.html): fields of a letter and a text, each ended
 * by a NUL.
 */
function readProblem(bytes: Buffer): DatabaseError {
  const fields = new Map(
    bytes
      .subarray(HEADER_BYTES)
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new DatabaseError(fields.get('M') ?? 'The server refused the connection.', { code: fields.get('C') });
}

/**
 * Whether a cluster takes no clients any more, as after `cockroach node drain`, seeing how a connection to it failed.
 * One that says so is believed. One that cuts connections without a word is asked again for about a second: it may only
 * have had too much to do.
 */
export async function takesNoClients(cluster: Pick<Cluster, 'open'>, failure: unknown): Promise<boolean> {
  let seen = failure;
  for (let again = 0; ; again += 1) {
    if (!(seen instanceof DatabaseError) || seen.message === TOO_SLOW) return false;
    if (STATES.has(seen.sqlState ?? '') || PHRASES.test(seen.message)) return true;
    // It answers, if only to refuse this user or database.
    if (seen.sqlState !== undefined) return false;
    if (again === AGAIN) return true;
    await new Promise((wake) => setTimeout(wake, AGAIN_MS));
    try {
      await (await cluster.open('root', 'defaultdb')).close();
      return false;
    } catch (cause) {
      seen = cause;
    }
  }
}
