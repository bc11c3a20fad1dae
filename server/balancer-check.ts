import { createServer, type Server } from 'node:net';

/** What a balancer is told: how many more sandboxes readers can have, or why there will be none. */
export type Vacancy = number | 'off' | 'draining';

/** The highest weight that HAProxy takes. */
const MOST_PERCENT = 256;
/** A balancer reads one line and closes the connection. */
const IDLE_MS = 5000;
const MAX_CONNECTIONS = 64;

/**
 * Returns a server, not yet listening, that answers every connection with one line, as HAProxy's `agent-check` reads
 * it. It reads nothing.
 */
export function balancerCheck(vacancy: () => Vacancy): Server {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.resume().end(checkLine(vacancy()));
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/**
 * Returns the line for a vacancy. With `weight 100`, the server's weight becomes one more than its free slots, so that
 * machines of different sizes get new readers in the proportion of what they have left. Never 0, which would mean that
 * readers who wait for a slot are refused, too. `ready` ends an earlier `drain`.
 */
export function checkLine(vacancy: Vacancy): string {
  if (vacancy === 'draining') return 'up drain\n';
  if (vacancy === 'off') return 'ready down\n';
  return `ready up ${Math.min(MOST_PERCENT, 1 + Math.max(0, vacancy))}%\n`;
}
