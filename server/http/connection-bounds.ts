import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Counter } from './counter.ts';

/**
 * A head is a few hundred bytes and a body at most a mebibyte; a client that takes longer holds a place for nothing.
 */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often these two are looked at: so much later a client may be cut. */
const CHECK_MS = 2000;
/** Between two requests of a connection. */
const KEEP_ALIVE_MS = 5000;
/**
 * Nothing goes either way: the client takes nothing, or we are longer silent than any claim may take. Runs have
 * heartbeats.
 */
const IDLE_MS = 90_000;
/**
 * Each takes a descriptor, of which most machines give a program 1,024 at least and we raise no limit; sandboxes need
 * some too.
 */
const MOST_CONNECTIONS = 4096;
/** A browser has six; behind one address may be a class. */
const MOST_OF_ADDRESS = 512;

/** Deadlines for clients that never come to an end, as Node's server has them. */
export const DEADLINES: ServerOptions = {
  headersTimeout: HEAD_MS,
  requestTimeout: REQUEST_MS,
  connectionsCheckingInterval: CHECK_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
};

/**
 * Bounds a server's connections, in all and, unless they all come from a proxy, of one address; what is over is closed
 * at once. Cuts those that nothing goes over.
 */
export function boundConnections(
  server: Server,
  { trustProxy }: { trustProxy: boolean },
  mostOfAddress = MOST_OF_ADDRESS,
): void {
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_MS);
  if (trustProxy) return;
  const tally = new Counter<string>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    if (tally.of(address) >= mostOfAddress) return void socket.destroy();
    tally.add(address, 1);
    socket.once('close', () => tally.add(address, -1));
  });
}
