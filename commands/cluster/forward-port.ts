import { createServer, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Forwards a loopback port of this machine to streams that `dial` opens; while it returns none, connections are
 * refused. Returns the port and a function that closes it. Throws an Error with one sentence when the port is in use.
 */
export async function forwardPort(
  port: number,
  dial: () => (Duplex & { connect?: () => unknown }) | undefined,
): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Duplex>();
  const server = createServer((client) => {
    const inner = dial();
    if (!inner) return void client.destroy();
    inner.connect?.();
    for (const stream of [client, inner]) {
      open.add(stream);
      stream.once('close', () => open.delete(stream));
    }
    // Whichever side ends or breaks first ends the other. Errors need no other handling.
    void Promise.allSettled([pipeline(client, inner), pipeline(inner, client)]).then(() => {
      client.destroy();
      inner.destroy();
    });
  });
  await new Promise<void>((settle, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      fail(
        cause.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is in use: choose another with --port, or any free one with --port 0.`)
          : cause,
      );
    });
    server.listen(port, '127.0.0.1', settle);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const stream of open) stream.destroy();
      await new Promise((settle) => server.close(settle));
    },
  };
}
