import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimit } from '../../../server/rate-limit.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { fakeClusterContainer, type FakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const DAY_MS = 24 * 3600_000;
const POLICY = { ...LIMITS, lifeMs: 600_000, sandboxesPerReader: 2, sandboxesPerAddress: 9, newPerMinute: 9 };
const ME = { reader: 'a', address: 'a' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['forward', DAY_MS],
  ['back', -DAY_MS],
])('a clock that jumps %s', (_, jumpMs) => {
  const open = async (mode: Mode): Promise<FakeClusterContainer['clusterContainer']> =>
    fakeClusterContainer(mode).clusterContainer;
  const makeTable = (): SandboxTable => {
    const slots = new Slots(9);
    return new SandboxTable(open, slots, new WarmPool(open, slots, 0, () => false), POLICY);
  };

  it('ends no sandbox, tells pages the right time of its end, and lets it end then', async () => {
    const { sandbox } = await makeTable().claim(ME, 'secure');
    const { expiresAtMs } = sandbox.info();
    vi.setSystemTime(Date.now() + jumpMs);
    await vi.advanceTimersByTimeAsync(LIMITS.idleMs / 2);
    expect(sandbox.info()).toMatchObject({ state: 'ready', expiresAtMs: expiresAtMs + jumpMs });
    await vi.advanceTimersByTimeAsync(LIMITS.idleMs);
    expect(sandbox.info()).toMatchObject({ state: 'gone', cause: 'expired' });
  });

  it('lets a sandbox that is gone be remembered no shorter and no longer', async () => {
    const table = makeTable();
    const { sandbox } = await table.claim(ME, 'secure');
    await table.remove(sandbox, 'reset');
    vi.setSystemTime(Date.now() + jumpMs);
    await vi.advanceTimersByTimeAsync(9 * 60_000);
    expect(table.find(ME, sandbox.id)).toBe(sandbox);
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect(() => table.find(ME, sandbox.id)).toThrow('no such');
  });

  it('does not keep an address from its next sandboxes', async () => {
    const rate = new RateLimit('new clusters', 'new-sandboxes');
    const take = (): void => rate.take([{ of: 'a', most: 1, words: 'you' }]);
    take();
    expect(take).toThrow('last minute');
    vi.setSystemTime(Date.now() + jumpMs);
    expect(take).toThrow('last minute');
    await vi.advanceTimersByTimeAsync(61_000);
    take();
  });
});
