import { expect, it } from 'vitest';
import type { Step } from '../../../shared/protocol.ts';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { heldBytes, untilTrue } from '../../support/held-memory.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const KIB = 1 << 10;
const PRINTED = 'x'.repeat(256 * KIB);
const POLICY = {
  ...LIMITS,
  outputBytes: 1024 * KIB,
  lifeMs: 300_000,
  sandboxesPerReader: 2,
  sandboxesPerAddress: 3,
  newPerMinute: 100_000,
};

const shell = (id: string): Step => ({ id, kind: 'shell', command: 'print' });

const ready = (sandbox: Sandbox): Promise<void> => untilTrue(() => sandbox.info().state === 'ready');

it('the server remembers a sentence about a sandbox that is gone, not its output', { timeout: 120_000 }, async () => {
  const open = async (): ReturnType<ConstructorParameters<typeof WarmPool>[0]> =>
    fakeClusterContainer('secure', { prints: [PRINTED] }).clusterContainer;
  const slots = new Slots(3);
  const sandboxes = new SandboxTable(open, slots, new WarmPool(open, slots, 0, () => false), POLICY);
  const owner = { reader: 'one', address: 'one' };
  const live = async (): Promise<Sandbox> => {
    const { sandbox } = await sandboxes.claim(owner, 'secure');
    for (let count = 0; count < 3; count += 1) {
      for await (const { event } of sandbox.start([shell('one')]).log.follow(0, new AbortController().signal))
        void event;
      await ready(sandbox);
    }
    await sandboxes.remove(sandbox, 'reset');
    return sandbox;
  };
  const first = await live();
  const before = await heldBytes();
  const lives = 200;
  for (let count = 0; count < lives; count += 1) await live();
  const perSandboxBytes = ((await heldBytes()) - before) / lives;
  expect(perSandboxBytes).toBeLessThan(16 * KIB);
  expect(sandboxes.find(owner, first.id).info()).toMatchObject({ state: 'gone', cause: 'reset', done: [] });
  expect(() => first.run('any')).toThrow('Your cluster was reset.');
  await sandboxes.close();
});

it('a sandbox remembers a bounded number of steps as done, however many ids a client invents', async () => {
  const sandbox = new Sandbox(fakeClusterContainer('secure').clusterContainer, POLICY);
  for (let round = 0; round < 20; round += 1) {
    const { log } = sandbox.start(Array.from({ length: 64 }, (_, index) => shell(`${round}-${index}`)));
    for await (const { event } of log.follow(0, new AbortController().signal)) void event;
    await ready(sandbox);
  }
  const { done } = sandbox.info();
  expect(done.at(-1)).toBe('19-63');
  expect(done.length).toBeLessThanOrEqual(256);
});

it('a sandbox that is gone lets go of its container', async () => {
  const gone = async (): Promise<{ sandbox: Sandbox; container: WeakRef<object> }> => {
    const { clusterContainer } = fakeClusterContainer('insecure');
    const sandbox = new Sandbox(clusterContainer, LIMITS);
    await sandbox.close('reset');
    return { sandbox, container: new WeakRef(clusterContainer.container) };
  };
  const { sandbox, container } = await gone();
  await heldBytes();
  expect([sandbox.cause, container.deref()]).toEqual(['reset', undefined]);
});
