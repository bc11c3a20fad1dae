import { Hono } from 'hono';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ended, head, listen } from './listening.ts';

const SECRET = 'the answer';

/** Returns an app that counts the requests that reach it. */
function countingApp(): { app: Hono; reached: () => number } {
  let reached = 0;
  const app = new Hono().all('*', (context) => {
    reached += 1;
    return context.text(SECRET);
  });
  return { app, reached: () => reached };
}

/** Counts the heads of requests that Node reads, and the chunks of their bodies, until the test has ended. */
function countRead(): { heads: number; pieces: number } {
  const read = { heads: 0, pieces: 0 };
  const count = (message: unknown): void => {
    read.heads += 1;
    const { request } = message as { request: IncomingMessage };
    const push = request.push.bind(request);
    request.push = (piece: unknown) => {
      read.pieces += 1;
      return push(piece);
    };
  };
  subscribe('http.server.request.start', count);
  onTestFinished(() => void unsubscribe('http.server.request.start', count));
  return read;
}

describe('a connection with thousands of requests at once is ended, and the rest is not even read', () => {
  it.each([
    ['pages', head('GET', '/')],
    ['pages of no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['what nobody can expect', head('GET', '/', 'Expect: wonders')],
  ])('%s', async (_, request) => {
    const { app, reached } = countingApp();
    const { url, send } = await listen(app);
    const read = countRead();
    await ended(send(request.repeat(1000)).resume());
    expect(reached()).toBeLessThanOrEqual(8);
    expect(read.heads).toBeLessThanOrEqual(10);
    expect((await fetch(url)).status).toBe(200);
  });
});

it('a body in chunks is not read, not even while its answer takes long', async () => {
  const app = new Hono().post('/', async () => await new Promise<Response>(() => undefined));
  const { send } = await listen(app);
  const read = countRead();
  const client = send(head('POST', '/', 'Transfer-Encoding: chunked') + '1\r\nx\r\n'.repeat(5000)).resume();
  await expect.poll(() => read.heads).toBe(1);
  client.destroy();
  await ended(client);
  expect(read.pieces).toBeLessThanOrEqual(1);
});

it('a connection may pipeline a few requests, over and over', async () => {
  const { app, reached } = countingApp();
  const { send } = await listen(app);
  let answers = '';
  const client = send('')
    .on('data', (bytes: Buffer) => (answers += bytes.toString()))
    .resume();
  for (let round = 1; round <= 20; round += 1) {
    client.write(head('GET', '/').repeat(8));
    await expect.poll(() => answers.split(SECRET).length - 1).toBe(8 * round);
  }
  expect(reached()).toBe(160);
});

it.each([
  ['an address that is none', 'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
])('%s is refused with a sentence', async (_, request) => {
  const { send } = await listen(countingApp().app);
  const [bytes] = (await once(send(request).resume(), 'data')) as [Buffer];
  expect(bytes.toString()).toMatch(/^HTTP\/1.1 400 [^]*x-content-type-options: nosniff[^]*"code":"bad-request"/i);
});
