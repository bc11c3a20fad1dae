import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { once } from 'node:events';
import type { Server, ServerOptions } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { boundConnections } from '../../../server/http/connections.ts';

/** An app that listens as `main.ts` has it, until the test is over. */
export interface Listening {
  url: string;
  /** A connection that sends that, and takes nothing until it is told to. */
  send(text: string, options?: { allowHalfOpen?: boolean }): Socket;
}

export async function listen(app: Hono, serverOptions: ServerOptions = {}, mostOfAddress?: number): Promise<Listening> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false, serverOptions }) as Server;
  boundConnections(server, { trustProxy: false }, mostOfAddress);
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
      const socket = connect({ port, host: '127.0.0.1', ...options }).on('error', () => undefined).pause();
      socket.write(text);
      sockets.push(socket);
      return socket;
    },
  };
}

/** The head of a request, with its empty line. */
export function head(method: string, path: string, ...lines: string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');
}
