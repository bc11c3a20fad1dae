import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';

/** More than may be served, so that the others can be told why not, and so that a client can still cancel. */
const MAX_CONNECTIONS = 96;

/**
 * Listens on an address; `localhost` means IPv4 and, where the machine has it, IPv6. Returns a function that closes it
 * again. Throws Error in CockroachDB's words when the address is taken.
 */
export async function openPort(
  address: { host: string; port: number },
  onSocket: (raw: Socket) => void,
): Promise<() => void> {
  compileAddressPattern();
  const hosts = address.host === 'localhost' ? ['127.0.0.1', '::1'] : [address.host];
  const opening = await Promise.allSettled(hosts.map((host) => listen(host, address.port, onSocket)));
  const close = (): void => {
    for (const opened of opening) if (opened.status === 'fulfilled') opened.value?.close();
  };
  const failed = opening.find((opened) => opened.status === 'rejected');
  if (!failed) return close;
  // One that stayed open would keep the program alive.
  close();
  throw failed.reason;
}

/**
 * Has Node compile its pattern of IPv6 addresses, which it needs to listen, without an optimization that takes V8 12 ms
 * and pays only for a pattern that is used often.
 */
function compileAddressPattern(): void {
  setFlagsFromString('--no-regexp-peephole-optimization');
  isIPv6('::1');
  // Back at once: V8 refuses compiled code that was stored under other flags.
  setFlagsFromString('--regexp-peephole-optimization');
}

async function listen(host: string, port: number, onSocket: (raw: Socket) => void): Promise<Server | undefined> {
  const server = createServer(onSocket);
  server.maxConnections = MAX_CONNECTIONS;
  return await new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1; that alone is not a failure.
      if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
        return resolve(undefined);
      reject(new Error(cannotBind(host, port, error)));
    });
    server.listen({ host, port, ipv6Only: host === '::1' }, () => resolve(server));
  });
}

function cannotBind(host: string, port: number, { code, message }: NodeJS.ErrnoException): string {
  const why = code === 'EADDRINUSE' ? 'address already in use' : message;
  return [
    'cannot dial server.',
    'Is the server running?',
    'If the server is running, check --host client-side and --advertise server-side.',
    '',
    'cockroach server exited with error: consider changing the port via --listen-addr: ' +
      `listen tcp ${host}:${port}: bind: ${why}`,
  ].join('\n');
}
