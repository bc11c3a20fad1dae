import { expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import type { ServerEvent } from '../../../server/report.ts';
import { Service } from '../../../server/sandbox/service.ts';

/** Returns an API whose health cannot be read, and what it reports. */
function brokenApi(options: { trustProxy?: boolean; reportAddresses?: boolean } = {}): {
  ask: (path: string, headers?: Record<string, string>) => Promise<Response>;
  events: ServerEvent[];
} {
  const service = new Service();
  service.health = () => {
    throw new Error('a bug');
  };
  const events: ServerEvent[] = [];
  const app = apiApp(service, {
    trustProxy: false,
    isLocal: true,
    sandboxesPerAddress: 16,
    report: (event) => events.push(event),
    ...options,
  });
  const env = { incoming: { socket: { remoteAddress: '192.0.2.7', remotePort: 1, remoteFamily: 'IPv4' } } };
  return {
    events,
    ask: async (path, headers = {}) =>
      await app.request(`http://localhost${path}`, { headers: { host: 'localhost', ...headers } }, env),
  };
}

const idOf = (answer: Response): string | null => answer.headers.get('x-request-id');

it('an answer, the failure in it and the report of it have the same id', async () => {
  const { ask, events } = brokenApi();
  const answer = await ask('/api/health');
  const request = idOf(answer);
  expect(request).toMatch(/^[0-9a-f]{16}$/);
  const { error } = (await answer.json()) as { error: { id: string } };
  expect(events).toContainEqual(expect.objectContaining({ type: 'failure', id: error.id, request }));
  expect(events).toContainEqual({
    type: 'answered',
    request,
    method: 'GET',
    route: '/api/health',
    status: 500,
    tookMs: expect.any(Number),
  });
  expect(idOf(await ask('/api/health'))).not.toBe(request);
});

it('reports patterns, not paths, which hold ids that clients choose', async () => {
  const { ask, events } = brokenApi();
  for (const path of ['/api/sandboxes/mine', '/api/sandboxes/mine/runs/1', '/api/sandboxes/mine/nothing', '/api/x/y'])
    await ask(path);
  const routes = events.flatMap((event) => (event.type === 'answered' ? [[event.route, event.status]] : []));
  expect(routes).toEqual([
    ['/api/sandboxes/:id', 404],
    ['/api/sandboxes/:id/runs/:run', 404],
    ['/api/*', 404],
    ['/api/*', 404],
  ]);
});

it('keeps the id of a proxy that it trusts, the last one if there are several, and of no one else', async () => {
  const headers = { 'x-request-id': 'by-a-client, 7F000001:A1_proxy.1' };
  expect(idOf(await brokenApi({ trustProxy: true }).ask('/api/x', headers))).toBe('7F000001:A1_proxy.1');
  expect(idOf(await brokenApi().ask('/api/x', headers))).toMatch(/^[0-9a-f]{16}$/);
  const odd = { 'x-request-id': `{"a":1}` };
  expect(idOf(await brokenApi({ trustProxy: true }).ask('/api/x', odd))).toMatch(/^[0-9a-f]{16}$/);
});

it('does not report that a balancer asked for health, which it does every second', async () => {
  const events: ServerEvent[] = [];
  const options = { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 };
  const app = apiApp(new Service(), { ...options, report: (event) => events.push(event) });
  const { status } = await app.request('http://localhost/api/health', { headers: { host: 'localhost' } });
  expect([status, events]).toEqual([503, []]);
});

it('reports a reader’s address only when the operator wants it', async () => {
  const quiet = brokenApi();
  await quiet.ask('/api/x');
  expect(JSON.stringify(quiet.events)).not.toContain('192.0.2.7');
  const open = brokenApi({ reportAddresses: true });
  await open.ask('/api/x');
  expect(open.events).toContainEqual(expect.objectContaining({ type: 'answered', address: '192.0.2.7' }));
});
