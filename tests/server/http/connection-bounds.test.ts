import { Hono } from 'hono';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { ServerEvent } from '../../../server/report.ts';
import { ended, head, listen } from './listening.ts';

const app = (): Hono =>
  new Hono()
    .get('/', (context) => context.text('here'))
    .post('/', async (context) => context.text(await context.req.text().catch(() => 'broken off')));

it(
  'a client that never finishes is cut: before it says anything, in the head of its request, in its body',
  { timeout: 120_000 },
  async () => {
    const { send } = await listen(app());
    const texts = [
      '',
      'GET / HTTP/1.1\r\nHost: localhost\r\nX-More: ',
      `${head('POST', '/', 'Content-Length: 100')}half`,
    ];
    const clients = texts.map((text) => send(text).resume());
    await Promise.all(clients.map(ended));
    expect(clients.map(({ closed }) => closed)).toEqual(texts.map(() => true));
  },
);

it('an address has a bounded number of connections, and a closed one makes room', async () => {
  const events: ServerEvent[] = [];
  const { url, send } = await listen(app(), 3, (event) => events.push(event));
  const clients = Array.from({ length: 3 }, () => send(head('GET', '/')));
  await Promise.all(clients.map((client) => once(client, 'readable')));
  const over = send(head('GET', '/'));
  let answer = '';
  over.on('data', (bytes: Buffer) => (answer += bytes.toString())).resume();
  await ended(over);
  expect(answer).toBe('');
  expect(events).toEqual([{ type: 'refused', limit: 'connections' }]);
  clients[0]!.destroy();
  await expect
    .poll(
      () =>
        fetch(url).then(
          ({ status }) => status,
          () => 'none',
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
});

it('a connection is kept for longer than clients and proxies keep it, and they are told for how long', async () => {
  const { url } = await listen(app());
  const { headers } = await fetch(url);
  const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});
