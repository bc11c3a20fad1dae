import { describe, expect, it } from 'vitest';
import type { Mode, Problem, RunEvent, SandboxInfo, Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell, sql } from './steps.ts';

describe.skipIf(withoutSandbox)('sandboxes over the API', { timeout: 60_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '4', OUTPUT_KIB: '64', WARM_PER_MODE: '0' });

  it('a claim returns one sandbox for each mode, and the same one again', async () => {
    const me = reader();
    const first = await me.ask<SandboxInfo>('POST', '/api/sandboxes', { mode: 'insecure' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ mode: 'insecure', state: 'ready', done: [] });
    const again = await me.ask<SandboxInfo>('POST', '/api/sandboxes', { mode: 'insecure' });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    await me.reset(first.body.id);
  });

  it('two claims at once make one sandbox', async () => {
    const me = reader();
    await me.ask('POST', '/api/sandboxes', { mode: 'nonsense' });
    const first = await me.claim('insecure');
    const [a, b] = await Promise.all([me.claim('secure'), me.claim('secure')]);
    expect(a.id).toBe(b.id);
    await Promise.all([me.reset(first.id), me.reset(a.id)]);
  });

  it('nobody can see or change somebody else’s sandbox', async () => {
    const [me, other] = [reader(), reader()];
    const mine = await me.claim('insecure');
    const theirs = await other.claim('insecure');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['GET', '/tables', undefined],
      ['POST', '/runs', { steps: [shell('x', 'touch intruder')] }],
    ] as const) {
      expect((await other.ask<Problem>(method, `/api/sandboxes/${mine.id}${path}`, body)).status).toBe(404);
    }
    const { events } = await me.run(mine.id, [shell('ls', 'ls')]);
    expect(printed(events)).toBe('');
    await Promise.all([me.reset(mine.id), other.reset(theirs.id)]);
  });

  it('after a reset the sandbox is gone, says so, and a new one is empty', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    await me.run(id, [sql('make', 'CREATE DATABASE bank'), shell('leave', 'touch left')]);
    await me.reset(id);
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body).toMatchObject({
      state: 'gone',
      cause: 'reset',
    });
    expect(await me.ask<Problem>('POST', `/api/sandboxes/${id}/runs`, { steps: [shell('x', 'true')] })).toMatchObject({
      status: 410,
      body: { error: { code: 'gone' } },
    });
    const fresh = await me.claim('insecure');
    expect(fresh.id).not.toBe(id);
    const { events } = await me.run(fresh.id, [shell('ls', 'ls'), sql('bank', 'CREATE DATABASE bank')]);
    expect(printed(events)).toBe('');
    expect(endOf(events).reason).toBe('finished');
    await me.reset(fresh.id);
  });

  it.each<[string, Mode, Step, RegExp]>([
    [
      'a statement that panics',
      'insecure',
      sql('x', "SELECT crdb_internal.force_panic('x')"),
      /one of your statements or commands stopped it/,
    ],
    [
      'a fatal log entry',
      'insecure',
      sql('x', "SELECT crdb_internal.force_log_fatal('x')"),
      /one of your statements or commands stopped it/,
    ],
    ['a drain', 'insecure', shell('x', 'cockroach node drain --insecure'), /drained/],
    ['a drain of a secure cluster', 'secure', shell('x', 'cockroach node drain --certs-dir=certs'), /drained/],
  ])('%s ends the cluster: the run says so, and a new one can be had', async (_, mode, step, sentence) => {
    const me = reader();
    const { id } = await me.claim(mode);
    const { events } = await me.run(id, [step]);
    const end: RunEvent = endOf(events);
    expect(end).toMatchObject({ reason: 'lost', message: expect.stringMatching(sentence) as string });
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.state).toBe('gone');
    const fresh = await me.claim(mode);
    expect(endOf((await me.run(fresh.id, [sql('again', 'SELECT 1')])).events).reason).toBe('finished');
    await me.reset(fresh.id);
  });
});
