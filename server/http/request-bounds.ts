import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Counter } from './counter.ts';
import { asksForTerminal } from './upgrades.ts';

/**
 * Browsers and proxies wait for an answer before they ask again on a connection; some programs send a few requests
 * ahead.
 */
const MOST_UNANSWERED = 8;
/** To Node's parser (llhttp, `on_headers_complete`): what follows is another protocol, which is not its to read. */
const ANOTHER_PROTOCOL = 2;

/**
 * Node's parser of a connection. Undocumented, but there is no other way to end its work in the middle of what was read
 * at once.
 */
interface ParsedSocket extends Socket {
  parser?: { onIncoming: (incoming: IncomingMessage & { upgrade: boolean }, shouldKeepAlive: boolean) => number };
}

/**
 * Has `listener` answer a server's requests, and bounds what a client can make of the 64 KiB that are read at once, for
 * nobody else is served before they are dealt with. That is some 1,700 requests: a connection has a few unanswered, and
 * is ended, with no word, when it has more. Or it is ten thousand pieces of a body that does not say how long it is: of
 * these nothing is read.
 */
export function boundRequests(server: Server, listener: RequestListener): void {
  const unanswered = new Counter<Socket>();
  const answer: RequestListener = (incoming, outgoing) => {
    const { socket } = incoming;
    if (socket.destroyed) return;
    if (unanswered.of(socket) >= MOST_UNANSWERED) return void socket.destroy();
    unanswered.add(socket, 1);
    outgoing.once('close', () => unanswered.add(socket, -1));
    // RFC 9112, 3.2. Node would say so itself, but uncounted.
    if (incoming.httpVersion === '1.1' && incoming.headers.host === undefined)
      return void outgoing.writeHead(400, { Connection: 'close' }).end();
    listener(incoming, outgoing);
  };
  server.on('request', answer);
  // An expectation that is not known may be passed over (RFC 9110, 10.1.1); Node would refuse it, uncounted.
  server.on('checkExpectation', answer);
  server.on('connection', ({ parser }: ParsedSocket) => {
    if (!parser) return;
    const hand = parser.onIncoming;
    parser.onIncoming = (incoming, shouldKeepAlive) => {
      // Else Node hands over whatever asks for another protocol (some ask for HTTP/2 by the way), and not as a request.
      if (incoming.method !== 'CONNECT') incoming.upgrade &&= asksForTerminal(incoming);
      const way = hand(incoming, shouldKeepAlive);
      const isInChunks = incoming.headers['transfer-encoding'] !== undefined;
      if (isInChunks) incoming.socket.pause();
      return isInChunks || incoming.socket.destroyed ? ANOTHER_PROTOCOL : way;
    };
  });
}
