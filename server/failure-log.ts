import { randomBytes } from 'node:crypto';

/**
 * Writes a failure of ours into the log, whole, under a new id. Gives the id, which is all that a reader gets of it:
 * whoever runs the server finds the cause by it.
 */
export function logFailure(cause: unknown, about = ''): string {
  const id = randomBytes(6).toString('hex');
  console.error(`error ${id}:${about === '' ? '' : ` ${about}:`}`, cause);
  return id;
}
