import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { EmbedToken, Problem, SandboxInfo } from '../../../shared/protocol.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';

const [BLOG, WIKI] = ['https://blog.example.org', 'https://wiki.example.org'];
const STEP = { steps: [{ id: 'a', kind: 'shell', command: 'echo one; sleep 1; echo two' }] };

describe.skipIf(withoutSandbox)('a page of another site', { timeout: 60_000 }, () => {
  const { server, reader } = useOwnServer({ EMBED_ORIGINS: `${BLOG},${WIKI}` });

  /** Requests as a browser does for such a page. */
  const ask = (
    method: string,
    path: string,
    origin: string,
    token?: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(server().url + path, {
      method,
      headers: {
        origin,
        'sec-fetch-site': 'cross-site',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const newToken = async (origin: string): Promise<string> =>
    ((await (await ask('POST', '/api/embeds', origin)).json()) as EmbedToken).token;
  const claim = async (origin: string, token: string): Promise<SandboxInfo> =>
    (await (await ask('POST', '/api/sandboxes', origin, token, { mode: 'insecure' })).json()) as SandboxInfo;

  it('runs steps in its reader’s sandbox, and resumes reading a run where it was', async () => {
    const token = await newToken(BLOG);
    const { id } = await claim(BLOG, token);
    expect((await claim(BLOG, token)).id).toBe(id);
    const run = await ask('POST', `/api/sandboxes/${id}/runs`, BLOG, token, STEP);
    expect([
      run.status,
      run.headers.get('access-control-allow-origin'),
      run.headers.get('access-control-expose-headers'),
    ]).toEqual([200, BLOG, 'Location, Retry-After']);
    const events = await run.text();
    expect(events).toContain('"text":"one\\n"');
    const rest = await (
      await ask('GET', run.headers.get('location')!, BLOG, token, undefined, { 'last-event-id': '2' })
    ).text();
    expect(events.endsWith(rest)).toBe(true);
    expect(rest).not.toContain('"one');
    expect(rest).toContain('"reason":"finished"');
    expect((await ask('DELETE', `/api/sandboxes/${id}`, BLOG, token)).status).toBe(204);
  });

  it('has no access without its token and origin: no other reader does, of this or any other site', async () => {
    const token = await newToken(BLOG);
    const { id } = await claim(BLOG, token);
    const others: [string, string | undefined][] = [
      [BLOG, undefined],
      [BLOG, await newToken(BLOG)],
      [WIKI, token],
      [WIKI, await newToken(WIKI)],
      ['https://elsewhere.example', token],
    ];
    for (const [origin, its] of others) {
      expect((await ask('GET', `/api/sandboxes/${id}`, origin, its)).status).toBe(404);
      expect((await ask('GET', `/api/sandboxes/${id}/tables`, origin, its)).status).toBe(404);
      expect([403, 404]).toContain((await ask('POST', `/api/sandboxes/${id}/runs`, origin, its, STEP)).status);
      expect([403, 404]).toContain((await ask('DELETE', `/api/sandboxes/${id}`, origin, its)).status);
    }
    const onOurs = reader();
    await onOurs.claim('insecure');
    expect((await onOurs.ask('GET', `/api/sandboxes/${id}`)).status).toBe(404);
    expect(
      (await onOurs.ask('GET', `/api/sandboxes/${id}`, undefined, { authorization: `Bearer ${token}` })).status,
    ).toBe(404);
    expect((await ask('GET', `/api/sandboxes/${id}`, BLOG, token)).status).toBe(200);
  });

  it('opens no terminal, neither with its token nor with a cookie', async () => {
    const token = await newToken(BLOG);
    const { id } = await claim(BLOG, token);
    const onOurs = reader();
    const mine = await onOurs.claim('insecure');
    const upgrade = {
      origin: BLOG,
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    expect(
      await statusOf(`${server().url}/api/sandboxes/${id}/terminals/1`, {
        ...upgrade,
        authorization: `Bearer ${token}`,
      }),
    ).toBe(403);
    expect(
      await statusOf(`${server().url}/api/sandboxes/${mine.id}/terminals/1`, {
        ...upgrade,
        ...onOurs.webSocket('').headers,
        origin: BLOG,
      }),
    ).toBe(403);
    expect(
      await statusOf(`${server().url}/api/sandboxes/${mine.id}/terminals/1`, {
        ...upgrade,
        ...onOurs.webSocket('').headers,
      }),
    ).toBe(101);
  });

  it('has no effect on what a reader has on our own pages, even if a browser sent the cookie', async () => {
    const onOurs = reader();
    const { id } = await onOurs.claim('insecure');
    const foreign = { origin: BLOG, 'sec-fetch-site': 'same-site' };
    expect((await onOurs.ask<Problem>('POST', '/api/sandboxes', { mode: 'insecure' }, foreign)).body.error.code).toBe(
      'unknown-token',
    );
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/tables', undefined],
      ['POST', '/runs', STEP],
      ['DELETE', '', undefined],
    ] as const) {
      expect((await onOurs.ask(method, `/api/sandboxes/${id}${path}`, body, foreign)).status).toBe(404);
    }
    expect((await onOurs.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.state).toBe('ready');
  });
});

/** Returns the status of an answer, or 101 when the server switches to another protocol. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return await new Promise((settle, fail) => {
    const asked = request(url, { headers }).on('error', fail);
    asked.on('response', (answer) => settle(answer.resume().statusCode));
    asked.on('upgrade', (answer, socket) => {
      socket.destroy();
      settle(answer.statusCode);
    });
    asked.end();
  });
}
