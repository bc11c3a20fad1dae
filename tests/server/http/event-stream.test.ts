import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { sendEvents } from '../../../server/http/event-stream.ts';
import { EventLog } from '../../../server/sandbox/event-log.ts';

test('a client that takes nothing is cut, and its sending ends', { timeout: 60_000 }, async () => {
  // Far more than the buffers of two sockets hold.
  const log = new EventLog();
  for (let count = 0; count < 200; count += 1) log.add({ type: 'output', stream: 'stdout', text: 'x'.repeat(256 << 10) });
  let following = 0;
  const follow = log.follow.bind(log);
  log.follow = async function* (...args) {
    following += 1;
    try {
      yield* follow(...args);
    } finally {
      following -= 1;
    }
  };
  const app = new Hono().get('/', (context) => sendEvents(context, log, 0, 300));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false });
  try {
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await expect.poll(() => following, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => following, { timeout: 20_000 }).toBe(0);
    const closed = once(client, 'close');
    client.on('error', () => undefined).resume();
    await closed;
  } finally {
    server.close();
  }
});
