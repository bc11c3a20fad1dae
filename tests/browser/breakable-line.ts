import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between the browser and the server that a test can break. */
export interface BreakableLine {
  url: string;
  /** Cuts all open connections; new ones can be made. */
  cut(): void;
  /** Cuts all open connections and lets no new one through until `mend`. */
  take(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a line to the server at `url`. */
export async function layLine(url: string): Promise<BreakableLine> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let taken = false;
  const line = createServer((near) => {
    if (taken) return void near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    for (const [here, there] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(here);
      here.on('error', () => there.destroy());
      here.on('close', () => {
        sockets.delete(here);
        there.destroy();
      });
      here.pipe(there);
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    cut,
    take: () => {
      taken = true;
      cut();
    },
    mend: () => {
      taken = false;
    },
    close: async () => {
      cut();
      const closed = once(line, 'close');
      line.close();
      await closed;
    },
  };
}
