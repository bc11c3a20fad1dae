import { expect, it, vi } from 'vitest';
import type { ServerEvent } from '../../../server/report.ts';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const POLICY = { ...LIMITS, sandboxesPerReader: 2, sandboxesPerAddress: 2, newPerMinute: 9 };
const OWNER = { reader: 'a', address: 'one' };
const MS = expect.any(Number);

it('a claim is reported with where its cluster came from, and the sandbox’s end with its cause, once', async () => {
  const events: ServerEvent[] = [];
  const open = (mode: Mode) => Promise.resolve(fakeClusterContainer(mode).clusterContainer);
  const slots = new Slots(3);
  const pool = new WarmPool(open, slots, 0, () => false);
  pool.add({ container: await open('secure'), slot: slots.take()! });
  const sandboxes = new SandboxTable(open, slots, pool, POLICY, (event) => events.push(event));
  const { sandbox } = await sandboxes.claim(OWNER, 'secure');
  await sandboxes.claim(OWNER, 'secure');
  await sandboxes.claim(OWNER, 'insecure');
  await sandboxes.remove(sandbox, 'reset');
  await sandboxes.close();
  expect(events).toEqual([
    { type: 'claimed', mode: 'secure', from: 'pool', waitedMs: MS },
    { type: 'claimed', mode: 'insecure', from: 'new', waitedMs: MS },
    { type: 'sandbox-ended', mode: 'secure', cause: 'reset', livedMs: MS },
    { type: 'sandbox-ended', mode: 'insecure', cause: 'shutdown', livedMs: MS },
  ]);
});

it('a run’s end is reported with its reason', async () => {
  const events: ServerEvent[] = [];
  const { clusterContainer, lose } = fakeClusterContainer('secure');
  const sandbox = new Sandbox(clusterContainer, LIMITS, (event) => events.push(event));
  sandbox.start([{ id: 'one', kind: 'shell', command: 'true' }]);
  const step = { type: 'step-ended', page: 'other', step: 'other', by: 'unknown', isEdited: false };
  await vi.waitFor(() =>
    expect(events).toEqual([
      { ...step, outcome: 'done' },
      { type: 'run-ended', reason: 'finished', tookMs: MS },
    ]),
  );
  sandbox.start([{ id: 'one', kind: 'shell', command: 'true' }]);
  lose('engine-ended');
  await vi.waitFor(() => expect(events).toContainEqual({ type: 'run-ended', reason: 'lost', tookMs: MS }));
});
