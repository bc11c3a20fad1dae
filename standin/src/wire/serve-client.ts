import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { Extended } from './extended.ts';
import { FrameReader, type Frame } from '../protocol/message-reader.ts';
import type { Peer } from './greeting.ts';
import { admit, welcome } from './login.ts';
import { problemMessage, ready } from '../protocol/messages.ts';
import { Outbox } from './outbox.ts';
import { Cursor } from '../protocol/read-message.ts';
import type { Server } from './session.ts';

const HIGH_WATER_BYTES = 1 << 20;

/** Serves one client until it goes. */
export async function serveConnection(server: Server, peer: Peer, secure: boolean): Promise<void> {
  const { socket } = peer;
  const next = framesOf(peer);
  const outbox = new Outbox(socket);
  const session = await admit(server, peer, secure, outbox, next).catch((error: unknown) => {
    if (!(error instanceof StatementError)) throw error;
    socket.end(problemMessage('E', error.fields));
    return undefined;
  });
  if (!session) return;
  const extended = new Extended(session);
  try {
    welcome(session);
    for (;;) {
      const frame = await session.nextFrame();
      if (!frame || frame.type === 'X') break;
      if (frame.type === 'Q') {
        extended.dropUnnamed();
        await session.query(new Cursor(frame.body).text());
      } else if (!'dcf'.includes(frame.type) && !(await extended.take(frame))) {
        outbox.put(
          problemMessage('E', {
            code: SQLSTATE.protocolViolation,
            message: `unrecognized client message type ${frame.type}`,
          }),
        );
        outbox.put(ready(session.transaction.status));
        outbox.flush();
      }
      if (session.ended) break;
    }
  } finally {
    session.close();
    socket.end();
    setTimeout(() => socket.destroy(), 1000).unref();
  }
}

/** The client's messages one by one; nothing when it is gone. Reading stops while much is unread. */
function framesOf(peer: Peer): () => Promise<Frame | undefined> {
  const { socket } = peer;
  const reader = new FrameReader();
  let unread = 0;
  let ended = false;
  let wake = (): void => undefined;
  const push = (chunk: Buffer): void => {
    reader.push(chunk);
    unread += chunk.length;
    if (unread > HIGH_WATER_BYTES) socket.pause();
    wake();
  };
  if (peer.rest.length) reader.push(peer.rest);
  socket.on('data', push);
  socket.on('close', () => {
    ended = true;
    wake();
  });
  socket.resume();
  return async () => {
    for (;;) {
      const frame = reader.next();
      if (frame) return frame;
      if (ended) return undefined;
      unread = 0;
      const more = new Promise<void>((resolve) => (wake = resolve));
      socket.resume();
      await more;
    }
  };
}
