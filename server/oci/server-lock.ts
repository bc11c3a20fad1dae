import { createServer } from 'node:net';

/**
 * Takes a lock that the kernel releases when this process ends in any way: the name of an abstract socket. Returns a
 * function that releases it. Throws an Error when another process holds it.
 */
export async function takeLock(name: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((settle, reject) => {
    server.once('error', reject);
    server.listen(`\0${name}`, settle);
  }).catch((cause: unknown) => {
    throw new Error(
      'Another server is running sandboxes from the same directory: stop it first, or give this one a name, as in ' +
        'INSTANCE=second.',
      { cause },
    );
  });
  server.unref();
  return () => new Promise((settle) => server.close(() => settle()));
}
