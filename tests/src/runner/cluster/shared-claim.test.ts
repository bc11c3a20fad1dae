import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SandboxInfo } from '../../../../shared/protocol.ts';
import { RefusedError } from '../../../../src/api/request.ts';
import { SharedClaim } from '../../../../src/runner/cluster/shared-claim.ts';

const INFO = { id: 'a' } as SandboxInfo;

/** Returns a claim that is refused until `free` is called. */
function crowded(): { shared: SharedClaim; attempts: () => number; free: () => void } {
  let attempts = 0;
  let isFree = false;
  const shared = new SharedClaim(async () => {
    attempts += 1;
    if (!isFree) throw new RefusedError(503, 'full', 'All taken.', 3);
    return INFO;
  });
  return { shared, attempts: () => attempts, free: () => void (isFree = true) };
}

describe('a claim for which several wait', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks the server once for all of them, tells each why it waits, and gives each the cluster', async () => {
    const { shared, attempts, free } = crowded();
    const heard: string[] = [];
    const never = new AbortController().signal;
    const first = shared.join(({ long }) => void heard.push(`first ${long}`), never);
    await vi.advanceTimersByTimeAsync(1000);
    const second = shared.join(({ long }) => void heard.push(`second ${long}`), never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toEqual([
      'first All taken. Waiting; the next try is in 3 s.',
      'first All taken. Waiting; the next try is in 2 s.',
      'second All taken. Waiting; the next try is in 2 s.',
      'first All taken. Waiting; the next try is in 1 s.',
      'second All taken. Waiting; the next try is in 1 s.',
    ]);
    expect(shared.told?.long).toContain('in 1 s');
    free();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await Promise.all([first, second])).toEqual([INFO, INFO]);
    expect(attempts()).toBe(2);
    expect(shared.isUnderWay).toBe(false);
  });

  it('goes on when one of them leaves, and ends when the last one does', async () => {
    const { shared, attempts } = crowded();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = shared.join(() => undefined, one.signal);
    const second = shared.join(() => undefined, two.signal);
    const outcomes = Promise.allSettled([first, second]);
    await vi.advanceTimersByTimeAsync(0);
    one.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(3000);
    expect(attempts()).toBe(2);
    two.abort(new Error('enough too'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(attempts()).toBe(2);
    expect(shared.isUnderWay).toBe(false);
  });

  it('can be started again at the very moment when the last one leaves', async () => {
    const { shared, free } = crowded();
    const leaving = new AbortController();
    const left = shared.join(() => undefined, leaving.signal).catch(() => 'left');
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort(new Error('enough'));
    expect(await left).toBe('left');
    free();
    expect(await shared.join(() => undefined, new AbortController().signal)).toBe(INFO);
  });

  it('admits nobody who has already left', async () => {
    const { shared, attempts } = crowded();
    await expect(shared.join(() => undefined, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(attempts()).toBe(0);
  });
});
