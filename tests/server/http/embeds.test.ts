import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { Embeds } from '../../../server/http/embeds.ts';
import { Owners } from '../../../server/http/reader-cookie.ts';
import { problemHandler } from '../../../server/http/problems.ts';
import type { EmbedToken, Problem } from '../../../shared/protocol.ts';
import { Service } from '../../../server/sandbox/service.ts';

const DAY_MS = 24 * 3600 * 1000;
const [BLOG, WIKI, STRANGER] = ['https://blog.example.org', 'https://wiki.example.org', 'https://elsewhere.example'];
const env = { incoming: { socket: { remoteAddress: '192.0.2.1', remotePort: 1, remoteFamily: 'IPv4' } } };

const api = apiApp(new Service(), {
  trustProxy: false,
  isLocal: true,
  sandboxesPerAddress: 16,
  embedOrigins: [BLOG, WIKI],
});

type Headers_ = Record<string, string>;
const ask = (method: string, path: string, headers: Headers_ = {}, app: Hono = api): Promise<Response> =>
  Promise.resolve(
    app.request(
      `http://localhost${path}`,
      {
        method,
        headers: { host: 'localhost', ...headers },
        ...(method === 'POST' ? { body: '{"mode":"secure"}' } : {}),
      },
      env,
    ),
  );

const corsOf = ({ headers }: Response): Headers_ =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const preflight = (origin: string): Headers_ => ({
  origin,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
});

/** Origins that may not run steps here: other names, and those that only look like an allowed one. */
const FOREIGN = [
  STRANGER,
  'null',
  'http://blog.example.org',
  `${BLOG}:8443`,
  `${BLOG}.elsewhere.example`,
  'https://sub.blog.example.org',
  `${BLOG}/`,
  `${BLOG},${WIKI}`,
  '',
];

describe('a token behind a balancer', () => {
  const tokenFor = async (trustProxy: boolean, machine: string): Promise<string> => {
    const app = apiApp(new Service(), { trustProxy, isLocal: true, sandboxesPerAddress: 16, embedOrigins: [BLOG] });
    const answer = await ask('POST', '/api/embeds', { origin: BLOG, 'bankrun-machine': machine }, app);
    return ((await answer.json()) as EmbedToken).token;
  };

  it('begins with the name that the balancer has for this server', async () => {
    expect(await tokenFor(true, 'one')).toMatch(/^one\.[0-9a-f]{32}\./);
  });

  it.each([
    ['no balancer is trusted', false, 'one'],
    ['the name is no name', true, 'a.b'],
    ['the name is too long', true, 'a'.repeat(33)],
  ])('names nothing when %s', async (_, trustProxy, machine) => {
    expect(await tokenFor(trustProxy, machine)).toMatch(/^[0-9a-f]{32}\./);
  });
});

describe('browsers are told about answers that', () => {
  it.each(['/api/health', '/api/sandboxes/x', '/api/nothing'])(
    'GET %s may be read by a page of a site that the operator named, problem or not, and never with cookies',
    async (path) => {
      const answer = await ask('GET', path, { origin: BLOG });
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': BLOG,
        'access-control-expose-headers': 'Location, Retry-After',
      });
      expect(answer.headers.get('vary')).toContain('Origin');
    },
  );

  it('a refused claim may be read, so that the page can say why', async () => {
    const answer = await ask('POST', '/api/sandboxes', { origin: BLOG });
    expect(answer.status).toBe(401);
    expect(corsOf(answer)['access-control-allow-origin']).toBe(BLOG);
  });

  it.each(FOREIGN)('the origin "%s" is told nothing, by no method', async (origin) => {
    for (const [method, path] of [
      ['GET', '/api/health'],
      ['POST', '/api/embeds'],
      ['POST', '/api/sandboxes'],
      ['DELETE', '/api/sandboxes/x'],
    ] as const) {
      expect(corsOf(await ask(method, path, { origin }))).toEqual({});
    }
    const answer = await ask('OPTIONS', '/api/sandboxes', preflight(origin));
    expect(answer.ok).toBe(false);
    expect(corsOf(answer)).toEqual({});
  });

  it('without an origin nothing is told, but that it would have mattered', async () => {
    const answer = await ask('GET', '/api/health');
    expect(corsOf(answer)).toEqual({});
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('a preflight of a named site allows what the element does, and no more', async () => {
    const answer = await ask('OPTIONS', '/api/sandboxes/x/runs', preflight(BLOG));
    expect(answer.status).toBe(204);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': BLOG,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, Last-Event-ID',
      'access-control-max-age': '600',
    });
  });

  it('a page that its owner has pointed at this machine is refused by its host, whatever its origin', async () => {
    for (const [method, headers] of [
      ['GET', { origin: BLOG }],
      ['OPTIONS', preflight(BLOG)],
    ] as const) {
      const answer = await ask(method, '/api/health', { ...headers, host: 'elsewhere.example' });
      expect([answer.status, corsOf(answer)]).toEqual([403, {}]);
    }
  });

  it('a server that was told of no other site opens itself to none', async () => {
    const app = apiApp(new Service(), { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 });
    expect(corsOf(await ask('GET', '/api/health', { origin: BLOG }, app))).toEqual({});
    expect((await ask('POST', '/api/embeds', { origin: BLOG }, app)).status).toBe(403);
  });
});

