import { describe, expect, it } from 'vitest';
import type { SandboxInfo } from '../../../shared/protocol.ts';
import { endOf, printed, type Reader } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import {
  openTerminal,
  type TerminalClient,
  type TerminalClientOptions,
} from '../../../commands/client/terminal-client.ts';

const AWAY_SECONDS = 2;

describe.skipIf(withoutSandbox)('terminals over the API', { timeout: 90_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '1', TERMINAL_AWAY_SECONDS: String(AWAY_SECONDS) });
  const path = (id: string, number = 1): string => `/api/sandboxes/${id}/terminals/${number}`;
  const open = (me: Reader, id: string, number = 1, options: TerminalClientOptions = {}): Promise<TerminalClient> =>
    openTerminal(me.webSocket(path(id, number)), options);

  it('a shell in the steps’ home: it echoes, knows its size and is told of a new one', async () => {
    const me = reader();
    const { id } = await me.claim('secure');
    await me.run(id, [{ id: 'f', kind: 'file', path: 'left.txt', text: 'by a step' }]);
    const terminal = await open(me, id, 1, { columns: 100, rows: 30 });
    expect(terminal.beginning).toMatchObject({ bytes: 0 });
    await terminal.shows('$ ');
    terminal.type('pwd; stty size; cat left.txt; echo; ls --color=never -d certs\r');
    await terminal.shows('/home/reader\r\n30 100\r\nby a step\r\ncerts\r\n');
    expect(terminal.text).toContain('pwd; stty size');
    terminal.resize(132, 50);
    terminal.type('stty size\r');
    await terminal.shows('50 132');
    terminal.type('exit 3\r');
    expect(await terminal.ends()).toEqual({ reason: 'exited', exitCode: 3 });
    expect(await terminal.closed).toMatchObject({ code: 1000 });
    await me.reset(id);
  });

  it('a SQL shell as requested, with Ctrl-C and Ctrl-D', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await open(me, id, 1, { command: 'cockroach sql --insecure' });
    await terminal.shows('> ');
    terminal.type('SELECT 6 * 7 AS answer;\r');
    await terminal.shows(/42/);
    terminal.type('\x04');
    expect((await terminal.ends()).reason).toBe('exited');
    const shell = await open(me, id);
    await shell.shows('$ ');
    // Printed by the job itself: before it has the terminal, a Ctrl-C does not reach it.
    shell.type("sh -c 'echo up; exec cat'\r");
    await shell.shows('up\r\n');
    shell.clear();
    shell.type('\x03');
    await shell.shows('$ ');
    shell.type('echo $((40 + 2))\r');
    await shell.shows('42');
    await me.reset(id);
  });

  it('two at once, next to a run, each by itself', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const [one, two] = await Promise.all([open(me, id, 1), open(me, id, 2)]);
    one.type('sleep 1000 & echo from $((0 + 1))\r');
    two.type('echo from $((1 + 1))\r');
    await Promise.all([one.shows('from 1'), two.shows('from 2')]);
    const { events } = await me.run(id, [{ id: 'r', kind: 'shell', command: 'echo a run' }]);
    expect([endOf(events).reason, printed(events)]).toEqual(['finished', 'a run\n']);
    one.clear();
    one.type('jobs; echo still\r');
    await one.shows(/Running\s+sleep 1000[^]*still/);
    expect((await me.fetch('DELETE', path(id, 1))).status).toBe(204);
    expect(await one.ends()).toEqual({ reason: 'exited' });
    expect((await me.fetch('DELETE', path(id, 1))).status).toBe(404);
    two.clear();
    two.type('pgrep -c sleep; echo alive\r');
    await two.shows(/0\r\nalive/);
    const again = await open(me, id, 1);
    await again.shows('$ ');
    expect(again.beginning!.key).not.toBe(one.beginning!.key);
    await me.reset(id);
  });

  it('goes on for a page that returns: with the bytes that it lacks, or with everything that is kept', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const first = await open(me, id);
    first.type('printf "%s\\n" {1..2000}; echo done\r');
    await first.shows(/2000\r\ndone\r\n[^]*\$ $/);
    const { key, bytes } = first.from;
    const whole = first.bytes;
    await first.drop();
    const second = await open(me, id, 1, { from: { key, bytes: bytes - 1000 } });
    await second.until('shows the rest', () => second.shownBytes === 1000);
    expect(second.beginning).toEqual({ key, bytes: bytes - 1000 });
    expect(second.bytes.equals(whole.subarray(-1000))).toBe(true);
    second.type('seq -f %0100.f 1 5000; echo all\r');
    await second.shows(/5000\r\nall\r\n[^]*\$ $/);
    await second.drop();
    const third = await open(me, id, 1, { from: { key, bytes } });
    await third.until('shows the tail', () => /5000\r\nall\r\n[^]*\$ $/.test(third.text));
    expect(third.beginning!.key).toBe(key);
    expect(third.beginning!.bytes).toBeGreaterThan(bytes);
    expect(third.shownBytes).toBeGreaterThan(200 * 1024);
    third.type('echo $((40 + 2))\r');
    await third.shows('42');
    await me.reset(id);
  });

  it('makes a full-screen program redraw for a page that lacks its screen', async (context) => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const first = await open(me, id);
    first.type('command -v less || echo "no" less\r');
    await first.shows(/(no less|\/less)\r\n/);
    if (first.text.includes('no less\r\n')) context.skip('this machine has no less');
    first.type('seq -f %079.f 1 9000 | less\r');
    await first.shows(/0023\r\n[^]*:/);
    first.type(' '.repeat(300));
    await first.shows(/6923\r\n[^]*:/);
    const { key, bytes } = first.from;
    await first.drop();
    const second = await open(me, id);
    expect(second.beginning!.key).toBe(key);
    const redrawn = (): string => second.text.slice(bytes - second.beginning!.bytes);
    await second.until('shows what is held, and then the whole screen', () =>
      /6901\r\n([^]*\r\n){21}0*6923\r\n/.test(redrawn()),
    );
    // On the alternate screen, to which it had switched long ago.
    expect(second.text).toMatch(/^\x1b\[\?(?:\d+;)*1049[;h]/);
    second.clear();
    second.type('q');
    await second.shows('$ ');
    await me.reset(id);
  });

  it('is taken over by another page, and ended when its page is away for too long', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const first = await open(me, id);
    const second = await open(me, id);
    expect(await first.ends()).toEqual({ reason: 'taken' });
    expect(second.beginning!.key).toBe(first.beginning!.key);
    second.type('sleep 1000 &\r');
    await second.shows(/\[1\]/);
    await second.drop();
    const other = await open(me, id, 2);
    other.type('while pgrep sleep > /dev/null; do sleep .1; done; echo $((40 + 2))\r');
    await other.shows('42');
    const third = await open(me, id, 1, { from: second.from });
    expect(third.beginning).toMatchObject({ bytes: 0 });
    expect(third.beginning!.key).not.toBe(first.beginning!.key);
    await me.reset(id);
  });

  it('ends with its sandbox, and says why, also to a page that arrives later', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await open(me, id);
    await me.reset(id);
    expect(await terminal.ends()).toEqual({ reason: 'lost', message: 'Your cluster was reset.' });
    const late = await open(me, id);
    expect(late.ending).toEqual({ reason: 'lost', message: 'Your cluster was reset.' });
  });

  it('counts typing as use of the sandbox', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const expiry = async (): Promise<number> =>
      (await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.expiresAtMs;
    const terminal = await open(me, id);
    await terminal.shows('$ ');
    const before = await expiry();
    terminal.type('x');
    await terminal.shows('x');
    expect(await expiry()).toBeGreaterThan(before);
    await me.reset(id);
  });

  it('an endless flood waits while its page draws nothing, and goes on when it draws', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await open(me, id, 1, { draws: false });
    terminal.type('yes 0123456789\r');
    await terminal.until('fills the window', () => terminal.shownBytes === 128 * 1024);
    // Others are served, and nothing more has arrived.
    const other = await open(me, id, 2);
    other.type('echo $((40 + 2))\r');
    await other.shows('42');
    expect(terminal.shownBytes).toBe(128 * 1024);
    for (let round = 2; round < 20; round += 1) {
      terminal.draw();
      await terminal.until('fills the window again', () => terminal.shownBytes === round * 128 * 1024);
    }
    expect(terminal.text.replaceAll('\r\n', ' ')).toMatch(/(0123456789 ){1000}/);
    terminal.draw();
    terminal.clear();
    terminal.type('\x03');
    await terminal.until('is interrupted', () => {
      terminal.draw();
      return terminal.text.endsWith('$ ');
    });
    await me.reset(id);
  });

  it('accepts one window of keys and no more', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await open(me, id);
    terminal.type('stty raw -echo; sleep 1000\r');
    await terminal.shows('sleep 1000\r\n');
    // What the sandbox accepts, plus one window.
    for (let piece = 0; piece < 200; piece += 1) terminal.type('x'.repeat(8 * 1024));
    expect(await terminal.closed).toMatchObject({ code: 1008 });
    const again = await open(me, id, 1, { from: terminal.from });
    again.type('more');
    expect(again.beginning!.key).toBe(terminal.beginning!.key);
    await me.reset(id);
  });

  it('accepts thousands of sizes, of which the last one counts', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const terminal = await open(me, id);
    await terminal.shows('$ ');
    for (let size = 0; size < 5000; size += 1) terminal.resize(size % 400, size % 90);
    terminal.resize(111, 44);
    terminal.type('until [ "$(stty size)" = "44 111" ]; do sleep .05; done; echo $((40 + 2))\r');
    await terminal.shows('42');
    expect(terminal.ending, 'it goes on').toBeUndefined();
    await me.reset(id);
  });
});
