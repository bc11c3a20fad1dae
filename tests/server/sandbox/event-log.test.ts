import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../server/sandbox/event-log.ts';

async function all(log: EventLog, after = 0): Promise<[number, string][]> {
  const events: [number, string][] = [];
  for await (const { id, event } of log.follow(after, new AbortController().signal)) events.push([id, event.type]);
  return events;
}

describe('EventLog', () => {
  it('returns earlier and later events, in order, numbered from 1, and stops after the end', async () => {
    const log = new EventLog();
    log.add({ type: 'begin', step: 'a' });
    const reading = all(log);
    log.add({ type: 'output', stream: 'stdout', text: 'hello' });
    log.end('finished');
    expect(await reading).toEqual([
      [1, 'begin'],
      [2, 'output'],
      [3, 'end'],
    ]);
  });

  it('resumes after the event that a reader has, without losing or repeating one', async () => {
    const log = new EventLog();
    log.add({ type: 'begin', step: 'a' });
    log.add({ type: 'begin', step: 'b' });
    log.end('finished');
    expect(await all(log, 1)).toEqual([
      [2, 'begin'],
      [3, 'end'],
    ]);
    expect(await all(log, 3)).toEqual([]);
  });

  it('ends once, with the first reason, and accepts nothing after it', async () => {
    const log = new EventLog();
    log.end('stopped');
    log.end('lost', 'late');
    log.add({ type: 'begin', step: 'late' });
    const events = [];
    for await (const { event } of log.follow(0, new AbortController().signal)) events.push(event);
    expect(events).toEqual([{ type: 'end', reason: 'stopped' }]);
  });

  it('releases a follower when nobody listens any more', async () => {
    const log = new EventLog();
    const gone = new AbortController();
    const reading = (async () => {
      for await (const one of log.follow(0, gone.signal)) return one;
      return 'let go';
    })();
    gone.abort();
    expect(await reading).toBe('let go');
  });
});
