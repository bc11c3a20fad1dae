import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SandboxInfo } from '../../../shared/protocol.ts';
import { AwayError, RefusedError } from '../../../src/api/request.ts';
import { claimPatiently } from '../../../src/api/patient-claim.ts';
import type { Wait } from '../../../src/sentences/wait-sentences.ts';

const INFO: SandboxInfo = {
  id: 'a',
  mode: 'secure',
  state: 'ready',
  engine: { name: 'CockroachDB', version: 'v1', standIn: false },
  done: [],
  expiresAtMs: 0,
};
const full = (seconds?: number): RefusedError => new RefusedError(503, 'full', 'All slots are taken.', seconds);
const noPause = async (): Promise<void> => undefined;
const open = new AbortController().signal;

/** Returns a claim that is refused with each of these in turn, and then granted. */
function claims(...refusals: Error[]): () => Promise<SandboxInfo> {
  return async () => {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    return INFO;
  };
}

/** A refusal with a place in the queue. */
const queued = (place: number, waitMs?: number): RefusedError =>
  new RefusedError(503, 'full', 'All slots are taken.', 1, { place, waitMs });

describe('claimPatiently in a queue', () => {
  it('tells each place and estimate, and asks again', async () => {
    const told: Wait[] = [];
    await claimPatiently(claims(queued(2, 90_000), queued(1)), (wait) => void told.push(wait), open, noPause);
    expect(told).toEqual([
      { reason: 'All slots are taken.', place: 2, waitMs: 90_000, seconds: 1 },
      { reason: 'All slots are taken.', place: 1, waitMs: undefined, seconds: 1 },
    ]);
  });

  it('does not pause after an answer that came late, because timers of hidden tabs are slow', async () => {
    const refusals = [queued(3), queued(2)];
    const slow = async (): Promise<SandboxInfo> => {
      vi.advanceTimersByTime(10_000);
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      return INFO;
    };
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const neverEnds = (): Promise<void> => new Promise(() => undefined);
    expect(await claimPatiently(slow, () => undefined, open, neverEnds)).toBe(INFO);
  });

  it('bears a connection that breaks a few times, but not one that stays away', async () => {
    const away = new AwayError('away');
    expect(await claimPatiently(claims(queued(1), away, away, away), () => undefined, open, noPause)).toBe(INFO);
    const tooOften = claims(queued(1), away, away, queued(1), away, away, away, away);
    await expect(claimPatiently(tooOften, () => undefined, open, noPause)).rejects.toBe(away);
  });

  it('lets the claim itself end when the reader gives up, so that the server notices', async () => {
    const giveUp = new AbortController();
    let seen: AbortSignal | undefined;
    const claiming = claimPatiently(
      (signal) => {
        seen = signal;
        return new Promise(() => undefined);
      },
      () => undefined,
      giveUp.signal,
    );
    giveUp.abort(new Error('enough'));
    await expect(claiming).rejects.toThrow('enough');
    expect(seen?.aborted).toBe(true);
  });
});

describe('claimPatiently', () => {
  it('waits as long as the server says, counting down, as often as necessary', async () => {
    const told: string[] = [];
    const refusals = Array.from({ length: 20 }, () => full(3));
    expect(
      await claimPatiently(
        claims(...refusals),
        ({ reason, seconds }) => void told.push(`${reason} ${seconds}`),
        open,
        noPause,
      ),
    ).toBe(INFO);
    expect(told.slice(0, 4)).toEqual([
      'All slots are taken. 3',
      'All slots are taken. 2',
      'All slots are taken. 1',
      'All slots are taken. 3',
    ]);
    expect(told).toHaveLength(60);
  });

  it('also waits while too many of the reader’s requests are under way', async () => {
    const tooMany = new RefusedError(429, 'too-many', 'Too many requests.', 1);
    expect(
      await claimPatiently(claims(...Array.from({ length: 20 }, () => tooMany)), () => undefined, open, noPause),
    ).toBe(INFO);
  });

  it('waits a while when the server names no time, but never for long', async () => {
    const told: number[] = [];
    await claimPatiently(claims(full(), full(100_000)), ({ seconds }) => void told.push(seconds), open, noPause);
    expect([told[0], Math.max(...told)]).toEqual([10, 60]);
  });

  it('does not wait forever for a server that cannot run code', async () => {
    const off = new RefusedError(503, 'unavailable', 'There is no runtime.', 1);
    await expect(
      claimPatiently(claims(...Array.from({ length: 100 }, () => off)), () => undefined, open, noPause),
    ).rejects.toBe(off);
  });

  it.each([new AwayError('away'), new RefusedError(403, 'foreign-origin', 'No.')])(
    'does not wait when waiting cannot help: %s',
    async (refusal) => {
      await expect(claimPatiently(claims(refusal), () => undefined, open, noPause)).rejects.toBe(refusal);
    },
  );

  it('ends at once when the reader gives up, both between claims and during one', async () => {
    const inPause = new AbortController();
    const paused = claimPatiently(
      claims(full(5)),
      () => inPause.abort(new Error('enough')),
      inPause.signal,
      () => new Promise(() => undefined),
    );
    await expect(paused).rejects.toThrow('enough');
    const inClaim = new AbortController();
    const claiming = claimPatiently(
      () => new Promise(() => undefined),
      () => undefined,
      inClaim.signal,
    );
    inClaim.abort(new Error('enough'));
    await expect(claiming).rejects.toThrow('enough');
  });
});
