import { describe, expect, it } from 'vitest';
import { openTerminal } from '../../commands/client/terminal-client.ts';
import { useOwnServer, withoutSandbox } from '../support/shared-server.ts';
import { shell, sql } from './http/steps.ts';

describe.skipIf(withoutSandbox)('the log of a server', { timeout: 120_000 }, () => {
  const { reader, server } = useOwnServer({ LOG_LEVEL: 'info', WARM_PER_MODE: '0' });
  const lines = (): Record<string, unknown>[] =>
    server()
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('has each answer by the id that it was sent with, and nothing of what readers write or who they are', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    await me.run(id, [shell('prints', 'echo my-own-words; my-own-words'), sql('asks', 'SELECT my_own_words')]);
    await me.run(id, [sql('asks', 'SELECT my_own_words')]);
    await me.tables(id);
    const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`));
    terminal.type('my-own-words\n');
    terminal.socket.close();
    const { status, headers } = await me.ask('GET', `/api/sandboxes/${id}/table?name=my-own-words`);
    await me.reset(id);

    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 'info',
        type: 'answered',
        request: headers.get('x-request-id'),
        route: '/api/sandboxes/:id/table',
        status,
      }),
    );
    expect(lines()).toContainEqual(
      expect.objectContaining({ type: 'answered', route: '/api/sandboxes/:id/terminals/:number', status: 101 }),
    );
    const types = new Set(lines().map((line) => line['type']));
    for (const type of ['cluster-started', 'claimed', 'run-ended', 'sandbox-ended']) expect(types).toContain(type);
    const [, cookie = ''] = /=(.*)/.exec(me.webSocket('/').headers['cookie'] ?? '') ?? [];
    expect(cookie.length).toBeGreaterThan(20);
    const all = JSON.stringify(lines());
    for (const secret of ['my-own-words', 'my_own_words', cookie, '127.0.0.1']) expect(all).not.toContain(secret);
  });
});
