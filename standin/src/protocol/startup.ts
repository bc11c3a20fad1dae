import { encode, int32, text } from './encode.ts';

/**
 * The codes of a connection's first message, which has no type byte
 * (postgresql.org/docs/18/protocol-message-formats.html).
 */
export const STARTUP = { version3: 196_608, sslRequest: 80_877_103, cancelRequest: 80_877_102 } as const;

/** The answers to an SSLRequest: the handshake follows, or the connection goes on as it is. */
export const SSL_ANSWER = { yes: 'S', no: 'N' } as const;

/** A StartupMessage, which logs a user in to a database. */
export function startupMessage(user: string, database: string): Buffer {
  const parameters = [text('user'), text(user), text('database'), text(database), Buffer.alloc(1)];
  return withoutType(STARTUP.version3, ...parameters);
}

/** A CancelRequest. `key` is the body of the BackendKeyData that the session received: process and secret. */
export function cancelRequest(key: Buffer): Buffer {
  return withoutType(STARTUP.cancelRequest, key);
}

function withoutType(code: number, ...parts: (Buffer | string)[]): Buffer {
  return encode(' ', int32(code), ...parts).subarray(1);
}
