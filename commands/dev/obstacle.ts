import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** What a development server writes about itself, into a file of Astro's. */
interface Running {
  pid: number;
  port: number;
  url: string;
}

const LOOPBACK = ['127.0.0.1', '::1'];

/** Returns in one line why the development server of a folder cannot start on that port; undefined when it can. */
export async function obstacle(root: string, port: number): Promise<string | undefined> {
  const other = running(root);
  if (other && (await answers(other.port)))
    return (
      `The development server of this folder is already at ${other.url}: ` +
      `use that, or stop it first (process ${other.pid}).`
    );
  const isFree = await Promise.all(LOOPBACK.map((host) => canListen(host, port)));
  if (isFree.includes(false))
    return `Port ${port} is in use: choose another with PORT, as in PORT=${port + 1} npm run dev.`;
  return undefined;
}

function running(root: string): Running | undefined {
  try {
    const { pid, port, url } = JSON.parse(readFileSync(join(root, '.astro/dev.json'), 'utf8')) as Partial<Running>;
    if (typeof pid !== 'number' || typeof port !== 'number' || typeof url !== 'string') return undefined;
    process.kill(pid, 0);
    return { pid, port, url };
  } catch {
    // No file, or no process: none runs.
    return undefined;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Returns whether a port is free at an address. An address that the machine lacks is no obstacle. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
