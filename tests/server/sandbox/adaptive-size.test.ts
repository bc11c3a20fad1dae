import { describe, expect, it } from 'vitest';
import { AdaptiveSize, adaptiveSizeHere, type PoolRoom } from '../../../server/sandbox/adaptive-size.ts';
import { freeProcessors } from '../../../server/sandbox/free-processors.ts';
import type { Sizes } from '../../../server/sandbox/pool-size.ts';
import type { Mode } from '../../../shared/protocol.ts';

const GIB = 1 << 30;
const ROOM: PoolRoom = {
  slots: 20,
  clusterBytes: GIB / 16,
  clusterProcessors: 0.0001,
  totalBytes: 8 * GIB,
  availableBytes: () => 6 * GIB,
  freeProcessors: () => 2,
};

/** Returns the sizes that the pool grows to, when nobody takes anything. */
function filled(size: AdaptiveSize, from: Sizes = { secure: 0, insecure: 0 }): Sizes {
  const sizes: Record<Mode, number> = { ...from };
  for (let mode = size.next(sizes); mode; mode = size.next(sizes)) sizes[mode] += 1;
  return sizes;
}

describe('a pool that follows the machine', () => {
  it('fills half of the slots while nobody uses the machine, with as many of each mode', () => {
    expect(filled(new AdaptiveSize(ROOM))).toEqual({ secure: 5, insecure: 5 });
  });

  it('has one cluster of each mode, and no more, while the processors are used', () => {
    const one = { secure: 1, insecure: 1 };
    expect(filled(new AdaptiveSize({ ...ROOM, freeProcessors: () => 0.3 }))).toEqual(one);
    expect(filled(new AdaptiveSize({ ...ROOM, freeProcessors: () => undefined }))).toEqual(one);
  });

  it('leaves a quarter of the memory available', () => {
    const sizes: Record<Mode, number> = { secure: 0, insecure: 0 };
    const availableBytes = (): number => 2.25 * GIB - (sizes.secure + sizes.insecure) * ROOM.clusterBytes;
    const size = new AdaptiveSize({ ...ROOM, availableBytes });
    for (let mode = size.next(sizes); mode; mode = size.next(sizes)) sizes[mode] += 1;
    expect(sizes).toEqual({ secure: 2, insecure: 2 });
    expect(size.isTight()).toBe(false);
  });

  it('gives clusters up, and starts none, when memory is short', () => {
    const size = new AdaptiveSize({ ...ROOM, availableBytes: () => 0.5 * GIB });
    expect(size.isTight()).toBe(true);
    expect(filled(size)).toEqual({ secure: 0, insecure: 0 });
  });

  it('has fewer of an engine that uses the processor while it waits', () => {
    const { secure, insecure } = filled(new AdaptiveSize({ ...ROOM, clusterProcessors: 1000 }));
    expect([secure, insecure]).toEqual([1, 1]);
    const here = { ...ROOM, slots: 1000 };
    const [calm, restless] = [0.002, 0.017].map((clusterProcessors) =>
      filled(new AdaptiveSize({ ...here, clusterProcessors })),
    );
    expect(calm!.secure).toBeGreaterThan(4 * restless!.secure);
  });

  it('has more of what readers ask for', () => {
    const size = new AdaptiveSize(ROOM);
    for (let reader = 0; reader < 7; reader += 1) size.noteWish('secure');
    size.noteWish('insecure');
    expect(filled(size)).toEqual({ secure: 8, insecure: 2 });
    expect(size.spare({ secure: 8, insecure: 8 })).toBe('insecure');
    expect(size.spare({ secure: 1, insecure: 0 })).toBe('secure');
    expect(size.spare({ secure: 0, insecure: 0 })).toBeUndefined();
  });

  it('forgets in hours what readers asked for', () => {
    let nowMs = 0;
    const size = new AdaptiveSize(ROOM, () => nowMs);
    for (let reader = 0; reader < 30; reader += 1) size.noteWish('secure');
    nowMs = 3 * 60 * 60_000;
    expect(filled(size)).toEqual({ secure: 5, insecure: 5 });
  });

  it('reads what this machine has', () => {
    const found = { readyMs: 1, memoryBytes: 1, slots: 4, limits: { memoryBytes: 1, pids: 1, cpus: 1 }, unlimited: [] };
    const size = adaptiveSizeHere(found, { name: 'CockroachDB', version: 'v1', standIn: false });
    expect(size.next({ secure: 0, insecure: 0 })).toBe('secure');
    expect(size.next({ secure: 2, insecure: 2 })).toBeUndefined();
  });
});

describe('free processors', () => {
  const times = (idle: number, user: number): { times: Record<'idle' | 'user' | 'nice' | 'sys' | 'irq', number> } => ({
    times: { idle, user, nice: 0, sys: 0, irq: 0 },
  });

  it('are those that were idle since the last look', () => {
    let now = [times(0, 0), times(500, 500)];
    const free = freeProcessors(() => now);
    now = [times(1000, 0), times(1000, 1000)];
    expect(free()).toBe(1.5);
    now = [times(1000, 1000), times(1000, 2000)];
    expect(free()).toBe(0);
  });

  it('are unknown until some time has passed', () => {
    let now = [times(0, 0)];
    const free = freeProcessors(() => now);
    now = [times(20, 0)];
    expect(free()).toBeUndefined();
    now = [times(400, 0)];
    expect(free()).toBe(1);
  });
});
