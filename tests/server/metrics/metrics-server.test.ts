import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { metricsServer } from '../../../server/metrics/metrics-server.ts';
import type { ServerEvent } from '../../../server/report.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Serves what `text` returns until the test has ended. Returns the address, and the events that were reported. */
async function serve(text: () => Promise<string>): Promise<{ url: URL; events: ServerEvent[] }> {
  const events: ServerEvent[] = [];
  const server = metricsServer({ text, contentType: CONTENT_TYPE }, (event) => events.push(event));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`), events };
}

it('the metrics’ address answers GET /metrics, and nothing else', async () => {
  const { url } = await serve(async () => 'bankrun_ready 1\n');
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, CONTENT_TYPE]);
  expect(await answer.text()).toBe('bankrun_ready 1\n');
  expect((await fetch(new URL('?name=x', url))).status).toBe(200);
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
  for (const path of ['/', '/metrics/', '/api/health']) expect((await fetch(new URL(path, url))).status).toBe(404);
});

it('metrics that cannot be read are a failure that is reported, and the next scrape is tried again', async () => {
  const cause = new Error('no');
  let isBroken = true;
  const { url, events } = await serve(async () => {
    if (isBroken) throw cause;
    return '';
  });
  expect((await fetch(url)).status).toBe(500);
  expect(events).toEqual([{ type: 'metrics-unreadable', cause }]);
  isBroken = false;
  expect((await fetch(url)).status).toBe(200);
});

it('a connection over the limit is closed', async () => {
  const { url } = await serve(async () => '');
  const sockets = Array.from({ length: 17 }, () => connect(Number(url.port), url.hostname));
  await Promise.race(sockets.map((socket) => once(socket, 'close')));
  expect(sockets.filter((socket) => !socket.closed).length).toBeGreaterThan(0);
  for (const socket of sockets) socket.destroy();
});
