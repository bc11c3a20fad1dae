import { once } from 'node:events';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { openTerminal, TerminalClient } from '../../../commands/client/terminal-client.ts';

const path = (id: string, number: number | string = 1): string => `/api/sandboxes/${id}/terminals/${number}`;

/** Returns the answer to a refused request for a WebSocket. */
async function refusal(
  me: Reader,
  at: string,
  headers: Record<string, string | undefined> = {},
): Promise<{ status: number | undefined; code: string }> {
  const { url, headers: own } = me.webSocket(at);
  const all = {
    ...own,
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return await new Promise((settle, fail) => {
    const request = get(url.replace('ws', 'http'), { headers: sent }, (answer) => {
      let text = '';
      answer.on('data', (bytes: Buffer) => (text += bytes.toString()));
      answer.on('end', () => settle({ status: answer.statusCode, code: /"code":"([^"]*)"/.exec(text)?.[1] ?? '' }));
    });
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      settle({ status: 101, code: '' });
    });
    request.on('error', fail);
  });
}

describe.skipIf(withoutSandbox)('access to terminals over the API', { timeout: 90_000 }, () => {
  const { reader, server } = useOwnServer({ WARM_PER_MODE: '1' });

  it('only our own pages may open one, for the owner of the sandbox', async () => {
    const [me, other] = [reader(), reader()];
    const { id } = await me.claim('insecure');
    const theirs = await other.claim('insecure');
    expect(await refusal(me, path(id))).toEqual({ status: 101, code: '' });
    for (const origin of ['https://elsewhere.example', 'null', undefined])
      expect(await refusal(me, path(id), { origin })).toEqual({ status: 403, code: 'foreign-origin' });
    expect(await refusal(me, path(id), { host: 'rebound.example', origin: 'http://rebound.example' })).toEqual({
      status: 403,
      code: 'foreign-origin',
    });
    expect(await refusal(other, path(id))).toEqual({ status: 404, code: 'not-found' });
    expect(await refusal(me, path(id), { cookie: undefined })).toEqual({ status: 404, code: 'not-found' });
    for (const number of ['0', '3', '-1', '1.5', 'x', '9999'])
      expect(await refusal(me, path(id, number))).toEqual({ status: 404, code: 'not-found' });
    expect((await refusal(me, path(id), { 'sec-websocket-version': '7' })).status).toBe(400);
    // What a client sends is never a failure on our side.
    expect(await refusal(me, path(id).replace('terminals', '%74erminals'))).toEqual({
      status: 400,
      code: 'bad-request',
    });
    expect(await refusal(me, path(id), { host: 'a b' })).toEqual({ status: 400, code: 'bad-request' });
    expect((await me.fetch('GET', path(id), undefined, { origin: me.webSocket('').headers['origin']! })).status).toBe(
      400,
    );
    await Promise.all([me.reset(id), other.reset(theirs.id)]);
  });

  it('a sandbox has a bounded number of connections, and a closed one makes room', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const clients = Array.from({ length: 8 }, () => new TerminalClient(me.webSocket(path(id))));
    await Promise.all(clients.map(({ socket }) => once(socket, 'open')));
    expect(await refusal(me, path(id))).toEqual({ status: 429, code: 'too-many' });
    await clients[0]!.drop();
    await expect.poll(async () => (await refusal(me, path(id))).status, { timeout: 20_000 }).toBe(101);
    for (const { socket } of clients) socket.terminate();
    await me.reset(id);
  });

  it('the end of the server is announced, and closes the connection as going away', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await openTerminal(me.webSocket(path(id)));
    const stopped = server().stop();
    expect(await terminal.ends()).toMatchObject({ reason: 'lost', message: expect.stringMatching(/shut down/) });
    expect((await terminal.closed).code).toBe(1001);
    await stopped;
  });
});
