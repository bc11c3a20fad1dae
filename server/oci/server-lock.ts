import { createServer } from 'node:net';

/**
 * Takes a lock that the kernel gives back when this process ends, however it ends: an abstract socket's name. Gives
 * what releases it; throws an Error when another process has it.
 */
export async function takeLock(name: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((settle, reject) => {
    server.once('error', reject);
    server.listen(`\0${name}`, settle);
  }).catch((cause: unknown) => {
    throw new Error('Another server runs sandboxes from the same directory: stop it first.', { cause });
  });
  server.unref();
  return () => new Promise((settle) => server.close(() => settle()));
}
