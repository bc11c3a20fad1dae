import { Hono } from 'hono';
import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { sendEvents } from '../../../server/http/event-stream.ts';
import { EventLog } from '../../../server/sandbox/event-log.ts';
import { untilTrue } from '../../support/held-memory.ts';
import { head, listen } from './listening.ts';

const BIG = 'x'.repeat(256 << 10);
const EVENT = { type: 'output', stream: 'stdout', text: 'x' } as const;

/** Returns a log that counts its followers: how many have ever begun, and how many there are. */
function watchedLog(): { log: EventLog; followers: { begun: number; now: number } } {
  const log = new EventLog();
  const followers = { begun: 0, now: 0 };
  const follow = log.follow.bind(log);
  log.follow = async function* (...args) {
    followers.begun += 1;
    followers.now += 1;
    try {
      yield* follow(...args);
    } finally {
      followers.now -= 1;
    }
  };
  return { log, followers };
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
const appOf = (log: EventLog, times: Parameters<typeof sendEvents>[3] = {}): Hono =>
  new Hono().get('/', (context) => sendEvents(context, log, 0, times));

describe('no answer leaves a follower', { timeout: 60_000 }, () => {
  it('to HEAD, which gets the headers of the stream and follows nothing', async () => {
    const { log, followers } = watchedLog();
    log.add(EVENT);
    const { url } = await listen(appOf(log));
    const answer = await fetch(url, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const before = timers();
    await Promise.all(Array.from({ length: 100 }, () => fetch(url, { method: 'HEAD' })));
    await untilTrue(() => timers() <= before);
    expect(followers.begun).toBe(0);
  });

  it.each<[string, number]>([
    ['before the first event', 0],
    ['in the middle', 3],
  ])('that is given up %s', async (_, events) => {
    const { log, followers } = watchedLog();
    for (let count = 0; count < events; count += 1) log.add(EVENT);
    const { send } = await listen(appOf(log));
    const before = timers();
    const clients = Array.from({ length: 20 }, () => send(head('GET', '/')));
    await untilTrue(() => followers.now === 20);
    for (const client of clients) client.destroy();
    await untilTrue(() => followers.now === 0 && timers() <= before);
    expect(followers).toEqual({ begun: 20, now: 0 });
  });

  it('that is given up before its turn, behind another one of the same connection', async () => {
    const { log, followers } = watchedLog();
    log.add(EVENT);
    const { send } = await listen(appOf(log));
    const client = send(head('GET', '/').repeat(5));
    await untilTrue(() => followers.now === 5);
    client.destroy();
    await untilTrue(() => followers.now === 0);
    expect(followers).toEqual({ begun: 5, now: 0 });
  });

  it('whose client closed its side, and then disconnected', async () => {
    const { log, followers } = watchedLog();
    log.add(EVENT);
    const { send } = await listen(appOf(log));
    const client = send(head('GET', '/'), { allowHalfOpen: true });
    client.end();
    await untilTrue(() => followers.begun === 1);
    client.destroy();
    log.add(EVENT);
    await untilTrue(() => followers.now === 0);
    expect(followers).toEqual({ begun: 1, now: 0 });
  });

  it('that nobody reads: the client is cut', async () => {
    // Far more than the buffers of two sockets can hold.
    const { log, followers } = watchedLog();
    for (let count = 0; count < 200; count += 1) log.add({ ...EVENT, text: BIG });
    const { send } = await listen(appOf(log, { stalledMs: 300 }));
    const client = send(head('GET', '/'));
    await untilTrue(() => followers.now === 1);
    await untilTrue(() => followers.now === 0);
    const closed = once(client, 'close');
    client.resume();
    await closed;
    expect(followers).toEqual({ begun: 1, now: 0 });
  });

  it('whose heartbeat nobody reads: the client is cut, and no second heartbeat is made', async () => {
    const { log, followers } = watchedLog();
    const outgoing = Object.assign(new EventEmitter(), {
      closed: false,
      destroyed: false,
      destroy: () => outgoing.emit('close'),
    });
    const answer = await appOf(log, { stalledMs: 200, heartbeatMs: 1 }).request('/', {}, { outgoing });
    const body = answer.body!.getReader();
    expect(new TextDecoder().decode((await body.read()).value)).toBe(': still here\n\n');
    expect(followers.now).toBe(1);
    await once(outgoing, 'close');
    await untilTrue(() => followers.now === 0);
  });

  it('of a run that has ended', async () => {
    const { log, followers } = watchedLog();
    const { url } = await listen(appOf(log));
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(url)));
    log.end('lost', 'It is gone.');
    for (const answer of answers)
      expect(await answer.text()).toBe('id: 1\ndata: {"type":"end","reason":"lost","message":"It is gone."}\n\n');
    await untilTrue(() => followers.now === 0);
  });
});

it('a silent run sends heartbeats', async () => {
  const { log } = watchedLog();
  const { url } = await listen(appOf(log, { heartbeatMs: 20 }));
  const body = (await fetch(url)).body!.getReader();
  for (let count = 0; count < 3; count += 1)
    expect(new TextDecoder().decode((await body.read()).value)).toContain(': still here\n\n');
  log.end('finished');
  let rest = '';
  for (let come = await body.read(); !come.done; come = await body.read()) rest += new TextDecoder().decode(come.value);
  expect(rest).toContain('id: 1\ndata: {"type":"end","reason":"finished"}\n\n');
});

it('simultaneous followers of a run share the same bytes instead of a copy each', async () => {
  const { log } = watchedLog();
  log.add({ ...EVENT, text: BIG });
  const app = appOf(log);
  const chunks = await Promise.all(
    [1, 2].map(async () => (await (await app.request('/')).body!.getReader().read()).value as Uint8Array),
  );
  expect(chunks[0]!.buffer).toBe(chunks[1]!.buffer);
});
