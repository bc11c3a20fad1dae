import { SQLSTATE } from '../protocol/sqlstate.ts';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { StatementError } from '../protocol/statement-error.ts';
import { Backend } from './backend.ts';
import { CommitOrder } from './commit-order.ts';
import { serveConnection } from './serve-client.ts';
import { greet, type Peer } from './greeting.ts';
import { problemMessage } from '../protocol/messages.ts';
import type { Server, Session } from './session.ts';
import type { TlsFiles } from './node-certificates.ts';

const MAX_CONNECTIONS = 24;
const READY_MS = 20_000;
const KNOCK_MS = 5;

/** The SQL address, open. */
export interface Listening {
  readonly draining: boolean;
  close: () => Promise<void>;
}

/** Opens the SQL address once PostgreSQL answers. `crash` ends the program. Throws Error when the address is taken. */
export async function listen(
  address: { host: string; port: number },
  tls: TlsFiles | undefined,
  socketPath: string,
  crash: (exitCode: number) => void,
): Promise<Listening> {
  await untilAnswers(socketPath);
  const state = { draining: false };
  const sessions = new Set<Session>();
  const server: Server = {
    order: new CommitOrder(),
    sessions,
    clusterSettings: new Map(),
    secure: tls !== undefined,
    open: (user, database) => Backend.open(socketPath, user, database),
    drain: () => void (state.draining = true),
    crash,
  };
  const converse = async (peer: Peer): Promise<void> => {
    if (state.draining) {
      peer.socket.end(
        problemMessage('E', {
          code: SQLSTATE.adminShutdown,
          message: 'server is not accepting clients, try another node',
        }),
      );
      return;
    }
    await serveConnection(server, peer, tls !== undefined);
  };
  const cancel = (key: string): void =>
    [...sessions].find((session) => session.cancelKey.toString('hex') === key)?.backend.cancel();
  const tlsServer =
    tls && createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' });
  const encrypt = tlsServer && ((raw: Socket): Promise<TLSSocket> => handshake(tlsServer, raw));
  const onSocket = (raw: Socket): void => {
    raw.setNoDelay(true);
    raw.on('error', () => raw.destroy());
    greet(raw, encrypt, cancel)
      .then((peer) => peer && converse(peer))
      .catch(() => raw.destroy());
  };
  const hosts = address.host === 'localhost' ? ['127.0.0.1', '::1'] : [address.host];
  const servers = await Promise.all(hosts.map((host) => open(host, address.port, onSocket)));
  return {
    get draining() {
      return state.draining;
    },
    close: async () => {
      for (const session of sessions) session.close();
      for (const each of servers) each?.close();
    },
  };
}

function handshake(tlsServer: ReturnType<typeof createTlsServer>, raw: Socket): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const match = (secured: TLSSocket): void => {
      if (secured.remotePort !== raw.remotePort || secured.remoteAddress !== raw.remoteAddress) return;
      tlsServer.off('secureConnection', match);
      resolve(secured);
    };
    tlsServer.on('secureConnection', match);
    raw.once('close', () => {
      tlsServer.off('secureConnection', match);
      reject(new Error('closed during the handshake'));
    });
    tlsServer.emit('connection', raw);
  });
}

/** A machine without IPv6 has no ::1; that alone is no failure. */
async function open(host: string, port: number, onSocket: (raw: Socket) => void): Promise<NetServer | undefined> {
  const server = createServer(onSocket);
  server.maxConnections = MAX_CONNECTIONS;
  return await new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
        return resolve(undefined);
      reject(
        new Error(
          `cannot dial server.\nIs the server running?\nIf the server is running, check --host client-side and --advertise server-side.\n\ncockroach server exited with error: consider changing the port via --listen-addr: listen tcp ${host}:${port}: bind: ${error.code === 'EADDRINUSE' ? 'address already in use' : error.message}`,
        ),
      );
    });
    server.listen({ host, port, ipv6Only: host === '::1' }, () => resolve(server));
  });
}

async function untilAnswers(socketPath: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    try {
      (await Backend.open(socketPath, 'root', 'defaultdb')).close();
      return;
    } catch (cause) {
      if (performance.now() > deadline)
        throw new Error(
          `PostgreSQL underneath does not answer: ${cause instanceof StatementError ? cause.message : String(cause)}`,
          { cause },
        );
      await new Promise((wake) => setTimeout(wake, KNOCK_MS));
    }
  }
}
