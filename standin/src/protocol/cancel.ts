import { connect, type NetConnectOpts } from 'node:net';
import { cancelRequest } from './startup.ts';

const CANCEL_MS = 5000;

/**
 * Asks a server to cancel what the session with this key is doing, over a separate connection, as the protocol
 * requires. Never throws and does not wait: only the session shows whether it worked.
 */
export function sendCancelRequest(server: NetConnectOpts, key: Buffer): void {
  const socket = connect(server, () => socket.end(cancelRequest(key)));
  socket.on('error', () => socket.destroy());
  socket.setTimeout(CANCEL_MS, () => socket.destroy());
  socket.resume();
}
