import { describe, expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import type { Problem } from '../../../server/protocol.ts';
import { Service } from '../../../server/sandbox/service.ts';

const app = apiApp(new Service(), { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 });
const env = { incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } } };

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; problem: Problem['error']; retryAfter: string | null }> {
  const init: RequestInit = { method, headers: { host: 'localhost', ...headers } };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await app.request(`http://localhost${path}`, init, env);
  const { error } = (await answer.json()) as Problem;
  return { status: answer.status, problem: error, retryAfter: answer.headers.get('retry-after') };
}

describe('the API refuses with a sentence and a 4xx', () => {
  it('a claim that breaks off, which is no failure of ours', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('{'));
        controller.error(new Error('aborted'));
      },
    });
    const answer = await app.request('http://localhost/api/sandboxes', { method: 'POST', headers: { host: 'localhost' }, body, duplex: 'half' } as RequestInit, env);
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

  it.each(['/api/sandboxes/nope', '/api/sandboxes/nope/tables', '/api/sandboxes/nope/runs/1', '/api/nothing'])('an unknown %s', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
  });

  it.each(['https://elsewhere.example', 'null', 'not a url'])('a mutation from the origin %s', async (origin) => {
    const { status, problem } = await ask('POST', '/api/sandboxes', { mode: 'secure' }, { origin });
    expect([status, problem.code]).toEqual([403, 'foreign-origin']);
  });

  it.each(['elsewhere.example', 'localhost.elsewhere.example:4321'])('anything asked of the host %s: a page of another name that was pointed here', async (host) => {
    expect((await ask('GET', '/api/sandboxes/x', undefined, { host })).status).toBe(403);
  });

  it('a mutation that a browser says comes from another site', async () => {
    expect((await ask('POST', '/api/sandboxes', { mode: 'secure' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('a body that is too large', async () => {
    const { status, problem } = await ask('POST', '/api/sandboxes', 'x'.repeat(1024 * 1024 + 1));
    expect([status, problem.code]).toEqual([413, 'too-large']);
  });
});

describe('while runs are off', () => {
  it('health is 503 and says why', async () => {
    const answer = await app.request('/api/health');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ready: false, reason: expect.stringContaining('starting') as string });
  });

  it('a claim says why, and when to come back', async () => {
    const { status, problem, retryAfter } = await ask('POST', '/api/sandboxes', { mode: 'secure' });
    expect([status, problem.code]).toEqual([503, 'unavailable']);
    expect(Number(retryAfter)).toBeGreaterThan(0);
  });
});
