import { describe, expect, it } from 'vitest';
import type { Quota } from '../../server/quota.ts';
import { RateLimit } from '../../server/rate-limit.ts';

const reader = (name: string, most = 3): Quota => ({ of: `reader ${name}`, most, words: 'you' });
const SCHOOL: Quota = { of: 'address school', most: 4, words: 'your network address' };

describe('a limit of what may happen in a minute', () => {
  it('allows as much as it says, and tells exactly when there is room again', () => {
    const runs = new RateLimit('runs', 'runs-a-minute');
    for (const nowMs of [0, 10_000, 20_000]) runs.take([reader('a')], nowMs);
    expect(() => runs.take([reader('a')], 29_500)).toThrow(
      expect.objectContaining({
        code: 'too-many',
        limit: 'runs-a-minute',
        message: 'Too many runs in the last minute for you: wait a moment.',
        waiting: { retryAfterSeconds: 31 },
      }),
    );
    expect(() => runs.take([reader('a')], 59_999)).toThrow('Too many');
    runs.take([reader('a')], 60_000);
    expect(() => runs.take([reader('a')], 69_999)).toThrow('Too many');
  });

  it('counts readers apart, and all of an address together', () => {
    const runs = new RateLimit('runs', 'runs-a-minute');
    for (let count = 0; count < 3; count += 1) runs.take([reader('a'), SCHOOL], 0);
    runs.take([reader('b'), SCHOOL], 0);
    expect(() => runs.take([reader('b'), SCHOOL], 0)).toThrow('for your network address');
    runs.take([reader('b')], 0);
  });

  it('counts nothing for anybody when it refuses', () => {
    const runs = new RateLimit('runs', 'runs-a-minute');
    for (let count = 0; count < 3; count += 1) runs.take([reader('a')], 0);
    for (let count = 0; count < 10; count += 1)
      expect(() => runs.take([SCHOOL, reader('a')], 30_000)).toThrow('for you');
    for (let count = 0; count < 4; count += 1) runs.take([SCHOOL], 30_000);
    runs.take([reader('a')], 60_000);
  });
});
