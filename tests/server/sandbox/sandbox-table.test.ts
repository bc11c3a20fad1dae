import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { fakeClusterContainer, type FakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const POLICY = {
  ...LIMITS,
  lifeMs: 300_000,
  sandboxesPerReader: 2,
  sandboxesPerAddress: 3,
  newPerMinute: 6,
};
const made: FakeClusterContainer[] = [];

function setUp(total: number, perMode = 0): { sandboxes: SandboxTable; slots: Slots; pool: WarmPool } {
  const open = async (mode: Mode): Promise<FakeClusterContainer['clusterContainer']> => {
    const fake = fakeClusterContainer(mode);
    made.push(fake);
    return fake.clusterContainer;
  };
  const slots = new Slots(total);
  const pool = new WarmPool(open, slots, perMode, () => false);
  return { sandboxes: new SandboxTable(open, slots, pool, POLICY), slots, pool };
}
const owner = (reader: string, address = reader): { reader: string; address: string } => ({ reader, address });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  made.length = 0;
});

describe('the table of sandboxes', () => {
  it('gives a reader one sandbox for each mode, and the same one again', async () => {
    const { sandboxes, slots } = setUp(5);
    const first = await sandboxes.claim(owner('a'), 'secure');
    expect(await sandboxes.claim(owner('a'), 'secure')).toEqual({ sandbox: first.sandbox, isNew: false });
    expect((await sandboxes.claim(owner('a'), 'insecure')).isNew).toBe(true);
    expect(slots.free).toBe(3);
  });

  it('refuses when all slots are taken, and frees one when a sandbox is removed', async () => {
    const { sandboxes } = setUp(1);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    await expect(sandboxes.claim(owner('b'), 'secure')).rejects.toMatchObject({ code: 'full' });
    await sandboxes.remove(sandbox, 'reset');
    expect((await sandboxes.claim(owner('b'), 'secure')).isNew).toBe(true);
  });

  it('waits for the slot of a sandbox that is being removed, instead of refusing', async () => {
    const { sandboxes } = setUp(1);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    let gone = (): void => undefined;
    made[0]!.clusterContainer.dispose = () => new Promise((settle) => (gone = settle));
    const removing = sandboxes.remove(sandbox, 'reset');
    const claim = sandboxes.claim(owner('a'), 'secure');
    await vi.advanceTimersByTimeAsync(1000);
    gone();
    await removing;
    expect((await claim).isNew).toBe(true);
  });

  it('waits for such a slot only for a limited time', async () => {
    const { sandboxes } = setUp(1);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    made[0]!.clusterContainer.dispose = () => new Promise(() => undefined);
    void sandboxes.remove(sandbox, 'reset');
    const refused = expect(sandboxes.claim(owner('b'), 'secure')).rejects.toMatchObject({ code: 'full' });
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
  });

  it('frees a slot when a cluster cannot be started', async () => {
    const slots = new Slots(1);
    const failing = (): Promise<never> => Promise.reject(new Error('no'));
    const sandboxes = new SandboxTable(failing, slots, new WarmPool(failing, slots, 0, () => false), POLICY);
    await expect(sandboxes.claim(owner('a'), 'secure')).rejects.toThrow('no');
    expect(slots.free).toBe(1);
  });

  it('leaves half of the slots to others, however many readers one embedding site has', async () => {
    const { sandboxes } = setUp(5);
    const at = (reader: string, origin?: string): Parameters<SandboxTable['claim']>[0] => ({
      ...owner(reader),
      ...(origin === undefined ? {} : { origin }),
    });
    for (const reader of ['a', 'b', 'c']) await sandboxes.claim(at(reader, 'https://blog.example'), 'secure');
    await expect(sandboxes.claim(at('d', 'https://blog.example'), 'secure')).rejects.toMatchObject({
      code: 'too-many',
      message: 'Too many clusters are in use from pages of this site.',
    });
    expect((await sandboxes.claim(at('w', 'https://wiki.example'), 'secure')).isNew).toBe(true);
    const { sandbox } = await sandboxes.claim(at('e'), 'secure');
    await sandboxes.remove(sandbox, 'reset');
    await sandboxes.remove((await sandboxes.claim(at('a', 'https://blog.example'), 'secure')).sandbox, 'reset');
    expect((await sandboxes.claim(at('d', 'https://blog.example'), 'secure')).isNew).toBe(true);
  });

  it('limits how many sandboxes one address may have, whatever its cookies', async () => {
    const { sandboxes } = setUp(9);
    for (const reader of ['a', 'b', 'c']) await sandboxes.claim(owner(reader, 'one'), 'secure');
    await expect(sandboxes.claim(owner('d', 'one'), 'secure')).rejects.toMatchObject({
      code: 'too-many',
      message: expect.stringContaining('network address'),
    });
    expect((await sandboxes.claim(owner('d', 'two'), 'secure')).isNew).toBe(true);
  });

  it('limits how many new sandboxes an address may start in a minute', async () => {
    const { sandboxes } = setUp(9);
    const churn = async (): Promise<void> =>
      sandboxes.remove((await sandboxes.claim(owner('a'), 'secure')).sandbox, 'reset');
    for (let made = 0; made < POLICY.newPerMinute; made += 1) await churn();
    await vi.advanceTimersByTimeAsync(20_000);
    await expect(churn()).rejects.toMatchObject({
      code: 'too-many',
      message: 'Too many new clusters in the last minute for you: wait a moment.',
      waiting: { retryAfterSeconds: 40 },
    });
    await vi.advanceTimersByTimeAsync(40_000);
    await churn();
  });

  it('shows a sandbox to its owner only', async () => {
    const { sandboxes } = setUp(2);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    expect(() => sandboxes.find(owner('b'), sandbox.id)).toThrow('no such sandbox');
    expect(sandboxes.find(owner('a'), sandbox.id)).toBe(sandbox);
  });

  it('removes idle sandboxes, says why, and frees the slot', async () => {
    const { sandboxes, slots } = setUp(1);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    await vi.advanceTimersByTimeAsync(POLICY.idleMs - 5000);
    expect(sandbox.cause).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sandboxes.find(owner('a'), sandbox.id).info()).toMatchObject({ state: 'gone', cause: 'expired' });
    expect(made[0]?.disposed()).toBe(true);
    expect(slots.free).toBe(1);
    expect(() => sandbox.start([])).toThrow('not used for a while');
  });

  it('frees the slot of a lost sandbox once, with its cause', async () => {
    const { sandboxes, slots } = setUp(2);
    const { sandbox } = await sandboxes.claim(owner('a'), 'secure');
    made[0]?.lose('out-of-memory');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sandbox.info()).toMatchObject({ state: 'gone', cause: 'out-of-memory' });
    await sandboxes.remove(sandbox, 'reset');
    expect(slots.free).toBe(2);
    expect(() => sandbox.start([])).toThrow('ran out of memory (the limit is 256 MiB)');
  });

  it('survives a container that cannot be removed, and frees its slot', async () => {
    const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { sandboxes, slots } = setUp(2);
    const lost = await sandboxes.claim(owner('a'), 'secure');
    const idle = await sandboxes.claim(owner('b'), 'secure');
    for (const { clusterContainer } of made)
      clusterContainer.dispose = () => Promise.reject(new Error('the runtime was too slow'));
    made[0]?.lose('engine-ended');
    await vi.advanceTimersByTimeAsync(POLICY.idleMs + 5000);
    expect(lost.sandbox.cause).toBe('engine-ended');
    expect(idle.sandbox.cause).toBe('expired');
    expect(slots.free).toBe(2);
    expect(complained).toHaveBeenCalled();
    complained.mockRestore();
  });
});

