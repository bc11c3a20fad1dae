import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Owners, type OwnersOptions } from '../../../server/http/reader-cookie.ts';
import { problemHandler } from '../../../server/http/problems.ts';

const DAY_MS = 24 * 3600 * 1000;
const HTTPS: OwnersOptions = { trustProxy: false, publicOrigin: 'https://docs.example.org' };
const NEAR = '192.0.2.1';

/** Returns a server with a key of its own: `POST /` registers its sender, `GET /` says who the sender is. */
function server(options: Partial<OwnersOptions> = {}): Hono {
  const owners = new Owners({ trustProxy: false, ...options });
  const app = new Hono();
  app.onError(problemHandler());
  app.get('/', async (context) => context.text((await owners.known(context))?.reader ?? 'nobody'));
  app.post('/', async (context) => context.text((await owners.of(context)).reader));
  return app;
}

interface Said {
  status: number;
  text: string;
  /** The cookie as it was set, with its attributes; empty when none was set. */
  set: string;
  /** The cookie as a browser sends it back. */
  cookie: string;
}

async function ask(
  app: Hono,
  method: 'GET' | 'POST',
  {
    cookie,
    address = NEAR,
    host = 'localhost:4321',
    headers = {},
  }: { cookie?: string; address?: string; host?: string; headers?: Record<string, string> } = {},
): Promise<Said> {
  const env = { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } };
  const answer = await app.request(
    `http://${host}/`,
    { method, headers: { host, ...(cookie === undefined ? {} : { cookie }), ...headers } },
    env,
  );
  const set = answer.headers.get('set-cookie') ?? '';
  return { status: answer.status, text: await answer.text(), set, cookie: set.split(';')[0]! };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 26) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a reader', () => {
  it('is known by the cookie that was issued, and stays the same', async () => {
    const app = server();
    const first = await ask(app, 'POST');
    expect(first.set).toMatch(/^bankrun_reader_4321=[^;]+; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await ask(app, 'GET', first)).text).toBe(first.text);
    expect((await ask(app, 'POST', first)).text).toBe(first.text);
    expect((await ask(app, 'POST')).text).not.toBe(first.text);
  });

  it('is not known by a value that was not issued', async () => {
    const app = server();
    const { cookie, text } = await ask(app, 'POST');
    const [name, value = ''] = cookie.split('=');
    const signature = decodeURIComponent(value).split('.').at(-1)!;
    const { cookie: others } = await ask(app, 'POST');
    const forged = [
      'a'.repeat(32),
      text,
      `${text}.${signature}`,
      `${text}.9999999999.${signature}`,
      `${text}.9999999999.${'A'.repeat(43)}=`,
      `${'a'.repeat(32)}.${decodeURIComponent(value).split('.').slice(1).join('.')}`,
      `${text}.${decodeURIComponent(others.split('=')[1]!).split('.').slice(1).join('.')}`,
      '',
      '.',
      '%',
    ];
    for (const each of forged) {
      expect((await ask(app, 'GET', { cookie: `${name}=${each}` })).text, each).toBe('nobody');
      expect((await ask(app, 'GET', { cookie: `${name}=${encodeURIComponent(each)}` })).text, each).toBe('nobody');
      expect((await ask(app, 'POST', { cookie: `${name}=${each}` })).text, each).not.toBe(text);
    }
  });

  it('of a previous server becomes a new one, at once and without an error', async () => {
    const stale = await ask(server(), 'POST');
    const app = server();
    expect(await ask(app, 'GET', stale)).toMatchObject({ status: 200, text: 'nobody' });
    const fresh = await ask(app, 'POST', stale);
    expect(fresh.text).not.toBe(stale.text);
    expect((await ask(app, 'GET', fresh)).text).toBe(fresh.text);
  });

  it('is forgotten a day after the last cookie, whatever the browser keeps', async () => {
    const app = server();
    const first = await ask(app, 'POST');
    vi.setSystemTime(Date.now() + DAY_MS);
    expect((await ask(app, 'GET', first)).text).toBe(first.text);
    const second = await ask(app, 'POST', first);
    expect(second.text).toBe(first.text);
    vi.setSystemTime(Date.now() + 1000);
    expect((await ask(app, 'GET', first)).text).toBe('nobody');
    expect((await ask(app, 'GET', second)).text).toBe(first.text);
  });

  it('with two cookies is nobody, and is told what to do', async () => {
    const app = server();
    const [mine, theirs] = [await ask(app, 'POST'), await ask(app, 'POST')];
    for (const other of [theirs.cookie, 'bankrun_reader_4321=x', ' bankrun_reader_4321 =', 'bankrun_reader_4321']) {
      for (const cookie of [`${other}; ${mine.cookie}`, `${mine.cookie};${other}`]) {
        for (const method of ['GET', 'POST'] as const) {
          expect(await ask(app, method, { cookie })).toMatchObject({
            status: 400,
            text: expect.stringContaining('delete the cookies of this site') as string,
            set: '',
          });
        }
      }
    }
    expect(
      (await ask(app, 'GET', { cookie: `bankrun_reader=x; a=b; ${mine.cookie}; bankrun_reader_4322=x` })).text,
    ).toBe(mine.text);
  });
});

describe('over plain HTTP', () => {
  it('a cookie counts only from the address to which it was issued', async () => {
    const app = server();
    const theirs = await ask(app, 'POST', { address: '198.51.100.7' });
    expect((await ask(app, 'GET', theirs)).text).toBe('nobody');
    expect((await ask(app, 'GET', { ...theirs, address: '198.51.100.7' })).text).toBe(theirs.text);
  });

  it('servers on two ports of one host leave each other’s cookies alone', async () => {
    const [one, two] = [
      await ask(server(), 'POST', { host: 'localhost:4321' }),
      await ask(server(), 'POST', { host: 'localhost:4322' }),
    ];
    expect(one.cookie.split('=')[0]).not.toBe(two.cookie.split('=')[0]);
  });

  it.each<[string, Partial<OwnersOptions>]>([
    ['no proxy is trusted', {}],
    ['the public origin is without HTTPS', { publicOrigin: 'http://docs.example.org' }],
  ])('stays so when a header says otherwise and %s', async (_, options) => {
    expect((await ask(server(options), 'POST', { headers: { 'x-forwarded-proto': 'https' } })).set).not.toMatch(
      /__Host-|Secure/,
    );
  });
});

describe('over HTTPS', () => {
  it.each<[string, OwnersOptions, Record<string, string>]>([
    ['the public origin says', HTTPS, {}],
    ['a trusted proxy says', { trustProxy: true }, { 'x-forwarded-proto': 'https' }],
  ])('as %s, the cookie is one that no other host can set', async (_, options, headers) => {
    const app = server(options);
    const first = await ask(app, 'POST', { headers });
    expect(first.set).toMatch(/^__Host-bankrun_reader=[^;]+; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await ask(app, 'GET', { ...first, headers })).text).toBe(first.text);
    const planted = first.cookie.replace('__Host-', '');
    expect((await ask(app, 'GET', { cookie: planted, headers })).text).toBe('nobody');
    expect((await ask(app, 'GET', { cookie: `${first.cookie}; ${first.cookie}`, headers })).status).toBe(400);
    expect((await ask(app, 'GET', { cookie: `${planted}; ${first.cookie}`, headers })).text).toBe(first.text);
  });

  it('a reader may change networks', async () => {
    const app = server(HTTPS);
    const first = await ask(app, 'POST');
    expect((await ask(app, 'GET', { ...first, address: '198.51.100.7' })).text).toBe(first.text);
  });
});
