import type { Duplex } from 'node:stream';
import { DatabaseError } from './database-error.ts';
import { CONNECTION_REFUSED } from '../sentences/database-sentences.ts';

const ERROR = 'E'.charCodeAt(0);
const HEADER_BYTES = 5;

/**
 * Listens for an error that a server sends before it agrees to TLS. CockroachDB v21.1 refuses clients at that point,
 * and `pg` would only report "an error establishing an SSL connection". Call this before the client reads. The returned
 * function returns the server's error, or undefined when none has arrived.
 */
export function listenForRefusal(stream: Duplex): () => DatabaseError | undefined {
  let refusal: DatabaseError | undefined;
  stream.once('data', (bytes: Buffer) => {
    if (bytes[0] === ERROR) refusal = readErrorResponse(bytes);
  });
  return () => refusal;
}

/**
 * Parses an ErrorResponse (postgresql.org/docs/current/protocol-error-fields.html): fields of a letter and a text, each
 * terminated by a NUL.
 */
function readErrorResponse(bytes: Buffer): DatabaseError {
  const fields = new Map(
    bytes
      .subarray(HEADER_BYTES)
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new DatabaseError(fields.get('M') ?? CONNECTION_REFUSED, { code: fields.get('C') });
}
