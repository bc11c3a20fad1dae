import { afterEach, describe, expect, it, vi } from 'vitest';
import { AwayError, claimSandbox, readHealth, readSandbox } from '../../../src/api/request.ts';
import { followRun, startRun } from '../../../src/api/run-requests.ts';

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
/** Answers every request with this function in place of `fetch`. Returns the requests; the array keeps growing. */
function answerWith(answer: (signal: AbortSignal) => Promise<Response> | Response): [string, RequestInit][] {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
    asked.push([path, request]);
    return await answer(request.signal!);
  });
  return asked;
}
const hang = (signal: AbortSignal): Promise<Response> =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error)));

const USE = { page: 'pony', pressed: 'one', edited: [], isRobot: false };

describe('the API’s client', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('requests a sandbox with all that is needed', async () => {
    const asked = answerWith(() => json(201, { id: 'a' }));
    const giveUp = new AbortController();
    expect(await claimSandbox('secure', ['pony.orm'], giveUp.signal)).toEqual({ id: 'a' });
    expect(asked[0]).toMatchObject([
      '/api/sandboxes',
      {
        method: 'POST',
        body: '{"mode":"secure","imports":["pony.orm"],"waits":true}',
        headers: { 'content-type': 'application/json' },
      },
    ]);
  });

  it('returns the time of a cluster’s end by the reader’s clock, whatever the server’s clock shows', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
    const serverNow = 'Wed, 25 Nov 2026 11:45:00 GMT';
    answerWith(() => json(200, { id: 'a', expiresAtMs: Date.parse(serverNow) + 60_000 }, { date: serverNow }));
    for (const info of [await readSandbox('a'), await claimSandbox('secure', [])])
      expect(info.expiresAtMs - Date.now()).toBe(60_000);
  });

  it('returns a refusal with the server’s sentence, an id if it is a failure, and when to come back', async () => {
    answerWith(() => json(503, { error: { code: 'full', message: 'All taken.' } }, { 'retry-after': '7' }));
    await expect(claimSandbox('secure', [])).rejects.toMatchObject({
      status: 503,
      code: 'full',
      message: 'All taken.',
      retryAfterSeconds: 7,
    });
    answerWith(() => json(500, { error: { code: 'internal', message: 'It failed.', id: 'abc' } }));
    await expect(claimSandbox('secure', [])).rejects.toMatchObject({
      message: 'It failed. (Error abc.)',
      retryAfterSeconds: undefined,
    });
  });

  it.each([
    ['a network failure', () => Promise.reject(new TypeError('failed to fetch'))],
    ['a proxy’s page', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['another server’s page', () => new Response('<h1>Hello</h1>')],
  ])('takes %s for a server that is away', async (_, answer) => {
    answerWith(answer);
    await expect(claimSandbox('secure', [])).rejects.toThrow(AwayError);
    await expect(readHealth()).rejects.toThrow(AwayError);
  });

  it('gives up on a server that does not answer', async () => {
    vi.useFakeTimers();
    answerWith(hang);
    const run = startRun('a', [], USE);
    const outcome = expect(run).rejects.toThrow(AwayError);
    await vi.advanceTimersByTimeAsync(120_000);
    await outcome;
  });

  it('sets no deadline for a stream once it has begun', async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | undefined;
    answerWith((given) => {
      signal = given;
      return new Response('', { headers: { location: '/api/sandboxes/a/runs/b' } });
    });
    expect((await startRun('a', [], USE)).location).toBe('/api/sandboxes/a/runs/b');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(signal?.aborted).toBe(false);
  });

  it('requests what comes after the last event, and lets the reader give up', async () => {
    const asked = answerWith(() => new Response(''));
    await followRun('/api/x', 12, new AbortController().signal);
    await followRun('/api/x', 0, new AbortController().signal);
    expect(asked.map(([, request]) => request.headers)).toEqual([{ 'last-event-id': '12' }, {}]);
    answerWith(hang);
    const giving = new AbortController();
    const followed = followRun('/api/x', 1, giving.signal);
    giving.abort(new Error('enough'));
    await expect(followed).rejects.toThrow('enough');
  });

  it('reads the health of a server that cannot run code, with the reason', async () => {
    answerWith(() => json(503, { ready: false, reason: 'No runtime.' }));
    expect(await readHealth()).toEqual({ ready: false, reason: 'No runtime.' });
  });
});
