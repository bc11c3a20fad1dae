import type { Hono } from 'hono';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { log } from '../../../server/log.ts';
import type { Report } from '../../../server/report.ts';

/** An app that listens as in `main.ts`, until the test has ended. */
export interface Listening {
  url: string;
  /** Opens a connection that sends this text, and reads nothing until it is told to. */
  send(text: string, options?: { allowHalfOpen?: boolean }): Socket;
}

export async function listen(app: Hono, maxOfAddress?: number, report: Report = log): Promise<Listening> {
  const options = { host: '127.0.0.1', trustProxy: false, report };
  const server = createHttpServer(app, options, maxOfAddress).listen(0, '127.0.0.1');
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    send: (text, options = {}) => {
      const socket = connect({ port, host: '127.0.0.1', ...options })
        .on('error', () => undefined)
        .pause();
      socket.write(text);
      sockets.push(socket);
      return socket;
    },
  };
}

/** Resolves when the connection has ended in any way: one that is cut while it sends is reset. */
export async function ended(client: Socket): Promise<void> {
  await new Promise<void>((settle) => {
    if (client.closed) settle();
    else client.once('close', () => settle());
  });
}

/** Returns the head of a request, with its empty line. */
export function head(method: string, path: string, ...lines: string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');
}
