import { describe, expect, it } from 'vitest';
import type { ClusterContainer } from '../../../server/sandbox/cluster-container.ts';
import type { PoolSize } from '../../../server/sandbox/pool-size.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { fakeClusterContainer, type FakeClusterContainer } from './fake-cluster-container.ts';

/** A pool whose starts end when the test says so. */
function setUp(wanted: PoolSize | number = 1): {
  pool: WarmPool;
  slots: Slots;
  started: { mode: Mode; fake: FakeClusterContainer; finish: () => void; fail: () => void }[];
  busy: { is: boolean };
  events: string[];
} {
  const slots = new Slots(4);
  const started: ReturnType<typeof setUp>['started'] = [];
  const busy = { is: false };
  const events: string[] = [];
  const open = (mode: Mode): Promise<ClusterContainer> => {
    const { promise, resolve, reject } = Promise.withResolvers<ClusterContainer>();
    const fake = fakeClusterContainer(mode);
    started.push({ mode, fake, finish: () => resolve(fake.clusterContainer), fail: () => reject(new Error('no')) });
    return promise;
  };
  const pool = new WarmPool(
    open,
    slots,
    wanted,
    () => busy.is,
    ({ type }) => void events.push(type),
  );
  return { pool, slots, started, busy, events };
}

const settled = (): Promise<void> => new Promise((settle) => setImmediate(settle));

describe('a cluster that is being started for nobody', () => {
  it('goes to the reader who comes meanwhile and wants its mode', async () => {
    const { pool, slots, started, busy } = setUp();
    pool.refill();
    busy.is = true;
    const taken = pool.takeStarting('secure');
    expect(await pool.takeStarting('secure')).toBeUndefined();
    started[0]!.finish();
    expect((await taken)?.container).toBe(started[0]!.fake.clusterContainer);
    await settled();
    expect(pool.size).toBe(0);
    expect(slots.free).toBe(3);
    expect(started).toHaveLength(1);
  });

  it('stays in the pool when the reader wants the other mode', async () => {
    const { pool, started } = setUp();
    pool.refill();
    expect(await pool.takeStarting('insecure')).toBeUndefined();
    started[0]!.finish();
    await settled();
    expect(pool.take('secure')).toBeDefined();
  });

  it('is no one’s when it does not start, and its slot is free again', async () => {
    const { pool, slots, started, events } = setUp();
    pool.refill();
    const taken = pool.takeStarting('secure');
    started[0]!.fail();
    expect(await taken).toBeUndefined();
    await settled();
    expect(slots.free).toBe(4);
    expect(events).toEqual(['warm-cluster-not-started']);
    await pool.close();
  });
});

describe('the pool', () => {
  it('begins no start while readers wait or run something', async () => {
    const { pool, started, busy } = setUp(2);
    pool.refill();
    busy.is = true;
    started[0]!.finish();
    await settled();
    expect(started).toHaveLength(1);
    busy.is = false;
    pool.refill();
    expect(started).toHaveLength(2);
  });

  it('asks each time how many it should have, and gives one up when memory is short', async () => {
    let isShort = false;
    const wishes: Mode[] = [];
    const { pool, slots, started } = setUp({
      noteWish: (mode) => void wishes.push(mode),
      next: ({ insecure }) => (!isShort && insecure < 2 ? 'insecure' : undefined),
      spare: ({ insecure }) => (insecure > 0 ? 'insecure' : undefined),
      isTight: () => isShort,
    });
    pool.refill();
    for (const index of [0, 1]) {
      started[index]!.finish();
      await settled();
    }
    expect([pool.size, slots.free]).toEqual([2, 2]);
    isShort = true;
    pool.refill();
    await settled();
    expect([pool.size, slots.free]).toEqual([1, 3]);
    pool.noteWish('secure');
    expect(wishes).toEqual(['secure']);
  });
});
