import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../shared/protocol.ts';
import { AwayError, RefusedError } from '../../../src/api/request.ts';
import { BACK_OFF_MS, runEvents, type Resuming } from '../../../src/api/run-events.ts';
import { connection, eventBytes } from './event-bytes.ts';

const EVENTS: RunEvent[] = [
  { type: 'begin', step: 'a' },
  ...['one\n', 'zwö\n', 'three\n'].map((text) => ({ type: 'output' as const, stream: 'stdout' as const, text })),
  { type: 'done', step: 'a', ok: true, exitCode: 0, ms: 5 },
  { type: 'end', reason: 'finished' },
];
const BYTES = eventBytes(EVENTS);

function resuming(
  resume: Resuming['resume'],
  signal = new AbortController().signal,
): Resuming & { troubles: boolean[]; pauses: number[] } {
  const troubles: boolean[] = [];
  const pauses: number[] = [];
  const pause = async (ms: number): Promise<void> => void pauses.push(ms);
  return { resume, signal, onTrouble: (broken) => troubles.push(broken), pause, troubles, pauses };
}

const collect = async (events: AsyncGenerator<RunEvent>): Promise<RunEvent[]> => {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const rest = (after: number): Promise<ReadableStream<Uint8Array>> =>
  Promise.resolve(connection(eventBytes(EVENTS.slice(after), after + 1), 'end'));
const never = (): never => {
  throw new Error('there was no need to resume');
};

describe('runEvents', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('returns the events of a stable connection, and opens no other', async () => {
    expect(await collect(runEvents(connection(BYTES, 'silence'), resuming(never)))).toEqual(EVENTS);
  });

  it('loses and repeats nothing, wherever the connection breaks', async () => {
    for (let at = 0; at < BYTES.length; at += 1) {
      const ending = at % 2 === 0 ? 'break' : 'end';
      expect(await collect(runEvents(connection(BYTES.slice(0, at), ending), resuming(rest)))).toEqual(EVENTS);
    }
  });

  it('drops what a server sends twice', async () => {
    const fromStart = (): Promise<ReadableStream<Uint8Array>> => Promise.resolve(connection(BYTES, 'end'));
    expect(await collect(runEvents(connection(eventBytes(EVENTS.slice(0, 3)), 'break'), resuming(fromStart)))).toEqual(
      EVENTS,
    );
  });

  it('retries with growing pauses, reports trouble and its end, and gives up on an absent server', async () => {
    let attempts = 0;
    const flaky = resuming((after) => ((attempts += 1) < 4 ? Promise.reject(new AwayError('away')) : rest(after)));
    expect(await collect(runEvents(undefined, flaky))).toEqual(EVENTS);
    expect(flaky.pauses).toEqual(BACK_OFF_MS.slice(0, 3));
    expect(flaky.troubles).toEqual([true, true, true, false]);
    const gone = resuming(() => Promise.reject(new AwayError('away')));
    await expect(collect(runEvents(undefined, gone))).rejects.toThrow(AwayError);
    expect(gone.pauses).toEqual(BACK_OFF_MS);
  });

  it('restarts the count of failures after an event has arrived', async () => {
    let after = 0;
    const oneAtATime = resuming(async (last) => {
      after = last;
      return connection(eventBytes(EVENTS.slice(last, last + 1), last + 1), 'break');
    });
    expect(await collect(runEvents(undefined, oneAtATime))).toEqual(EVENTS);
    expect(after).toBe(EVENTS.length - 1);
    expect(new Set(oneAtATime.pauses)).toEqual(new Set([BACK_OFF_MS[0]]));
  });

  it('does not retry when the server refuses', async () => {
    const refusing = resuming(() => Promise.reject(new RefusedError(410, 'gone', 'It is gone.')));
    await expect(collect(runEvents(undefined, refusing))).rejects.toThrow('It is gone.');
    expect(refusing.pauses).toEqual([]);
  });

  it('retries when the server refuses for now, no sooner than it says', async () => {
    let attempts = 0;
    const busy = resuming((after) =>
      (attempts += 1) < 3 ? Promise.reject(new RefusedError(429, 'too-many', 'Too many.', 5)) : rest(after),
    );
    expect(await collect(runEvents(undefined, busy))).toEqual(EVENTS);
    expect(busy.pauses).toEqual([5000, 5000]);
  });

  it('treats a connection that is silent for long as broken', async () => {
    vi.useFakeTimers();
    const all = collect(runEvents(connection(eventBytes(EVENTS.slice(0, 2)), 'silence'), resuming(rest)));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await all).toEqual(EVENTS);
  });

  it('ends with the reason when the reader gives up, also on a silent connection', async () => {
    const giving = new AbortController();
    const all = collect(
      runEvents(connection(eventBytes(EVENTS.slice(0, 2)), 'silence'), resuming(never, giving.signal)),
    );
    setTimeout(() => giving.abort(new Error('enough')));
    await expect(all).rejects.toThrow('enough');
  });
});
