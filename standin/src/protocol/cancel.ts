import { connect, type NetConnectOpts } from 'node:net';
import { cancelRequest } from './startup.ts';

const CANCEL_MS = 5000;

/**
 * Asks a server to cancel what the session with this key is doing, over a separate connection, as the protocol
 * requires. Resolves when the server has passed it on, which it shows by closing that connection. Never throws: only
 * the session shows whether it worked.
 */
export async function sendCancelRequest(server: NetConnectOpts, key: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(server, () => socket.end(cancelRequest(key)));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve());
    socket.setTimeout(CANCEL_MS, () => socket.destroy());
    socket.resume();
  });
}
