import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line with latency between the browser and the server. */
export interface SlowLine {
  url: string;
  close(): Promise<void>;
}

/** Opens a line to the server at `url` that delays everything by `oneWayMs` milliseconds in each direction. */
export async function laySlowLine(url: string, oneWayMs: number): Promise<SlowLine> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [here, there] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(here);
      here.on('data', (bytes) => setTimeout(() => there.destroyed || there.write(bytes), oneWayMs));
      here.on('error', () => there.destroy());
      here.on('close', () => {
        sockets.delete(here);
        setTimeout(() => there.end(), oneWayMs);
      });
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(line, 'close');
      line.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
