import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openTerminal } from '../../commands/client/terminal-client.ts';
import { Reader, endOf, printed } from '../../commands/client/reader.ts';
import type { RunningServer } from '../../commands/client/server.ts';
import type { EmbedToken, Health, Problem, SandboxInfo } from '../../shared/protocol.ts';
import { startTestServer, withoutSandbox } from '../support/shared-server.ts';

const BLOG = 'https://blog.example.org';

describe.skipIf(withoutSandbox)('a server that drains', { timeout: 240_000 }, () => {
  const start = async (env: Record<string, string> = {}): Promise<RunningServer> =>
    await startTestServer({ INSTANCE: 'drain', CHECK_ADDRESS: '127.0.0.1:0', EMBED_ORIGINS: BLOG, ...env });
  const told = async ({ check = '' }: RunningServer): Promise<string> => {
    const [host, port] = check.split(':');
    return await text(connect(Number(port), host));
  };
  const healthOf = async ({ url }: RunningServer): Promise<Health> =>
    (await (await fetch(`${url}/api/health`)).json()) as Health;

  it('lets a run and its reader go on, sends others elsewhere, and ends when the last one has left', async () => {
    const server = await start();
    const [me, other] = [new Reader(server.url), new Reader(server.url)];
    const { id } = await me.claim('insecure');
    expect(await told(server)).toMatch(/^ready up \d+%\n$/);
    const gate = `for i in $(seq 600); do test -e go && break; sleep 0.2; done; echo over`;
    const begun = Promise.withResolvers<void>();
    const running = me.run(id, [{ id: 'a', kind: 'shell', command: `echo begun; ${gate}` }], ({ type }) => {
      if (type === 'output') begun.resolve();
    });
    await begun.promise;

    server.signal('SIGUSR2');
    await expect.poll(() => told(server)).toBe('up drain\n');
    expect(await healthOf(server)).toMatchObject({
      ready: false,
      draining: true,
      reason: 'This server will soon be replaced, and starts no more clusters.',
    });
    const refused = await other.ask<Problem>('POST', '/api/sandboxes', { mode: 'insecure' });
    expect([refused.status, refused.body.error.code, refused.headers.get('bankrun-elsewhere')]).toEqual([
      503,
      'unavailable',
      'unavailable',
    ]);
    const second = await me.ask<Problem>('POST', '/api/sandboxes', { mode: 'secure' });
    expect([second.status, second.headers.get('bankrun-elsewhere')]).toEqual([503, null]);
    expect(second.body.error.message).toContain('Reset the one that you have');
    expect((await me.ask<SandboxInfo>('POST', '/api/sandboxes', { mode: 'insecure' })).body.id).toBe(id);

    await openGate(me, id);
    const { events } = await running;
    expect([printed(events), endOf(events).reason]).toEqual(['begun\nover\n', 'finished']);
    await me.reset(id);
    expect(await server.ended).toBe(0);
  });

  it('refuses the token of another site’s reader, so that their page asks another server for one', async () => {
    const server = await start();
    const me = new Reader(server.url);
    const { id } = await me.claim('insecure');
    const headers = { origin: BLOG };
    const ask = (path: string, more: Record<string, string> = {}): Promise<Response> =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { ...headers, ...more, 'content-type': 'application/json' },
        body: '{"mode":"secure"}',
      });
    const { token } = (await (await ask('/api/embeds')).json()) as EmbedToken;
    server.signal('SIGUSR2');
    await expect.poll(() => told(server)).toBe('up drain\n');
    expect((await ask('/api/sandboxes', { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await ask('/api/embeds')).status).toBe(503);
    await me.reset(id);
    expect(await server.ended).toBe(0);
  });

  it('ends at once when nobody is there', async () => {
    const server = await start();
    server.signal('SIGUSR2');
    expect(await server.ended).toBe(0);
    expect(server.log()).toContain('Draining: no new sandboxes');
  });

  it('with DRAIN_SECONDS: SIGTERM drains, again changes nothing, and the time ends it', async () => {
    const server = await start({ DRAIN_SECONDS: '4' });
    const me = new Reader(server.url);
    const before = await me.claim('insecure');
    server.signal('SIGTERM');
    await expect.poll(() => told(server)).toBe('up drain\n');
    server.signal('SIGTERM');
    const { body } = await me.ask<SandboxInfo>('GET', `/api/sandboxes/${before.id}`);
    expect(body.state).toBe('ready');
    expect(body.expiresAtMs).toBeLessThan(before.expiresAtMs);
    expect(await server.ended).toBe(0);
  });

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])(
    'without DRAIN_SECONDS, %s ends it although it drains',
    async (name) => {
      const server = await start();
      await new Reader(server.url).claim('insecure');
      server.signal('SIGUSR2');
      await expect.poll(() => told(server)).toBe('up drain\n');
      server.signal(name);
      expect(await server.ended).toBe(0);
    },
  );

  /** Ends the wait of a run, by another program of the same reader: a terminal, because there is one run at a time. */
  const openGate = async (me: Reader, id: string): Promise<void> => {
    const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`));
    terminal.type('touch go\r');
    await terminal.shows('touch go');
  };
});