describe('the warm pool', () => {
  it('keeps started clusters ready, and hands one over with its slot', async () => {
    const { sandboxes, slots, pool } = setUp(5, 1);
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    expect(slots.free).toBe(3);
    const before = made.length;
    await sandboxes.claim(owner('a'), 'secure');
    expect(made[before - 2]?.clusterContainer).toBeDefined();
    await vi.advanceTimersByTimeAsync(0);
    expect(slots.free).toBe(2);
  });

  it('gives up a spare one when its slot is the last one', async () => {
    const { sandboxes, pool, slots } = setUp(1, 1);
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    expect(slots.free).toBe(0);
    expect((await sandboxes.claim(owner('a'), 'insecure')).sandbox.mode).toBe('insecure');
    expect(made[0]?.disposed()).toBe(true);
  });

  it('drops a spare one that died, and starts another', async () => {
    const { pool, slots } = setUp(2, 1);
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    made[0]?.lose('engine-ended');
    await vi.advanceTimersByTimeAsync(0);
    expect(made[0]?.disposed()).toBe(true);
    expect(made).toHaveLength(3);
    expect(slots.free).toBe(0);
  });

  it('is empty after it was closed, and stays empty', async () => {
    const { pool, slots } = setUp(4, 1);
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    await pool.close();
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    expect(slots.free).toBe(4);
    expect(made.every((fake) => fake.disposed())).toBe(true);
  });
});
