import { SQLSTATE } from '../protocol/sqlstate.ts';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { FrameReader } from '../protocol/message-reader.ts';
import { problemMessage } from '../protocol/messages.ts';
import { Cursor } from '../protocol/read-message.ts';

/** Protocol numbers of the first message (postgresql.org/docs/18/protocol-message-formats.html). */
const VERSION_3 = 196_608;
const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;
const STARTUP_CAP_BYTES = 10_000;
const GREETING_MS = 15_000;

/** A client that has said who it is. */
export interface Peer {
  socket: Socket;
  parameters: Map<string, string>;
  /** Name in the client's certificate; none without TLS or without a certificate that our CA signed. */
  certificate: string | undefined;
  encrypted: boolean;
  /** Bytes that came with the greeting. */
  rest: Buffer;
}

/** Wants to cancel what a session does, named by what it was told in its BackendKeyData. */
export type Cancel = (key: string) => void;

/** Reads a connection's first messages. Gives nothing when the connection ended there. */
export async function greet(
  raw: Socket,
  encrypt: ((raw: Socket) => Promise<TLSSocket>) | undefined,
  cancel: Cancel,
): Promise<Peer | undefined> {
  const timer = setTimeout(() => raw.destroy(), GREETING_MS);
  try {
    return await converse(raw, encrypt, cancel);
  } finally {
    clearTimeout(timer);
  }
}

async function converse(
  raw: Socket,
  encrypt: ((raw: Socket) => Promise<TLSSocket>) | undefined,
  cancel: Cancel,
): Promise<Peer | undefined> {
  let socket = raw;
  let certificate: string | undefined;
  for (;;) {
    const { body, rest } = await firstMessage(socket);
    const code = body.readInt32BE(0);
    if (code === SSL_REQUEST && socket === raw) {
      if (!encrypt) {
        raw.write('N');
        raw.unshift(rest);
        continue;
      }
      // Bytes sent before the handshake would be read as if they had come encrypted.
      if (rest.length) return void raw.destroy();
      raw.write('S');
      const secured = await encrypt(raw);
      secured.on('error', () => secured.destroy());
      certificate = secured.authorized ? commonName(secured) : undefined;
      socket = secured;
      continue;
    }
    if (code === CANCEL_REQUEST) {
      cancel(body.subarray(4).toString('hex'));
      // The client hears of it in its session.
      return void socket.end();
    }
    if (code !== VERSION_3) {
      socket.end(
        problemMessage('E', { code: SQLSTATE.protocolViolation, message: `unknown protocol version ${code}` }),
      );
      return undefined;
    }
    return { socket, parameters: readParameters(body), certificate, encrypted: socket !== raw, rest };
  }
}

function commonName(socket: TLSSocket): string | undefined {
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return Array.isArray(name) ? String(name[0]) : typeof name === 'string' ? name : undefined;
}

async function firstMessage(socket: Socket): Promise<{ body: Buffer; rest: Buffer }> {
  const reader = new FrameReader();
  return await new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        reader.push(chunk);
        const body = reader.nextStartup(STARTUP_CAP_BYTES);
        if (!body) return;
        settle();
        socket.pause();
        resolve({ body, rest: reader.rest() });
      } catch (cause) {
        settle();
        reject(new Error('not a startup message', { cause }));
      }
    };
    const onClose = (): void => {
      settle();
      reject(new Error('closed'));
    };
    const settle = (): void => {
      socket.off('data', onData);
      socket.off('close', onClose);
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.resume();
  });
}

function readParameters(body: Buffer): Map<string, string> {
  const cursor = new Cursor(body);
  cursor.int32();
  const parameters = new Map<string, string>();
  while (cursor.at < body.length && body[cursor.at] !== 0) parameters.set(cursor.text(), cursor.text());
  return parameters;
}
