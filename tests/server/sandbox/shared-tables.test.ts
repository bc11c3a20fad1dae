import { expect, it } from 'vitest';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const ROOMY = { ...LIMITS, outputBytes: 1 << 20 };

it('the tables are read once for simultaneous requests, and a failure is examined once', async () => {
  const { clusterContainer } = fakeClusterContainer('secure');
  let opened = 0;
  let looked = 0;
  let isBroken = false;
  const open = clusterContainer.cluster.open;
  clusterContainer.cluster.open = async (...args) => {
    opened += 1;
    if (isBroken) throw new Error('broken');
    return await open(...args);
  };
  clusterContainer.lostSoon = async () => {
    looked += 1;
    return undefined;
  };
  const sandbox = new Sandbox(clusterContainer, ROOMY);
  const askers = (): Promise<unknown[]> =>
    Promise.all(Array.from({ length: 50 }, () => sandbox.tables().catch((cause: unknown) => cause)));
  expect(new Set(await askers()).size).toBe(1);
  expect([opened, looked]).toEqual([1, 0]);
  isBroken = true;
  expect((await askers())[0]).toMatchObject({ code: 'busy' });
  expect([opened, looked]).toEqual([2, 1]);
  await sandbox.close('reset');
});

it('pages of a table are read one after the other, and skipped if nobody is waiting any more', async () => {
  const { clusterContainer } = fakeClusterContainer('secure');
  let opened = 0;
  const first = Promise.withResolvers<never>();
  clusterContainer.cluster.open = async () => {
    opened += 1;
    return await first.promise;
  };
  const sandbox = new Sandbox(clusterContainer, ROOMY);
  const query = { database: 'bank', schema: 'public', name: 't', limit: 10, offset: 0 };
  const clients = Array.from({ length: 10 }, () => new AbortController());
  const pages = clients.map(({ signal }) => sandbox.table(query, signal).catch((cause: unknown) => cause));
  for (const client of clients.slice(0, 9)) client.abort();
  first.reject(new Error('broken'));
  await Promise.all(pages);
  expect(opened).toBe(1);
  await sandbox.close('reset');
});
