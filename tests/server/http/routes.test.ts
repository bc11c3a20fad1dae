import type { Hono } from 'hono';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import type { Holdings } from '../../../shared/protocol.ts';
import { Run } from '../../../server/sandbox/run.ts';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { fakeClusterContainer } from '../sandbox/fake-cluster-container.ts';
import { LIMITS } from '../sandbox/test-limits.ts';
import { ended, head, listen, type Listening } from './listening.ts';

const STEP = { id: 'a', kind: 'shell', command: 'true' };
const TABLES: Holdings = {
  tables: [{ database: 'd', name: 'п', columns: ['c'], rows: [['x']], count: 1 }],
  unlisted: { tables: 0, databases: 0 },
};

/** Returns a service with one sandbox, whose only run never ends. It counts the calls of the sandbox. */
function oneSandbox(): {
  app: Hono;
  asked: { tables: number; follow: number; start: number; claim: number; remove: number };
  claims: { made: Promise<void> };
} {
  const asked = { tables: 0, follow: 0, start: 0, claim: 0, remove: 0 };
  const claims = { made: Promise.resolve() };
  const run = new Run('run');
  const follow = run.log.follow.bind(run.log);
  run.log.follow = async function* (...args) {
    asked.follow += 1;
    yield* follow(...args);
  };
  const sandbox = new Sandbox(fakeClusterContainer('secure').clusterContainer, LIMITS);
  Object.defineProperty(sandbox, 'id', { value: 'box' });
  vi.spyOn(sandbox, 'run').mockImplementation((id) => (id === run.id ? run : undefined));
  vi.spyOn(sandbox, 'start').mockImplementation(() => {
    asked.start += 1;
    return run;
  });
  vi.spyOn(sandbox, 'tables').mockImplementation(async () => {
    asked.tables += 1;
    return TABLES;
  });
  const service = new Service();
  vi.spyOn(service, 'find').mockReturnValue(sandbox);
  vi.spyOn(service, 'claim').mockImplementation(async () => {
    asked.claim += 1;
    await claims.made;
    return { sandbox, isNew: true };
  });
  vi.spyOn(service, 'remove').mockImplementation(async () => void (asked.remove += 1));
  return { app: apiApp(service, { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 }), asked, claims };
}

describe('the API of a sandbox', { timeout: 60_000 }, () => {
  let api: Listening;
  let asked: ReturnType<typeof oneSandbox>['asked'];
  let claims: ReturnType<typeof oneSandbox>['claims'];
  let cookie: string;
  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${api.url}/api/sandboxes${path}`, {
      method,
      headers: { cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  beforeEach(async () => {
    const made = oneSandbox();
    ({ asked, claims } = made);
    api = await listen(made.app);
    cookie = '';
    const claimed = await ask('POST', '', { mode: 'secure' });
    cookie = claimed.headers.get('set-cookie')!.split(';')[0]!;
  });

  it('answers HEAD with the headers of GET, without doing any work', async () => {
    for (const path of ['/box', '/box/tables', '/box/runs/run']) {
      const get = await ask('GET', path);
      await get.body?.cancel();
      const asHead = await ask('HEAD', path);
      expect([asHead.status, asHead.headers.get('content-type'), await asHead.text()]).toEqual([
        200,
        get.headers.get('content-type'),
        '',
      ]);
    }
    expect((await ask('HEAD', '/box/runs/none')).status).toBe(404);
    expect(asked).toMatchObject({ tables: 1, follow: 1, start: 0 });
  });

  it('returns the tables unchanged', async () => {
    expect(await (await ask('GET', '/box/tables')).json()).toEqual(TABLES);
  });

  it('starts no run that nobody can follow', async () => {
    for (let count = 0; count < 16; count += 1)
      api.send(
        head('GET', '/api/sandboxes/box/runs/run', `Cookie: ${cookie}`).replace('localhost', new URL(api.url).host),
      );
    await expect.poll(() => asked.follow).toBe(16);
    const refused = await ask('POST', '/box/runs', { steps: [STEP] });
    expect([refused.status, asked.start]).toEqual([429, 0]);
    expect((await ask('GET', '/box')).status).toBe(200);
  });

  it('removes a sandbox whose first reader left before getting its cookie, and no other', async () => {
    const cutClaim = async (...lines: string[]): Promise<void> => {
      let make: () => void = () => undefined;
      claims.made = new Promise((settle) => {
        make = settle;
      });
      const before = asked.claim;
      const client = api.send(
        head('POST', '/api/sandboxes', 'Content-Length: 17', ...lines).replace('localhost', new URL(api.url).host) +
          '{"mode":"secure"}',
      );
      await expect.poll(() => asked.claim).toBe(before + 1);
      client.destroy();
      // The server has noticed its end when another client's request is answered.
      await ended(client);
      await ask('GET', '/box');
      make();
      await ask('GET', '/box');
    };
    await cutClaim(`Cookie: ${cookie}`);
    expect(asked.remove).toBe(0);
    await cutClaim();
    await expect.poll(() => asked.remove).toBe(1);
  });

  it('says in a short sentence what is wrong with a long request', async () => {
    const refused = await ask('POST', '/box/runs', { steps: [{ ...STEP, ['x'.repeat(100_000)]: 1 }] });
    expect(refused.status).toBe(400);
    expect((await refused.text()).length).toBeLessThan(2000);
  });
});
