import { Hono } from 'hono';
import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { lastEventId } from '../../../server/http/read-request.ts';
import { sendEvents } from '../../../server/http/event-stream.ts';
import { EventLog } from '../../../server/sandbox/event-log.ts';
import { untilTrue } from '../../support/held-memory.ts';
import { listen } from './listening.ts';
import { FollowedRun } from './properties/followed-run.ts';

const EVENT_BYTES = 64 << 10;
const EVENTS = 400;
/** What two sockets and a few streams can hold on this machine; the log is much longer. */
const BUFFERS_BYTES = 12 << 20;
const event = (number: number): Parameters<EventLog['add']>[0] => ({
  type: 'output',
  stream: 'stdout',
  text: String(number).padEnd(EVENT_BYTES, '.'),
});

/** Serves a log's events, and counts those that were taken from it. */
async function serve(log: EventLog): Promise<{ url: string; taken: () => number }> {
  let taken = 0;
  const follow = log.follow.bind(log);
  log.follow = async function* (...args) {
    for await (const each of follow(...args)) {
      taken += 1;
      yield each;
    }
  };
  const { url } = await listen(new Hono().get('/', (context) => sendEvents(context, log, lastEventId(context))));
  return { url, taken: () => taken };
}

const ask = async (url: string, after: number): Promise<IncomingMessage> =>
  await new Promise((settle) => get(url, { agent: false, headers: { 'last-event-id': String(after) } }, settle));

describe('a client', { timeout: 60_000 }, () => {
  it('that drops its connection after every event gets each event once, while the run goes on', async () => {
    const log = new EventLog();
    const { url } = await serve(log);
    const run = new FollowedRun(url);
    let next = 0;
    for (let isOver = false; !isOver;) {
      if (log.size < 40) log.add(event(log.size));
      else log.end('finished');
      const answer = await ask(url, next);
      const read = await run.read(answer, next, 1);
      answer.destroy();
      expect(read.next).toBe(next + 1);
      ({ next, isOver } = read);
    }
    expect(next).toBe(41);
  });

  it('that is slow is held back: what it has not read stays in the log', async () => {
    const log = new EventLog();
    for (let number = 0; number < EVENTS; number += 1) log.add(event(number));
    log.end('finished');
    const { url, taken } = await serve(log);
    const answer = await ask(url, 0);
    answer.pause();
    // Until nothing more is taken for a while.
    for (let before = -1; before !== taken();) {
      before = taken();
      const untilMs = performance.now() + 300;
      await untilTrue(() => performance.now() > untilMs);
    }
    expect(taken() * EVENT_BYTES).toBeLessThan(BUFFERS_BYTES);
    const { next, isOver } = await new FollowedRun(url).read(answer, 0, Infinity);
    expect([next, isOver, taken()]).toEqual([EVENTS + 1, true, EVENTS + 1]);
  });
});
