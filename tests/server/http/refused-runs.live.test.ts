import { describe, expect, it } from 'vitest';
import type { Problem, SandboxInfo } from '../../../shared/protocol.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell } from './steps.ts';

describe.skipIf(withoutSandbox)('the API for runs', { timeout: 60_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it('refuses a second run while one is running', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    let second: Promise<{ status: number; body: Problem }> | undefined;
    await me.run(id, [shell('hold', 'echo here; sleep 1')], (event) => {
      if (event.type === 'output')
        second ??= me.ask<Problem>('POST', `/api/sandboxes/${id}/runs`, { steps: [shell('x', 'true')] });
    });
    expect(await second).toMatchObject({ status: 409, body: { error: { code: 'busy' } } });
    await me.reset(id);
  });

  it.each<[string, unknown]>([
    ['no steps', { steps: [] }],
    ['steps that are no list', { steps: 'rm' }],
    ['an unknown kind', { steps: [{ id: 'a', kind: 'exec', command: 'ls' }] }],
    ['a path that leaves the home', { steps: [{ id: 'a', kind: 'file', path: '../x', text: '' }] }],
    ['an absolute path', { steps: [{ id: 'a', kind: 'file', path: '/etc/x', text: '' }] }],
    ['a text over 64 KiB', { steps: [{ id: 'a', kind: 'file', path: 'x', text: 'x'.repeat(64 * 1024 + 1) }] }],
    ['half of a character in a command', { steps: [{ id: 'a', kind: 'shell', command: 'echo \ud83d' }] }],
    ['a NUL in a command', { steps: [{ id: 'a', kind: 'shell', command: 'ls\0' }] }],
    ['a user that is no name', { steps: [{ id: 'a', kind: 'sql', statements: 'SELECT 1', user: 'a b' }] }],
    ['too many steps', { steps: Array.from({ length: 65 }, (_, n) => shell(String(n), 'true')) }],
  ])('refuses a run with %s, and does nothing', async (_, body) => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { status, body: answer } = await me.ask<Problem>('POST', `/api/sandboxes/${id}/runs`, body);
    expect([status, answer.error.code]).toEqual([400, 'bad-request']);
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body).toMatchObject({ state: 'ready', done: [] });
    await me.reset(id);
  });
});
