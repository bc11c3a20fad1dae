import type { Server } from 'node:http';
import { createServer } from 'node:net';

const REQUEST_MS = 5000;
const MAX_CONNECTIONS = 8;

/**
 * `/health` of the node's HTTP address: 200, or 503 with `?ready=1` while draining
 * (cockroachlabs.com/docs/stable/monitoring-and-alerting#health-endpoints). Every other path answers that there is no
 * DB Console. Returns a function that closes the address. Throws Error when the address is taken.
 */
export async function startHealth(
  address: { host: string; port: number },
  draining: () => boolean,
): Promise<() => void> {
  let answering: Server | undefined;
  const server = createServer((socket) => {
    const deadline = setTimeout(() => socket.destroy(), REQUEST_MS);
    socket.once('close', () => clearTimeout(deadline));
    // Loaded when somebody asks: most nodes are never asked.
    answering ??= answers(draining);
    answering.emit('connection', socket);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`cannot listen for HTTP on ${address.host}:${address.port}: ${error.code ?? error.message}`)),
    );
    server.listen(address.port, address.host, resolve);
  });
  server.unref();
  return () => void server.close();
}

/** Returns an HTTP server that does not listen itself. */
function answers(draining: () => boolean): Server {
  // `import` would evaluate all exports of the module; WebSocket among them loads a whole HTTP client, 4 MiB.
  return process.getBuiltinModule('node:http').createServer((request, response) => {
    // Not `new URL`, which throws for some of what clients may ask for.
    const [path, search] = (request.url ?? '/').split('?', 2);
    const known = path === '/health';
    const status = !known ? 404 : draining() && new URLSearchParams(search).has('ready') ? 503 : 200;
    response.writeHead(status, { 'content-type': known ? 'application/json' : 'text/plain', connection: 'close' });
    response.end(known ? '{}' : 'The stand-in for CockroachDB has no DB Console.\n');
  });
}
