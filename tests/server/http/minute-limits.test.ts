import { expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { Service } from '../../../server/sandbox/service.ts';

const LIMITS = { isLocal: true, sandboxesPerAddress: 2, requestsPerMinute: 3, report: () => undefined };

/** Asks for a sandbox that does not exist, from the address of a proxy, and returns the answer. */
function asker(trustProxy: boolean): (forwarded: string) => Promise<Response> {
  const app = apiApp(new Service(), { ...LIMITS, trustProxy });
  const env = { incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } } };
  return async (forwarded) =>
    app.request('http://localhost/api/sandboxes/none', { headers: { 'x-forwarded-for': forwarded } }, env);
}

it('an address that sends too many requests in a minute is told when to come back', async () => {
  const ask = asker(false);
  for (let count = 0; count < 3; count += 1) expect((await ask('1.1.1.1')).status).toBe(404);
  const refused = await ask('2.2.2.2');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
  expect(await refused.json()).toMatchObject({ error: { code: 'too-many' } });
});

it('only a trusted proxy names the address, by the last entry of its header', async () => {
  const ask = asker(true);
  for (let count = 0; count < 3; count += 1) expect((await ask(`9.9.9.${count}, 1.1.1.1`)).status).toBe(404);
  expect((await ask('8.8.8.8, 1.1.1.1')).status).toBe(429);
  expect((await ask('1.1.1.1, 2.2.2.2')).status).toBe(404);
});
