import type { Socket } from 'node:net';
import { errorResponse } from '../protocol/messages.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { Backend, FULL } from './backend.ts';
import { Cluster } from './cluster.ts';
import { greet, type Greeter, type Peer } from './greeting.ts';
import type { NodeCertificates } from './node-certificates.ts';
import { openPort } from './open-port.ts';
import { serveClient } from './serve-client.ts';
import { tlsHandshake } from './tls-handshake.ts';

const READY_MS = 20_000;
const KNOCK_MS = 5;
/** More than a reader's programs open. Each client costs a PostgreSQL process. */
const MAX_CLIENTS = 24;

const DRAINING: ErrorFields = {
  code: SQLSTATE.adminShutdown,
  message: 'server is not accepting clients, try another node',
};

/** The open SQL address. */
export interface Listening {
  readonly draining: boolean;
  readonly clusterId: string;
  /** Ends all sessions and closes the address. */
  close: () => Promise<void>;
}

/**
 * Opens the SQL address once PostgreSQL answers at its unix socket; its disk may be limited. `crash` ends the program.
 * Throws Error when the address is taken.
 */
export async function listen(
  address: { host: string; port: number },
  certificates: NodeCertificates | undefined,
  { socket, limited }: { socket: string; limited: boolean },
  crash: (exitCode: number) => void,
): Promise<Listening> {
  const clusterId = await readClusterId(await untilAnswers(socket));
  const cluster = new Cluster(socket, { secure: certificates !== undefined, limited, crash });
  const greeter: Greeter = {
    encrypt: certificates && tlsHandshake(certificates),
    cancel: (key) => cluster.cancel(key),
  };
  const clients = new Set<Peer>();
  const closePort = await openPort(address, (raw) => receive(raw, greeter, cluster, clients));
  return {
    get draining() {
      return cluster.draining;
    },
    clusterId,
    close: async () => {
      cluster.close();
      closePort();
    },
  };
}

function receive(raw: Socket, greeter: Greeter, cluster: Cluster, clients: Set<Peer>): void {
  raw.setNoDelay(true);
  raw.on('error', () => raw.destroy());
  greet(raw, greeter)
    .then((peer) => peer && serveUnlessFull(cluster, peer, clients))
    .catch(() => raw.destroy());
}

async function serveUnlessFull(cluster: Cluster, peer: Peer, clients: Set<Peer>): Promise<void> {
  const refusal = cluster.draining ? DRAINING : clients.size >= MAX_CLIENTS ? FULL : undefined;
  if (refusal) return void peer.socket.end(errorResponse(refusal));
  clients.add(peer);
  try {
    await serveClient(cluster, peer);
  } finally {
    clients.delete(peer);
  }
}

async function untilAnswers(postgres: string): Promise<Backend> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    try {
      return await Backend.open(postgres, 'root', 'defaultdb');
    } catch (cause) {
      if (performance.now() > deadline) {
        const why = cause instanceof StatementError ? cause.message : String(cause);
        throw new Error(`PostgreSQL underneath does not answer: ${why}`, { cause });
      }
      await new Promise((wake) => setTimeout(wake, KNOCK_MS));
    }
  }
}

/** Reads the cluster's id over a connection, and closes that. */
async function readClusterId(backend: Backend): Promise<string> {
  try {
    return (await backend.rows('SELECT crdb."crdb_internal.cluster_id"()'))[0]?.[0] ?? '';
  } finally {
    backend.close();
  }
}
