import { Hono, type Context } from 'hono';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { Admission } from '../../../server/http/admission.ts';
import { problemHandler } from '../../../server/http/problems.ts';
import type { Problem } from '../../../shared/protocol.ts';
import { untilTrue } from '../../support/held-memory.ts';
import { ended, head, listen } from './listening.ts';

const BODY = ['Content-Length: 10', ''].join('\r\n');

/** Returns an API whose answers wait until they are released; each client identifies itself in a header. */
function waitingApp(): { app: Hono; waiting: () => number; letGo: () => void } {
  const who = async (context: Context): Promise<{ reader?: string; address: string }> => ({
    ...(context.req.header('reader') ? { reader: context.req.header('reader')! } : {}),
    address: context.req.header('address') ?? 'one',
  });
  const admission = new Admission(who, {
    sandboxesPerAddress: 2,
    requestsPerMinute: Infinity,
    runsPerMinute: Infinity,
  });
  const waiting = new Set<() => void>();
  const wait = (): Promise<void> =>
    new Promise((settle) => {
      waiting.add(settle);
    });
  const app = new Hono();
  app.onError(problemHandler());
  app.use(admission.answers);
  app.get('/free', (context) => context.text('free'));
  app.get('/wait', async (context) => {
    await wait();
    return context.text('done');
  });
  app.get('/throw', async () => {
    await wait();
    throw new AppError('busy', 'It failed.');
  });
  app.get('/follow/:id', async (context) => {
    await admission.follower(context, context.req.param('id'));
    await wait();
    return context.text('done');
  });
  app.get('/tables/:id', async (context) =>
    context.text(await admission.tables(context, context.req.param('id'), async () => (await wait(), 'done'))),
  );
  app.post('/body', async (context) =>
    context.text(await admission.body(context, () => context.req.text().catch(() => 'broken off'))),
  );
  return {
    app,
    waiting: () => waiting.size,
    letGo: () => {
      for (const settle of waiting) settle();
      waiting.clear();
    },
  };
}

const ofReader = (path: string): string => head('GET', path, 'Reader: me');

describe('concurrent requests are bounded', { timeout: 60_000 }, () => {
  it.each<[string, string, number, RegExp]>([
    ['requests of a reader', ofReader('/wait'), 64, /^Too many requests are under way for you: /],
    ['requests of an address', head('GET', '/wait'), 64, /for your network address: /],
    [
      'followers of a run of a sandbox',
      head('GET', '/follow/a'),
      16,
      /connections that follow a run are under way for your cluster: /,
    ],
    [
      'requests for the tables of a sandbox',
      head('GET', '/tables/a'),
      8,
      /requests for tables are under way for your cluster: /,
    ],
  ])('%s', async (_, request, most, sentence) => {
    const { app, waiting, letGo } = waitingApp();
    const { url, send } = await listen(app);
    const [, path] = request.split(' ');
    const headers: Record<string, string> = request.includes('Reader') ? { reader: 'me' } : {};
    const fill = async (): Promise<Socket[]> => {
      const clients = Array.from({ length: most }, () => send(request));
      await untilTrue(() => waiting() === most);
      return clients;
    };
    const clients = await fill();
    const refused = await fetch(url + path!, { headers });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(((await refused.json()) as Problem).error).toMatchObject({
      code: 'too-many',
      message: expect.stringMatching(sentence) as string,
    });
    // Others are admitted, and so is everybody again, however the answers have ended.
    expect((await fetch(`${url}/free`, { headers: { reader: 'other', address: 'other' } })).status).toBe(200);
    for (const client of clients) client.destroy();
    await Promise.all(clients.map(ended));
    letGo();
    await expect.poll(async () => (await fetch(`${url}/free`, { headers })).status).toBe(200);
    const again = await fill();
    letGo();
    await Promise.all(again.map(async (client) => (await once(client.resume(), 'data')) as unknown));
    await fill();
  });

  it.each<[string, string, number, string]>([
    ['requests of a reader', ofReader('/wait'), 64, '/free'],
    ['requests for the tables of a sandbox', head('GET', '/tables/a'), 8, '/tables/a'],
  ])('%s whose clients have gone, while they are dealt with', async (_, request, most, path) => {
    const { app, waiting, letGo } = waitingApp();
    const { url, send } = await listen(app);
    const clients = Array.from({ length: most }, () => send(request));
    await untilTrue(() => waiting() === most);
    for (const client of clients) client.destroy();
    await Promise.all(clients.map(ended));
    // The server learns of it before it receives later requests.
    for (let count = 0; count < 5; count += 1)
      await fetch(`${url}/free`, { headers: { reader: 'other', address: 'other' } });
    expect((await fetch(url + path, { headers: { reader: 'me' } })).status).toBe(429);
    letGo();
    await expect.poll(async () => (await fetch(`${url}/free`, { headers: { reader: 'me' } })).status).toBe(200);
  });

  it('and an answer that failed has ended', async () => {
    const { app, waiting, letGo } = waitingApp();
    const { url, send } = await listen(app);
    const clients = Array.from({ length: 64 }, () => send(ofReader('/throw')).resume());
    await untilTrue(() => waiting() === 64);
    const answered = Promise.all(clients.map((client) => once(client, 'data')));
    letGo();
    await answered;
    await expect.poll(async () => (await fetch(`${url}/free`, { headers: { reader: 'me' } })).status).toBe(200);
  });

  it('and so are bodies that are being read for a reader, until they have arrived or the client is gone', async () => {
    const { app } = waitingApp();
    const { url, send } = await listen(app);
    const post = async (): Promise<number> =>
      (await fetch(`${url}/body`, { method: 'POST', body: 'x', headers: { reader: 'me' } })).status;
    for (let count = 0; count < 20; count += 1) expect(await post()).toBe(200);
    const clients = Array.from({ length: 8 }, () => send(`${head('POST', '/body', 'Reader: me', BODY.trim())}half`));
    await expect.poll(post).toBe(429);
    for (const client of clients) client.destroy();
    await expect.poll(post).toBe(200);
  });
});
