import { BodyReader } from '../protocol/body-reader.ts';
import type { Message } from '../protocol/message-reader.ts';
import { CLIENT } from '../protocol/message-types.ts';
import { errorResponse } from '../protocol/messages.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { ClientMessages } from './client-messages.ts';
import type { Cluster } from './cluster.ts';
import { COPY_MESSAGES } from './copy.ts';
import { ExtendedProtocol } from './extended.ts';
import type { Peer } from './greeting.ts';
import { admit, welcome } from './login.ts';
import { Outbox } from './outbox.ts';
import type { Session } from './session.ts';
import { SimpleProtocol } from './simple.ts';

const CLOSE_MS = 1000;

/** Serves one client until it disconnects. */
export async function serveClient(cluster: Cluster, peer: Peer): Promise<void> {
  const { socket } = peer;
  const messages = new ClientMessages(socket, peer.rest);
  const outbox = new Outbox(socket);
  const session = await admit(cluster, peer, outbox).catch((error: unknown) => {
    if (!(error instanceof StatementError)) throw error;
    socket.end(errorResponse(error.fields));
    return undefined;
  });
  if (!session) return;
  // As PostgreSQL does after idle_in_transaction_session_timeout.
  session.backend.onEnd = (reason) => socket.end(errorResponse({ ...reason, severity: 'FATAL' }));
  try {
    session.onEnd = () => socket.destroy();
    messages.onGone = () => void session.abandon();
    welcome(session);
    await converse(session, messages);
  } finally {
    session.close();
    socket.end();
    setTimeout(() => socket.destroy(), CLOSE_MS).unref();
  }
}

async function converse(session: Session, messages: ClientMessages): Promise<void> {
  const simple = new SimpleProtocol(session, messages);
  const extended = new ExtendedProtocol(session);
  for (;;) {
    const message = await messages.next();
    if (!message || message.type === CLIENT.terminate) return;
    if (message.type === CLIENT.query) await extended.open();
    if (message.type === CLIENT.query && extended.skipping) await extended.sync();
    else if (message.type === CLIENT.query) {
      extended.dropUnnamed();
      await simple.query(new BodyReader(message.body).text());
      extended.endPortals();
    } else if (!COPY_MESSAGES.includes(message.type) && !(await extended.take(message))) refuse(session, message);
  }
}

function refuse(session: Session, { type }: Message): void {
  const message = `unrecognized client message type ${type}`;
  session.outbox.put(errorResponse({ code: SQLSTATE.protocolViolation, message }));
  session.becomeReady();
}
