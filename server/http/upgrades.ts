import { createAdaptorServer } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { EventEmitter } from 'node:events';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { nodeBindings } from './node-bindings.ts';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';

/** The largest message of a page: as many keys as may be on their way, and their letter. */
const MESSAGE_BYTES = TERMINAL_WINDOW_BYTES + 1;
/** Pages send a message in one piece. */
const PIECES = 16;
/**
 * Reads of the network that one piece may come in: five times as many as the smallest packets make of it. Each is kept,
 * however small.
 */
const READS = 1024;
/** A client that does not answer our goodbye is cut. */
const CLOSE_MS = 5000;

const TERMINAL = /^\/api\/sandboxes\/[^/]*\/terminals\//;

/**
 * Whether a request is for a terminal's WebSocket: the only one for another protocol that is not answered as any other.
 * One whose host makes no sense is not, for Hono would call that a failure of ours; nor one that names its terminal in
 * some other way than pages do.
 */
export function asksForTerminal({ headers, url = '' }: IncomingMessage): boolean {
  return (
    headers.upgrade?.toLowerCase() === 'websocket' &&
    TERMINAL.test(url) &&
    (headers.host === undefined || URL.canParse(`http://${headers.host}`))
  );
}

/** Whether a request came as one that `asksForTerminal`. */
export function isUpgrade(context: Context): boolean {
  const { incoming, outgoing } = nodeBindings(context);
  return incoming !== undefined && outgoing === undefined;
}

/** Takes requests to speak another protocol, as Node's server hands them over. */
export type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Has an app answer requests to speak WebSocket: its routes by Hono's `upgradeWebSocket`, and all refusals in full, as
 * it answers any request. Compression is off: its memory is each client's to fill.
 */
export function webSockets(app: Hono): Upgrade {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES,
    maxFragments: PIECES,
    maxBufferedChunks: READS,
    closeTimeout: CLOSE_MS,
  };
  const server = new WebSocketServer(options);
  // Hono listens a moment later: a client that breaks the protocol with its first bytes must not end the server.
  server.on('connection', (socket) => socket.on('error', () => undefined));
  // Stands for Node's server: of two listeners, as a development server has, Hono would have the other one refuse.
  const upgrades = new EventEmitter();
  createAdaptorServer({
    createServer: () => upgrades as Server,
    overrideGlobalObjects: false,
    websocket: { server },
    fetch: async (request, env) => {
      const answer = await app.fetch(request, env);
      if (answer.status !== 200) await refuse(env.incoming.socket, answer);
      return answer;
    },
  });
  return (incoming, socket, head) => upgrades.emit('upgrade', incoming, socket, head);
}

/** Sends an answer whole; Hono would send its head. */
async function refuse(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = [...answer.headers]
    .filter(([name]) => !/^(connection|content-length|transfer-encoding)$/.test(name))
    .map(([name, value]) => `${name}: ${value}`);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    ...headers,
    `content-length: ${body.length}`,
    'connection: close',
    '',
    '',
  ];
  await new Promise<void>((settle) => {
    socket.once('close', settle);
    socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]), settle);
  });
  socket.destroy();
}
