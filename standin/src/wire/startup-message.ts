import type { Socket } from 'node:net';
import { MessageReader } from '../protocol/message-reader.ts';

const STARTUP_CAP_BYTES = 10_000;

/**
 * Waits for the first message of a connection, which has no type, and leaves the socket paused; `rest` is what arrived
 * after it. Throws Error when it is not a startup message, or when the connection ends before.
 */
export async function readStartupMessage(socket: Socket): Promise<{ body: Buffer; rest: Buffer }> {
  const reader = new MessageReader();
  return await new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        reader.push(chunk);
        const body = reader.nextStartup(STARTUP_CAP_BYTES);
        if (!body) return;
        settle();
        socket.pause();
        resolve({ body, rest: reader.rest() });
      } catch (cause) {
        settle();
        reject(new Error('not a startup message', { cause }));
      }
    };
    const onClose = (): void => {
      settle();
      reject(new Error('closed'));
    };
    const settle = (): void => {
      socket.off('data', onData);
      socket.off('close', onClose);
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.resume();
  });
}
