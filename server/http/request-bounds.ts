import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Counter } from './counter.ts';
import { asksForTerminal } from './upgrades.ts';

/**
 * The most unanswered requests on a connection. Browsers and proxies wait for each answer; some programs pipeline a few
 * requests.
 */
const MAX_UNANSWERED = 8;
/** Tells Node's parser (llhttp, `on_headers_complete`) that another protocol follows, which it must not parse. */
const ANOTHER_PROTOCOL = 2;

/**
 * A connection with Node's parser. It is undocumented, but there is no other way to stop it in the middle of the bytes
 * that were read at once.
 */
interface ParsedSocket extends Socket {
  parser?: { onIncoming: (incoming: IncomingMessage & { upgrade: boolean }, shouldKeepAlive: boolean) => number };
}

/**
 * Lets `listener` answer a server's requests, and limits the work in one read of 64 KiB, during which no other client
 * is served. That read can contain 1,700 requests: a connection with too many unanswered ones is closed without an
 * answer. Or it can contain ten thousand chunks of a body without Content-Length: such bodies are not read.
 */
export function boundRequests(server: Server, listener: RequestListener): void {
  const unanswered = new Counter<Socket>();
  const answer: RequestListener = (incoming, outgoing) => {
    const { socket } = incoming;
    if (socket.destroyed) return;
    if (unanswered.of(socket) >= MAX_UNANSWERED) return void socket.destroy();
    unanswered.add(socket, 1);
    outgoing.once('close', () => unanswered.add(socket, -1));
    // RFC 9112, 3.2. Node's own check would answer without counting the request.
    if (incoming.httpVersion === '1.1' && incoming.headers.host === undefined)
      return void outgoing.writeHead(400, { Connection: 'close' }).end();
    listener(incoming, outgoing);
  };
  server.on('request', answer);
  // Unknown expectations may be ignored (RFC 9110, 10.1.1); Node would refuse them without counting the request.
  server.on('checkExpectation', answer);
  server.on('connection', ({ parser }: ParsedSocket) => {
    if (!parser) return;
    const passOn = parser.onIncoming;
    parser.onIncoming = (incoming, shouldKeepAlive) => {
      // Node would treat every request with an Upgrade header as an upgrade, also a mere offer of HTTP/2.
      if (incoming.method !== 'CONNECT') incoming.upgrade &&= asksForTerminal(incoming);
      const result = passOn(incoming, shouldKeepAlive);
      const isInChunks = incoming.headers['transfer-encoding'] !== undefined;
      if (isInChunks) incoming.socket.pause();
      return isInChunks || incoming.socket.destroyed ? ANOTHER_PROTOCOL : result;
    };
  });
}
