import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const HOUR_MS = 3_600_000;
const POLICY = {
  ...LIMITS,
  idleMs: HOUR_MS,
  lifeMs: HOUR_MS,
  awayMs: 120_000,
  sandboxesPerReader: 2,
  sandboxesPerAddress: 4,
  newPerMinute: 100,
};
const ME = { reader: 'me', address: 'me' };
const OTHER = { reader: 'other', address: 'other' };

/** Returns a table with one slot, which a reader has. */
async function oneReader(): Promise<{ sandboxes: SandboxTable; sandbox: Sandbox }> {
  const open = async (mode: Mode) => fakeClusterContainer(mode).clusterContainer;
  const slots = new Slots(1);
  const sandboxes = new SandboxTable(open, slots, new WarmPool(open, slots, 0, () => false), POLICY);
  return { sandboxes, sandbox: (await sandboxes.claim(ME, 'secure')).sandbox };
}

describe('a reader who leaves', { timeout: 120_000 }, () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('loses the sandbox after a while, and is told why', async () => {
    const { sandbox } = await oneReader();
    sandbox.presence.come('one');
    sandbox.presence.leave('one');
    await vi.advanceTimersByTimeAsync(118_000);
    expect(sandbox.cause).toBeUndefined();
    await vi.advanceTimersByTimeAsync(4000);
    expect(sandbox.cause).toBe('left');
    expect(() => sandbox.start([])).toThrow('because you had closed the pages that used it');
  });

  it('loses it sooner when somebody waits, but not at once, as a page is reloaded', async () => {
    const { sandboxes, sandbox } = await oneReader();
    await expect(sandboxes.claim(OTHER, 'secure')).rejects.toMatchObject({ code: 'full' });
    sandbox.presence.leave('one');
    const claim = sandboxes.claim(OTHER, 'secure').catch(() => sandboxes.claim(OTHER, 'secure'));
    await vi.advanceTimersByTimeAsync(8000);
    expect(sandbox.cause).toBeUndefined();
    await vi.advanceTimersByTimeAsync(6000);
    expect(sandbox.cause).toBe('left');
    expect((await claim).isNew).toBe(true);
  });

  it('keeps it while another of their pages is open, in whatever order pages come and go', async () => {
    const { sandbox } = await oneReader();
    sandbox.presence.come('one');
    sandbox.presence.come('two');
    sandbox.presence.leave('one');
    await vi.advanceTimersByTimeAsync(300_000);
    // The next page has come before the server hears that the last one was left.
    sandbox.presence.come('three');
    sandbox.presence.leave('two');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(sandbox.cause).toBeUndefined();
  });

  it('keeps it when they come back in time, by any request', async () => {
    const { sandboxes, sandbox } = await oneReader();
    sandbox.presence.leave('one');
    await vi.advanceTimersByTimeAsync(100_000);
    sandboxes.find(ME, sandbox.id);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(sandbox.cause).toBeUndefined();
  });

  it('leaves a run to its end, and only then counts as away', async () => {
    const { sandbox } = await oneReader();
    sandbox.presence.leave('one');
    await vi.advanceTimersByTimeAsync(60_000);
    sandbox.presence.postpone();
    await vi.advanceTimersByTimeAsync(110_000);
    expect(sandbox.cause).toBeUndefined();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(sandbox.cause).toBe('left');
  });
});