/** `POST /` makes its sender known as a claim does, `GET /` says who that is. */
function ownersApp(embeds: Embeds): Hono {
  const owners = new Owners({ trustProxy: false, embeds });
  const app = new Hono();
  app.onError(problemHandler());
  app.post('/token', (context) => context.json({ token: embeds.issue(context) }));
  app.get('/', async (context) => context.json((await owners.known(context)) ?? null));
  app.post('/', async (context) => context.json(await owners.of(context)));
  return app;
}

describe('a reader on a page of another site', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 26) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const tokenOf = async (app: Hono, origin: string): Promise<string> =>
    ((await (await ask('POST', '/token', { origin }, app)).json()) as EmbedToken).token;
  const knownAs = async (app: Hono, headers: Headers_): Promise<{ reader: string; origin?: string } | null> =>
    (await (await ask('GET', '/', headers, app)).json()) as never;

  it('is known by a token, which is good for the origin that it was issued to, and nowhere else', async () => {
    const app = ownersApp(new Embeds([BLOG, WIKI]));
    const token = await tokenOf(app, BLOG);
    const authorization = `Bearer ${token}`;
    const known = await knownAs(app, { origin: BLOG, authorization });
    expect(known).toMatchObject({
      reader: expect.stringMatching(/^[0-9a-f]{32}$/),
      origin: BLOG,
      address: '192.0.2.1',
    });
    expect(await (await ask('POST', '/', { origin: BLOG, authorization }, app)).json()).toEqual(known);
    for (const origin of [WIKI, 'http://localhost', ...FOREIGN])
      expect(await knownAs(app, { origin, authorization }), origin).toBeNull();
    expect(await knownAs(app, { authorization })).toBeNull();
  });

  it('is another one with every token', async () => {
    const app = ownersApp(new Embeds([BLOG]));
    const [one, other] = await Promise.all([tokenOf(app, BLOG), tokenOf(app, BLOG)]);
    expect((await knownAs(app, { origin: BLOG, authorization: `Bearer ${one}` }))?.reader).not.toBe(
      (await knownAs(app, { origin: BLOG, authorization: `Bearer ${other}` }))?.reader,
    );
  });

  it('is never known by a cookie, and gets none', async () => {
    const app = ownersApp(new Embeds([BLOG]));
    const [cookie = ''] = (await ask('POST', '/', {}, app)).headers.get('set-cookie')!.split(';');
    const reader = (await knownAs(app, { cookie }))?.reader;
    expect(reader).toMatch(/^[0-9a-f]{32}$/);
    expect((await knownAs(app, { cookie, origin: 'http://localhost' }))?.reader).toBe(reader);
    for (const origin of [BLOG, ...FOREIGN]) expect(await knownAs(app, { cookie, origin }), origin).toBeNull();
    const claim = await ask('POST', '/', { cookie, origin: BLOG }, app);
    expect([claim.status, ((await claim.json()) as Problem).error.code]).toEqual([401, 'unknown-token']);
    const authorization = `Bearer ${await tokenOf(app, BLOG)}`;
    const made = await ask('POST', '/', { cookie, origin: BLOG, authorization }, app);
    expect(made.headers.get('set-cookie')).toBeNull();
    expect(((await made.json()) as { reader: string }).reader).not.toBe(reader);
  });

  it('has no token that counts on our own pages, where the cookie does', async () => {
    const app = ownersApp(new Embeds([BLOG, 'http://localhost']));
    expect((await ask('POST', '/token', { origin: 'http://localhost' }, app)).status).toBe(403);
    const authorization = `Bearer ${await tokenOf(app, BLOG)}`;
    const answer = await ask('POST', '/', { origin: 'http://localhost', authorization }, app);
    expect(answer.headers.get('set-cookie')).toMatch(/^bankrun_reader/);
  });

  it('is not known by a token that was not issued', async () => {
    const app = ownersApp(new Embeds([BLOG]));
    const token = await tokenOf(app, BLOG);
    const [reader = '', issued = '', signature = ''] = token.split('.');
    const [, , ofAnother = ''] = (await tokenOf(app, BLOG)).split('.');
    const older = await tokenOf(ownersApp(new Embeds([BLOG])), BLOG);
    const forged = [
      '',
      reader,
      `${reader}.${issued}.`,
      `${reader}.${issued}.${ofAnother}`,
      `${reader}.${Number(issued) + 1}.${signature}`,
      `${'a'.repeat(32)}.${issued}.${signature}`,
      `${token}x`,
      older,
    ];
    for (const each of forged)
      expect(await knownAs(app, { origin: BLOG, authorization: `Bearer ${each}` }), each).toBeNull();
    expect(await knownAs(app, { origin: BLOG, authorization: `Basic ${token}` })).toBeNull();
  });

  it('is forgotten a day after the token was issued', async () => {
    const app = ownersApp(new Embeds([BLOG]));
    const authorization = `Bearer ${await tokenOf(app, BLOG)}`;
    vi.setSystemTime(Date.now() + DAY_MS);
    expect(await knownAs(app, { origin: BLOG, authorization })).not.toBeNull();
    vi.setSystemTime(Date.now() + 1000);
    expect(await knownAs(app, { origin: BLOG, authorization })).toBeNull();
  });
});
