import { SQLSTATE } from '../protocol/sqlstate.ts';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { BodyReader } from '../protocol/body-reader.ts';
import { errorResponse } from '../protocol/messages.ts';
import { readParameters } from '../protocol/read-message.ts';
import { SSL_ANSWER, STARTUP } from '../protocol/startup.ts';
import { readStartupMessage } from './startup-message.ts';

const GREETING_MS = 15_000;

/** A client that has said who it is. */
export interface Peer {
  socket: Socket;
  parameters: Map<string, string>;
  /** The name in the client's certificate; undefined without TLS, or without a certificate that our CA signed. */
  certificate: string | undefined;
  encrypted: boolean;
  /** Bytes that came with the greeting. */
  rest: Buffer;
}

/** What the greeting of a connection needs. */
export interface Greeter {
  /** Does the TLS handshake; undefined on a node without TLS. */
  encrypt: ((raw: Socket) => Promise<TLSSocket>) | undefined;
  /** Cancels what a session is doing; `key` is from the session's BackendKeyData. Resolves when that was asked for. */
  cancel: (key: Buffer) => Promise<void>;
}

/** Reads a connection's first messages. Returns undefined when the connection ended. */
export async function greet(raw: Socket, greeter: Greeter): Promise<Peer | undefined> {
  const timer = setTimeout(() => raw.destroy(), GREETING_MS);
  try {
    return await converse(raw, greeter);
  } finally {
    clearTimeout(timer);
  }
}

async function converse(raw: Socket, { encrypt, cancel }: Greeter): Promise<Peer | undefined> {
  let socket = raw;
  let certificate: string | undefined;
  for (;;) {
    const { body, rest } = await readStartupMessage(socket);
    const reader = new BodyReader(body);
    const code = reader.int32();
    if (code === STARTUP.sslRequest && socket === raw) {
      if (!encrypt) {
        raw.write(SSL_ANSWER.no);
        raw.unshift(rest);
        continue;
      }
      // Bytes sent before the handshake would be read as if they had been encrypted.
      if (rest.length) return void raw.destroy();
      raw.write(SSL_ANSWER.yes);
      const secured = await encrypt(raw);
      secured.on('error', () => secured.destroy());
      certificate = secured.authorized ? commonName(secured) : undefined;
      socket = secured;
      continue;
    }
    if (code === STARTUP.cancelRequest) {
      // The client learns the outcome in its session, and may send its next statement once this connection ends.
      await cancel(reader.rest());
      return void socket.end();
    }
    if (code !== STARTUP.version3)
      return void socket.end(
        errorResponse({ code: SQLSTATE.protocolViolation, message: `unknown protocol version ${code}` }),
      );
    return { socket, parameters: readParameters(reader), certificate, encrypted: socket !== raw, rest };
  }
}

function commonName(socket: TLSSocket): string | undefined {
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return Array.isArray(name) ? String(name[0]) : typeof name === 'string' ? name : undefined;
}
