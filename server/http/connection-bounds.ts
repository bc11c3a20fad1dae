import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { Report } from '../report.ts';
import { Counter } from './counter.ts';

/**
 * Deadlines for the head and the whole of a request. A head has a few hundred bytes and a body at most 1 MiB, so a
 * client that takes longer only occupies a connection.
 */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often these two are checked; a client may be cut this much later. */
const CHECK_MS = 2000;
/**
 * How long a connection may be idle between two requests: longer than proxies and most clients keep theirs, which is at
 * most a minute. Whoever closes first must not be the server: a request that is on its way then is lost, and clients
 * repeat no POST. On a busy machine, that happened after every few seconds' pause of a reader.
 */
const KEEP_ALIVE_MS = 75_000;
/**
 * How long no bytes may go in either direction: longer than any request for a sandbox may take. Streams of runs have
 * heartbeats.
 */
const IDLE_MS = 90_000;
/**
 * Each connection takes a file descriptor. Most machines allow a program at least 1,024, and the server does not raise
 * that limit; sandboxes need some, too.
 */
const MAX_CONNECTIONS = 4096;
/** A browser opens six, and there may be a class behind one address. */
const MAX_OF_ADDRESS = 512;

/** Deadlines for slow clients, as options of Node's server. */
export const DEADLINES: ServerOptions = {
  headersTimeout: HEAD_MS,
  requestTimeout: REQUEST_MS,
  connectionsCheckingInterval: CHECK_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
};

/**
 * Limits a server's connections, in total and, unless they all come from a proxy, per address. Closes connections over
 * the limit at once, and those that are idle for too long.
 */
export function boundConnections(
  server: Server,
  { trustProxy, report }: { trustProxy: boolean; report: Report },
  maxOfAddress = MAX_OF_ADDRESS,
): void {
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(IDLE_MS);
  const refused = (): void => report({ type: 'refused', limit: 'connections' });
  server.on('drop', refused);
  if (trustProxy) return;
  const tally = new Counter<string>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    if (tally.of(address) >= maxOfAddress) {
      refused();
      return void socket.destroy();
    }
    tally.add(address, 1);
    socket.once('close', () => tally.add(address, -1));
  });
}
