import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openTerminal, TerminalClient } from '../../../commands/client/terminal-client.ts';
import { soon, typed } from '../sandbox/terminals.ts';
import { ended, head } from './listening.ts';
import { PATH, serveTerminal } from './served-terminals.ts';

const OPENING = JSON.stringify({ columns: 80, rows: 24 });
const HANDSHAKE = head(
  'GET',
  PATH,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
);

const u32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);

/** Returns a message as a client sends it, with a mask of zeros. */
const masked = (bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(bytes.length < 126 ? [0x82, 0x80 | bytes.length] : [0x82, 0xff, 0, 0, 0, 0, ...u32(bytes.length)]),
    Buffer.alloc(4),
    bytes,
  ]);

describe('a terminal’s connection', { timeout: 60_000 }, () => {
  it('keeps the order of what arrives while the terminal is being opened', async () => {
    const { target, programs, holdBack } = await serveTerminal();
    let letGo: () => void = () => undefined;
    holdBack(new Promise((settle) => (letGo = settle)));
    const client = new TerminalClient(target);
    await once(client.socket, 'open');
    client.send('O', OPENING);
    client.type('first ');
    client.type('second');
    letGo();
    await client.until('begins', () => client.beginning !== undefined);
    const read = typed(programs[0]!);
    await soon(() => expect(read()).toBe('first second'));
    client.socket.close();
  });

  it('reads nothing more while the terminal is being opened, however much arrives', async () => {
    const { send, holdBack } = await serveTerminal({
      deadlines: { openingMs: 60_000, heartbeatMs: 50, silentMs: 60_000 },
    });
    holdBack(new Promise(() => undefined));
    const client = send(HANDSHAKE);
    let signs = 0;
    client.on('data', () => (signs += 1)).resume();
    await soon(() => expect(signs).toBeGreaterThan(0));
    // So many at once that their rate, too, makes the client wait, and then go on.
    client.write(
      Buffer.concat([masked(Buffer.from(`O${OPENING}`)), ...Array<Buffer>(1000).fill(masked(Buffer.from('Ik')))]),
    );
    const keys = masked(Buffer.alloc(128 << 10, 'I'));
    for (let pieces = 0; pieces < 32 * 8; pieces += 1) client.write(keys);
    const before = signs;
    await soon(() => expect(signs).toBeGreaterThan(before + 10));
    expect(client.writableLength).toBeGreaterThan(24 << 20);
  });

  it('sends the credit for keys, and the end with its code', async () => {
    const { target, programs } = await serveTerminal();
    const client = await openTerminal(target);
    typed(programs[0]!);
    client.type('k'.repeat(100_000));
    await client.until('has credit again', () => client.credit >= 128 * 1024 - 32 * 1024);
    programs[0]!.exit(5);
    expect(await client.ends()).toEqual({ reason: 'exited', exitCode: 5 });
    expect(await client.closed).toEqual({ code: 1000, reason: 'exited' });
  });

  it('is closed as going away when the server ends', async () => {
    const { target, programs } = await serveTerminal({ isShutdown: true });
    const client = await openTerminal(target);
    programs[0]!.exit(0);
    expect((await client.closed).code).toBe(1001);
  });

  it.each<[what: string, code: number, message: Buffer | string]>([
    ['text', 1002, 'O{"columns":80,"rows":24}'],
    ['nothing', 1002, Buffer.alloc(0)],
    ['keys before the opening', 1002, Buffer.from('Ils')],
    ['no JSON', 1002, Buffer.from('O{"columns":80,')],
    ['no size', 1002, Buffer.from('O{}')],
    ['a size of nothing', 1002, Buffer.from('O{"columns":0,"rows":24}')],
    ['a size that is no number', 1002, Buffer.from('O{"columns":"80","rows":24}')],
    ['more than is known', 1002, Buffer.from('O{"columns":80,"rows":24,"user":"root"}')],
    ['a command with a NUL', 1002, Buffer.from('O{"columns":80,"rows":24,"command":"a\\u0000b"}')],
    [
      'a command over 64 KiB',
      1002,
      Buffer.from(`O${JSON.stringify({ columns: 80, rows: 24, command: 'x'.repeat(64 * 1024 + 1) })}`),
    ],
    ['a position before the beginning', 1002, Buffer.from('O{"columns":80,"rows":24,"from":{"key":"k","bytes":-1}}')],
  ])('is closed that begins with %s', async (_, code, message) => {
    const { target, programs } = await serveTerminal();
    const client = new TerminalClient(target);
    await once(client.socket, 'open');
    client.socket.send(message);
    expect(await client.closed).toEqual({ code, reason: expect.stringMatching(/\w/) });
    expect(programs).toEqual([]);
  });

  it.each<[what: string, code: number, message: Buffer | string]>([
    ['text', 1002, 'Ils'],
    ['an unknown letter', 1002, Buffer.from('X')],
    ['a letter of the server’s', 1002, Buffer.from('Dtext')],
    ['a second opening', 1002, Buffer.from(`O${OPENING}`)],
    ['no keys', 1002, Buffer.from('I')],
    ['half a size', 1002, Buffer.from([83, 0, 80])],
    ['half a credit', 1002, Buffer.from([84, 0])],
    ['credit for what it never got', 1008, Buffer.concat([Buffer.from('T'), u32(4_000_000_000)])],
    ['a message of more than a window', 1009, Buffer.alloc((128 << 10) + 2, 'I')],
  ])('is closed when it continues with %s, and its terminal keeps running', async (_, code, message) => {
    const { target, programs } = await serveTerminal();
    const client = await openTerminal(target);
    client.socket.send(message);
    expect((await client.closed).code).toBe(code);
    const again = await openTerminal(target, { from: client.from });
    expect(again.beginning).toEqual(client.beginning);
    expect(programs.length).toBe(1);
  });

  it('is cut when it sends a message byte by byte', async () => {
    const { send } = await serveTerminal();
    const client = send(HANDSHAKE).setNoDelay();
    let answers = 0;
    client.on('data', () => (answers += 1)).resume();
    await soon(() => expect(answers).toBeGreaterThan(0));
    client.write(Buffer.concat([Buffer.from([0x82, 0xff, 0, 0, 0, 0, ...u32(128 << 10)]), Buffer.alloc(4)]));
    let sentBytes = 0;
    for (; sentBytes < 128 << 10 && !client.destroyed && !client.readableEnded; sentBytes += 1) {
      client.write('I');
      await turn();
    }
    expect(sentBytes).toBeLessThan(64 << 10);
  });

  it('is closed when it requests nothing in time', async () => {
    const { target } = await serveTerminal({ deadlines: { openingMs: 50, heartbeatMs: 60_000, silentMs: 60_000 } });
    const client = new TerminalClient(target);
    expect((await client.closed).code).toBe(1008);
  });

  it('is cut when it gives no sign of life, and only then', async () => {
    const { target } = await serveTerminal({ deadlines: { openingMs: 60_000, heartbeatMs: 100, silentMs: 1000 } });
    const dead = new WebSocket(target.url, { autoPong: false });
    const alive = new TerminalClient(target);
    let pings = 0;
    alive.socket.on('ping', () => (pings += 1));
    await once(dead, 'close');
    const before = pings;
    await soon(() => expect(pings).toBeGreaterThan(before + 15));
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is cut when it reads nothing but claims to have drawn everything', async () => {
    const { target, programs, shownBytes, leaves } = await serveTerminal();
    const client = await openTerminal(target, { draws: false });
    const { tty } = programs[0]!;
    const flood = async (): Promise<void> => {
      for (let mebibytes = 0; mebibytes < 256; mebibytes += 1)
        if (!tty.write(Buffer.alloc(1 << 20, 'y'))) await once(tty, 'drain');
    };
    void flood();
    client.socket.pause();
    let toldBytes = 0;
    await soon(() => {
      if (shownBytes() > toldBytes && leaves() === 0) client.send('T', u32(shownBytes() - toldBytes));
      toldBytes = shownBytes();
      expect(leaves()).toBe(1);
    });
    // What the kernel buffers for it, and our own bound.
    expect(toldBytes).toBeLessThan(64 << 20);
    client.socket.resume();
    expect((await client.closed).code).toBe(1006);
  });

  it('does no harm with bytes right after the handshake that violate the protocol', async () => {
    const { send, target } = await serveTerminal();
    for (const bytes of [
      '\xff\xff\xff\xff',
      '\x81\x05hello',
      '\x82\xff\x00\x00\x00\xff\xff\xff\xff\xff1234',
      '\x89\xfe',
    ])
      send(HANDSHAKE).write(Buffer.from(bytes, 'latin1'));
    await ended(send(`${HANDSHAKE}\x8f\x8f`).resume());
    const client = await openTerminal(target);
    expect(client.beginning).toBeDefined();
  });

  it('leaves its terminal when it is cut while the terminal is being opened', async () => {
    const { target, leaves, closes, holdBack } = await serveTerminal({
      deadlines: { openingMs: 60_000, heartbeatMs: 50, silentMs: 200 },
    });
    let letGo: () => void = () => undefined;
    holdBack(new Promise((settle) => (letGo = settle)));
    const client = new WebSocket(target.url, { autoPong: false });
    await once(client, 'open');
    client.send(Buffer.from(`O${OPENING}`));
    await soon(() => expect(closes()).toBe(1));
    letGo();
    await soon(() => expect(leaves()).toBe(1));
  });
});

it('requests for other protocols are answered like any other', async () => {
  const { url, send } = await serveTerminal();
  for (const [path, upgrade] of [
    ['/plain', 'h2c'],
    ['/plain', 'websocket'],
    [PATH, 'h2c'],
  ] as const) {
    const socket = send(head('GET', path, 'Connection: Upgrade, close', `Upgrade: ${upgrade}`));
    let answer = '';
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString())).resume();
    await once(socket, 'close');
    expect([path, upgrade, answer]).toEqual([
      path,
      upgrade,
      expect.stringMatching(path === PATH ? /^HTTP\/1.1 404/ : /^HTTP\/1.1 200[^]*as ever$/),
    ]);
  }
  expect(await (await fetch(`${url}/plain`)).text()).toBe('as ever');
});
