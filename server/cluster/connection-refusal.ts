import type { Duplex } from 'node:stream';
import { DatabaseError } from './database-error.ts';

const ERROR = 'E'.charCodeAt(0);
const HEADER_BYTES = 5;

/**
 * Listens for what a server says before it agrees to TLS. CockroachDB v21.1 refuses clients there, and `pg` would only
 * report "an error establishing an SSL connection". Call before the client reads. The returned function gives the
 * server's own error, once it has come.
 */
export function listenForRefusal(stream: Duplex): () => DatabaseError | undefined {
  let refusal: DatabaseError | undefined;
  stream.once('data', (bytes: Buffer) => {
    if (bytes[0] === ERROR) refusal = readErrorResponse(bytes);
  });
  return () => refusal;
}

/**
 * An ErrorResponse (postgresql.org/docs/current/protocol-error-fields.html): fields of a letter and a text, each ended
 * by a NUL.
 */
function readErrorResponse(bytes: Buffer): DatabaseError {
  const fields = new Map(
    bytes
      .subarray(HEADER_BYTES)
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new DatabaseError(fields.get('M') ?? 'The server refused the connection.', { code: fields.get('C') });
}
