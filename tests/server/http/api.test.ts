import type { Context } from 'hono';
import { describe, expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { readBody } from '../../../server/http/read-request.ts';
import { runBody } from '../../../server/http/validators.ts';
import type { Problem } from '../../../shared/protocol.ts';
import { Service } from '../../../server/sandbox/service.ts';

const app = apiApp(new Service(), { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 });
const env = { incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } } };

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; problem: Problem['error']; retryAfter: string | null }> {
  const init: RequestInit = { method, headers: { host: 'localhost', ...headers } };
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
    init.headers = { ...init.headers, 'content-length': String(Buffer.byteLength(init.body)) };
  }
  const answer = await app.request(`http://localhost${path}`, init, env);
  const { error } = (await answer.json()) as Problem;
  return { status: answer.status, problem: error, retryAfter: answer.headers.get('retry-after') };
}

/** Returns what the API says about a run's body. */
async function wrongIn(body: unknown): Promise<string> {
  const request = new Request('http://localhost', { method: 'POST', body: JSON.stringify(body) });
  return await readBody({ req: { raw: request } } as Context, runBody).then(
    () => '',
    (error: Error) => error.message,
  );
}

describe('the API refuses with a sentence and a 4xx', () => {
  it('a claim that is cut off, which is not a failure on our side', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('{'));
        controller.error(new Error('aborted'));
      },
    });
    const answer = await app.request(
      'http://localhost/api/sandboxes',
      { method: 'POST', headers: { host: 'localhost' }, body, duplex: 'half' } as RequestInit,
      env,
    );
    expect(answer.status).toBe(400);
  });

  it.each([
    ['no JSON', 'not json'],
    ['nothing', ''],
    ['no object', '[]'],
    ['no mode', {}],
    ['a mode that is none', { mode: 'half' }],
    ['a wrong type', { mode: 1 }],
    ['an unknown field', { mode: 'secure', admin: true }],
    ['imports that are no modules', { mode: 'secure', imports: ['os; rm'] }],
  ])('a claim with %s', async (_, body) => {
    const { status, problem } = await ask('POST', '/api/sandboxes', body);
    expect(status).toBe(400);
    expect(problem.code).toBe('bad-request');
    expect(problem.message).toMatch(/\.$/);
  });

  it.each(['/api/sandboxes/nope', '/api/sandboxes/nope/tables', '/api/sandboxes/nope/runs/1', '/api/nothing'])(
    'an unknown %s',
    async (path) => {
      expect((await ask('GET', path)).status).toBe(404);
    },
  );

  it.each(['https://elsewhere.example', 'null', 'not a url'])('a mutation from the origin %s', async (origin) => {
    const { status, problem } = await ask('POST', '/api/sandboxes', { mode: 'secure' }, { origin });
    expect([status, problem.code]).toEqual([403, 'foreign-origin']);
  });

  it.each(['elsewhere.example', 'localhost.elsewhere.example:4321'])(
    'any request to the host %s: a page under another name that was pointed here',
    async (host) => {
      expect((await ask('GET', '/api/sandboxes/x', undefined, { host })).status).toBe(403);
    },
  );

  it('a mutation that a browser says comes from another site', async () => {
    expect((await ask('POST', '/api/sandboxes', { mode: 'secure' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
  });

  it('a body that is too large', async () => {
    const { status, problem } = await ask('POST', '/api/sandboxes', 'x'.repeat(1024 * 1024 + 1));
    expect([status, problem.code]).toEqual([413, 'too-large']);
  });
});

describe('what a client sent', () => {
  const KEY = 'k'.repeat(900_000);
  const many = Object.fromEntries(Array.from({ length: 90_000 }, (_, number) => [`k${number}`, 1]));
  const step = { id: 'a', kind: 'shell', command: 'true' };

  it.each<[string, string, string, unknown]>([
    ['a key', 'POST', '/api/sandboxes', { mode: 'secure', [KEY]: 1 }],
    ['keys', 'POST', '/api/sandboxes', { mode: 'secure', ...many }],
    ['a mode', 'POST', '/api/sandboxes', { mode: KEY }],
    [
      'the names of modules',
      'POST',
      '/api/sandboxes',
      { mode: 'secure', imports: Array<string>(9000).fill('x'.repeat(99)) },
    ],
    ['the name of a module', 'POST', '/api/sandboxes', { mode: 'secure', imports: [KEY] }],
    ['no JSON', 'POST', '/api/sandboxes', `{"${KEY}`],
    ['an id', 'GET', `/api/sandboxes/${'x'.repeat(8000)}`, undefined],
    ['an id that is no UTF-8', 'GET', `/api/sandboxes/${'%ff'.repeat(2000)}`, undefined],
    ['a run', 'GET', `/api/sandboxes/x/runs/${'x'.repeat(8000)}`, undefined],
    ['a place that is not there', 'GET', `/api/${'x'.repeat(8000)}`, undefined],
    ['a method', 'X'.repeat(2000), '/api/sandboxes', undefined],
  ])('comes back in no sentence as a whole: %s', async (_, method, path, body) => {
    const { status, problem } = await ask(method, path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).not.toBe(500);
    expect(problem.message.length).toBeLessThan(300);
    expect(problem.message).toMatch(/\.$/);
  });

  it('is never repeated as a whole in a sentence: steps of a run', async () => {
    const wrong = [
      { [KEY]: 1 },
      { kind: KEY },
      { ...step, [KEY]: 1 },
      { ...step, command: KEY },
      { ...step, id: KEY },
      { ...step, kind: 'file', path: KEY, text: '' },
      { ...step, kind: 'sql', user: KEY },
    ];
    for (const each of wrong) expect((await wrongIn({ steps: [step, each] })).length).toBeLessThan(300);
    expect(await wrongIn({ steps: [{ ...step, [KEY]: 1, other: 2 }] })).toBe(
      `steps.0: unknown key "${'k'.repeat(60)}", cut after 60 of 900000 characters, and 1 more.`,
    );
    expect(await wrongIn({ steps: [{ ...step, 'a\n"': 1 }] })).toBe('steps.0: unknown key "a\\n\\"".');
  });

  it('makes nobody a reader when it is not one of our cookies', async () => {
    const answer = await app.request(
      'http://localhost/api/sandboxes',
      {
        method: 'POST',
        headers: { host: 'localhost', cookie: `bankrun_reader=${'a'.repeat(32)}` },
        body: JSON.stringify({ mode: 'secure' }),
      },
      env,
    );
    expect(answer.headers.get('set-cookie')).toMatch(/^bankrun_reader=[0-9a-f]{32}\.\d+\./);
    expect(answer.headers.get('set-cookie')).not.toContain('a'.repeat(32));
  });
});

describe('while runs are off', () => {
  it('health is 503 and says why', async () => {
    const answer = await app.request('/api/health');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ready: false, reason: expect.stringContaining('starting') as string });
  });

  it('a claim is told why, and when to come back', async () => {
    const { status, problem, retryAfter } = await ask('POST', '/api/sandboxes', { mode: 'secure' });
    expect([status, problem.code]).toEqual([503, 'unavailable']);
    expect(Number(retryAfter)).toBeGreaterThan(0);
  });
});
