import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { fakeClusterContainer, type FakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const POLICY = { ...LIMITS, lifeMs: 300_000, sandboxesPerReader: 2, sandboxesPerAddress: 3, newPerMinute: 6 };
const owner = (reader: string): { reader: string; address: string } => ({ reader, address: reader });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a table of sandboxes that drains', () => {
  const setUp = (): { sandboxes: SandboxTable; isDrained: () => boolean; drain: (endsAtMs?: number) => void } => {
    const open = async (mode: Mode): Promise<FakeClusterContainer['clusterContainer']> =>
      fakeClusterContainer(mode).clusterContainer;
    const slots = new Slots(9);
    const sandboxes = new SandboxTable(open, slots, new WarmPool(open, slots, 0, () => false), POLICY);
    let isOver = false;
    const drain = (endsAtMs?: number): void => void sandboxes.drain(endsAtMs).then(() => (isOver = true));
    return { sandboxes, isDrained: () => isOver, drain };
  };

  it('is drained at once when it is empty', async () => {
    const { drain, isDrained } = setUp();
    drain();
    await vi.advanceTimersByTimeAsync(0);
    expect(isDrained()).toBe(true);
  });

  it('lets readers keep what they have, and makes nothing new for anybody', async () => {
    const { sandboxes, drain, isDrained } = setUp();
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    drain();
    expect(await sandboxes.claim(owner('a'), 'secure')).toEqual({ sandbox, isNew: false });
    await expect(sandboxes.claim(owner('a'), 'insecure')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Reset the one that you have'),
    });
    await expect(sandboxes.claim(owner('b'), 'secure')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'This server will soon be replaced, and starts no more clusters.',
    });
    expect([sandboxes.holdsAny(owner('a')), sandboxes.holdsAny(owner('b')), isDrained()]).toEqual([true, false, false]);
  });

  it('is drained once the last sandbox has gone, however it ends, and not while one is being made', async () => {
    const { sandboxes, drain, isDrained } = setUp();
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    const making = sandboxes.claim(owner('b'), 'secure');
    drain();
    await sandboxes.remove(sandbox, 'reset');
    await making;
    await vi.advanceTimersByTimeAsync(POLICY.idleMs - 5000);
    expect(isDrained()).toBe(false);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(isDrained()).toBe(true);
  });

  it('tells readers when they will have to end at the latest, also when the deadline comes later', async () => {
    const { sandboxes, drain } = setUp();
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    drain();
    const { expiresAtMs } = sandbox.info();
    drain(expiresAtMs + 5000);
    expect(sandbox.info().expiresAtMs).toBe(expiresAtMs);
    drain(expiresAtMs - 5000);
    expect(sandbox.info().expiresAtMs).toBe(expiresAtMs - 5000);
  });
});
