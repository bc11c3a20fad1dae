import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { MessageGuard } from './message-guard.ts';

/** The method with which `pg` attaches its parser to a stream. It has no type, and no option can replace it. */
interface Attaching {
  attachListeners: (stream: object) => void;
}

/**
 * Puts a guard in front of the client's parser, also with TLS, where `pg` reads from a stream that it creates itself.
 * Returns a function that returns the guard, or undefined until the client connects. Throws an Error when this version
 * of `pg` attaches its parser in another way.
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
