import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { MessageGuard } from './message-guard.ts';

/** What `pg` does with the stream that it reads messages from: it has no type, and no option to take its place. */
interface Attaching {
  attachListeners: (stream: object) => void;
}

/**
 * Puts a guard before the client's parser: over TLS too, where `pg` reads from a stream that it makes itself. Returns
 * the guard; undefined until the client connects. Throws for a `pg` that attaches its parser in another way.
 */
export function guardClient(client: pg.Client): () => MessageGuard | undefined {
  const { connection } = client;
  if (!isAttaching(connection)) throw new Error('This version of pg cannot be guarded: it has no attachListeners.');
  const attach = connection.attachListeners;
  let guard: MessageGuard | undefined;
  connection.attachListeners = (stream) => {
    guard = new MessageGuard(stream as Duplex);
    attach.call(connection, guard);
  };
  return () => guard;
}

function isAttaching(connection: object): connection is Attaching {
  return 'attachListeners' in connection && typeof connection.attachListeners === 'function';
}
