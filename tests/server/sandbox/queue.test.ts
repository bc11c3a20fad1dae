import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import type { AppError } from '../../../server/errors.ts';
import type { ServerEvent } from '../../../server/report.ts';
import type { Owner } from '../../../server/sandbox/owner.ts';
import type { Patience } from '../../../server/sandbox/queue.ts';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const POLICY = {
  ...LIMITS,
  idleMs: 3_600_000,
  lifeMs: 3_600_000,
  sandboxesPerReader: 2,
  sandboxesPerAddress: 4,
  newPerMinute: 1000,
};

const reader = (name: string, address = name): Owner => ({ reader: name, address });

/** A claim's outcome: the sandbox, or what the reader is told. */
type Outcome = { sandbox: Sandbox } | { place?: number; waitMs?: number; code: string };

function isGranted(outcome: Outcome): outcome is { sandbox: Sandbox } {
  return 'sandbox' in outcome;
}

/** Returns a table with that many slots, in which readers `old-0`, `old-1`, … have all of them. */
async function crowded(total: number, perMode = 0) {
  const events: ServerEvent[] = [];
  const open = async (mode: Mode) => fakeClusterContainer(mode).clusterContainer;
  const slots = new Slots(total);
  const pool = new WarmPool(open, slots, perMode, () => false);
  const sandboxes = new SandboxTable(open, slots, pool, POLICY, (event) => events.push(event));
  const ask = (owner: Owner, mode: Mode = 'secure', patience?: Patience): Promise<Outcome> =>
    sandboxes
      .claim(owner, mode, patience)
      .catch(({ code, waiting: { place, waitMs } }: AppError) => ({ code, place, waitMs }));
  const first: Sandbox[] = [];
  for (let number = 0; number < total; number += 1) {
    const outcome = await ask(reader(`old-${number}`));
    if (isGranted(outcome)) first.push(outcome.sandbox);
  }
  const free = (): Promise<void> => sandboxes.remove(first.shift()!, 'reset');
  return { sandboxes, slots, pool, events, ask, free };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('readers who find no room', () => {
  it('are told their places in the order in which they came, and keep them when they ask again', async () => {
    const { ask } = await crowded(1);
    expect(await ask(reader('a'))).toMatchObject({ code: 'full', place: 1 });
    expect(await ask(reader('b'))).toMatchObject({ place: 2 });
    expect(await ask(reader('c'))).toMatchObject({ place: 3 });
    const again = ask(reader('c'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await again).toMatchObject({ place: 3 });
    expect(await ask(reader('a'), 'insecure')).toMatchObject({ place: 4 });
  });

  it('are served first come, first served, however often the others ask', async () => {
    const { ask, free } = await crowded(2);
    for (const name of ['a', 'b', 'c']) await ask(reader(name));
    const served: string[] = [];
    const insist = async (name: string): Promise<void> => {
      while (!isGranted(await ask(reader(name))));
      served.push(name);
    };
    const all = ['c', 'b', 'a'].map(insist);
    await free();
    await all[2];
    expect(served).toEqual(['a']);
    await free();
    await all[1];
    expect(served).toEqual(['a', 'b']);
  });

  it('get a slot that becomes free between two of their requests, and nobody else does', async () => {
    const { ask, free, slots } = await crowded(1);
    await ask(reader('a'));
    await free();
    expect(slots.take()).toBeUndefined();
    expect(await ask(reader('b'))).toMatchObject({ place: 1 });
    expect(isGranted(await ask(reader('a')))).toBe(true);
  });

  it('lose their place when they do not ask again for a while, and what they had got is passed on', async () => {
    const { ask, free } = await crowded(1);
    await ask(reader('a'));
    await ask(reader('b'));
    await free();
    const second = ask(reader('b'));
    await vi.advanceTimersByTimeAsync(9000);
    const third = ask(reader('c'));
    await vi.advanceTimersByTimeAsync(1000);
    expect([await second, await third]).toMatchObject([{ place: 1 }, { place: 2 }]);
    const again = ask(reader('b'));
    await vi.advanceTimersByTimeAsync(8000);
    expect(isGranted(await again)).toBe(true);
    expect(await ask(reader('a'))).toMatchObject({ place: 2 });
  });

  it('lose it, too, when their connection breaks while they wait; but not at once, as a page is reloaded', async () => {
    const { ask, free } = await crowded(1);
    await ask(reader('a'));
    const gone = new AbortController();
    const left = ask(reader('a'), 'secure', { signal: gone.signal });
    await ask(reader('b'));
    gone.abort();
    expect(await left).toMatchObject({ place: 1 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await ask(reader('b'), 'secure', { signal: gone.signal })).toMatchObject({ place: 2 });
    await vi.advanceTimersByTimeAsync(5000);
    await free();
    expect(isGranted(await ask(reader('b')))).toBe(true);
  });

  it('take no place when they only seem about to press Run, and then overtake nobody', async () => {
    const { ask, free, slots } = await crowded(2);
    expect(await ask(reader('hovers'), 'secure', { isPatient: false })).toEqual({ code: 'full' });
    expect(slots.waiting).toBe(0);
    await ask(reader('a'));
    expect(await ask(reader('hovers'), 'secure', { isPatient: false })).toEqual({ code: 'full' });
    await free();
    expect(isGranted(await ask(reader('a')))).toBe(true);
    await free();
    expect(isGranted(await ask(reader('hovers'), 'secure', { isPatient: false }))).toBe(true);
  });

  it('count with their places against the limit of their address', async () => {
    const { ask } = await crowded(1);
    for (const name of ['a', 'b', 'c', 'd']) expect(await ask(reader(name, 'school'))).toMatchObject({ code: 'full' });
    expect(await ask(reader('e', 'school'))).toEqual({ code: 'too-many' });
    expect(await ask(reader('d', 'school'), 'secure', { signal: AbortSignal.abort() })).toMatchObject({ place: 4 });
  });

  it('are refused without a place when the queue is too long', async () => {
    const { ask } = await crowded(1);
    for (let number = 0; number < 1000; number += 1) await ask(reader(`${number}`));
    expect(await ask(reader('late'))).toEqual({ code: 'full' });
  });

  it('are told at once when the server shuts down', async () => {
    const { ask, sandboxes } = await crowded(1);
    await ask(reader('a'));
    const waiting = ask(reader('a'));
    await sandboxes.close();
    expect(await waiting).toMatchObject({ code: 'unavailable' });
    expect(await ask(reader('a'))).toMatchObject({ code: 'unavailable' });
  });

  it('are counted once as refused, and then as having waited in the queue', async () => {
    const { ask, events, free, sandboxes } = await crowded(1);
    events.length = 0;
    await expect(sandboxes.claim(reader('a'), 'secure')).rejects.toMatchObject({ limit: 'slots' });
    const again = expect(sandboxes.claim(reader('a'), 'secure')).rejects.toMatchObject({ limit: undefined });
    await vi.advanceTimersByTimeAsync(10_000);
    await again;
    await free();
    await ask(reader('a'));
    expect(events.filter(({ type }) => type === 'claimed')).toEqual([
      { type: 'claimed', mode: 'secure', from: 'queue', waitedMs: 10_000 },
    ]);
  });
});

describe('clusters that wait for readers give way to readers who wait', () => {
  it('of the right mode: the first in the queue gets it', async () => {
    const { ask, pool, free, events } = await crowded(2, 1);
    await free();
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    expect(isGranted(await ask(reader('a')))).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'claimed', from: 'pool' });
  });

  it('of the other mode: it is ended for them, and no other is started while somebody waits', async () => {
    const { ask, pool, free, slots } = await crowded(2, 1);
    await free();
    pool.refill();
    await vi.advanceTimersByTimeAsync(0);
    expect(slots.free).toBe(0);
    expect(isGranted(await ask(reader('a'), 'insecure'))).toBe(true);
    expect(await ask(reader('b'))).toMatchObject({ place: 1 });
    pool.refill();
    await free();
    await vi.advanceTimersByTimeAsync(0);
    expect(isGranted(await ask(reader('b')))).toBe(true);
  });
});

describe('the estimate of the wait', () => {
  it('is absent when too few sandboxes have ended lately', async () => {
    const { ask, free } = await crowded(3);
    expect(await ask(reader('a'))).toMatchObject({ waitMs: undefined });
    await vi.advanceTimersByTimeAsync(60_000);
    await free();
    await ask(reader('a'));
    expect(await ask(reader('b'))).toMatchObject({ waitMs: undefined });
  });

  it('follows from how often they ended, grows with the place, and with the time in which none ends', async () => {
    const { ask, free, sandboxes } = await crowded(20);
    for (let number = 0; number < 10; number += 1) {
      await vi.advanceTimersByTimeAsync(30_000);
      await free();
      await ask(reader(`new-${number}`));
    }
    const waits = async (name: string): Promise<number> => {
      const outcome = await ask(reader(name), 'secure', { signal: AbortSignal.abort() });
      return isGranted(outcome) ? NaN : (outcome.waitMs ?? NaN);
    };
    const [first, second] = [await waits('a'), await waits('b')];
    expect(first).toBeGreaterThan(25_000);
    expect(first).toBeLessThan(35_000);
    expect(second).toBeCloseTo(2 * first);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waits('a')).toBeGreaterThan(first);
    await sandboxes.close();
  });
});
