import { connect, type NetConnectOpts } from 'node:net';
import { cancelRequest } from './startup.ts';

const CANCEL_MS = 5000;

/**
 * Asks a server to cancel what the session with this key does, over a connection of its own, as the protocol wants it.
 * Never throws and does not wait: whether it worked shows in the session.
 */
export function sendCancelRequest(server: NetConnectOpts, key: Buffer): void {
  const socket = connect(server, () => socket.end(cancelRequest(key)));
  socket.on('error', () => socket.destroy());
  socket.setTimeout(CANCEL_MS, () => socket.destroy());
  socket.resume();
}
