import { createAdaptorServer } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { EventEmitter } from 'node:events';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { nodeBindings } from './node-bindings.ts';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';

/** The longest message from a page: a full window of keys and the letter. */
const MESSAGE_BYTES = TERMINAL_WINDOW_BYTES + 1;
/** The most fragments of a message; pages send each in one. */
const MAX_FRAGMENTS = 16;
/**
 * The most network reads that one fragment may arrive in, because each is stored, however small: five times as many as
 * with the smallest packets.
 */
const MAX_READS = 1024;
/** How long a client may take to answer a close frame before it is cut. */
const CLOSE_MS = 5000;

const TERMINAL = /^\/api\/sandboxes\/[^/]*\/terminals\//;

/**
 * Whether a request is for a terminal's WebSocket. All other requests with an Upgrade header are answered as if they
 * had none. An invalid Host does not count, because Hono would report it as an internal failure.
 */
export function asksForTerminal({ headers, url = '' }: IncomingMessage): boolean {
  return (
    headers.upgrade?.toLowerCase() === 'websocket' &&
    TERMINAL.test(url) &&
    (headers.host === undefined || URL.canParse(`http://${headers.host}`))
  );
}

/** Whether a request reached the app as an upgrade, that is, `asksForTerminal` was true for it. */
export function isUpgrade(context: Context): boolean {
  const { incoming, outgoing } = nodeBindings(context);
  return incoming !== undefined && outgoing === undefined;
}

/** A listener for the `upgrade` events of Node's server. */
export type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Returns an upgrade listener that lets an app answer WebSocket requests: its routes use Hono's `upgradeWebSocket`, and
 * refusals are sent as complete responses. Compression is off, because clients could use it to fill the memory.
 */
export function webSockets(app: Hono): Upgrade {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_READS,
    closeTimeout: CLOSE_MS,
  };
  const server = new WebSocketServer(options);
  // Hono adds its listener later, and until then a protocol error would be an uncaught exception.
  server.on('connection', (socket) => socket.on('error', () => undefined));
  // Used in place of Node's server, because Hono interferes with other upgrade listeners, as a development server has.
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

/** Sends a complete response, where Hono would send only the head. */
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
