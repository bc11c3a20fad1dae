import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WINDOW_BYTES, type FrameKind } from '../../../server/agent/frame-protocol.ts';
import type { TerminalRequest } from '../../../server/oci/container.ts';
import { pretend } from './pretended-agent.ts';

const REQUEST: TerminalRequest = { number: 1, argv: ['x'], columns: 80, rows: 24 };
const CHUNK = Buffer.alloc(64 << 10);

test('a terminal passes its request on to the agent', async () => {
  const { container, heard } = pretend();
  container.openTerminal({ ...REQUEST, number: 2, env: { A: 'b' }, columns: 0, rows: 5000 });
  await expect
    .poll(() => heard.map(({ kind, payload }) => [kind, JSON.parse(payload.toString()) as unknown]))
    .toEqual([['open-terminal', { number: 2, argv: ['x'], env: { A: 'b' }, columns: 80, rows: 24 }]]);
  await container.dispose();
});

test.each<[string, [FrameKind, string | Buffer][]]>([
  ['more than its window', Array.from({ length: 6 }, () => ['data', CHUNK])],
  ['more taken than was sent', [['taken', Buffer.from([0, 0, 0, 1])]]],
  ['a number that is cut off', [['taken', 'x']]],
  ['an acknowledged size that was not sent', [['resize', '']]],
  ['an end that is no JSON', [['exit', '{']]],
  ['an end that is no object', [['exit', '7']]],
  ['an exit code of 256', [['exit', '{"exitCode":256}']]],
  ['an exit code below zero', [['exit', '{"exitCode":-1}']]],
  ['an end without an exit code', [['exit', '{}']]],
  ['the end of a tunnel', [['end', '']]],
  ['a kind that is not of terminals', [['stdout', 'x']]],
])('a terminal is lost, and the container with it, by %s', async (_, frames) => {
  const { container, answer, removed } = pretend();
  const terminal = container.openTerminal(REQUEST);
  terminal.stream.pause();
  answer('opened', 1);
  for (const [kind, payload] of frames) answer(kind, 1, payload);
  await expect(terminal.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
  expect((await container.closed).reason).toContain('broke the protocol');
  expect(terminal.stream.destroyed).toBe(true);
  await container.dispose();
  expect(removed()).toBe(1);
});

test('a flood after hanging up is dropped, and its number is in use until the agent has ended it', async () => {
  const { container, answer, heard } = pretend();
  const { stream, ended } = container.openTerminal(REQUEST);
  answer('opened', 1);
  stream.destroy();
  await expect.poll(() => heard.map(({ kind }) => kind)).toContain('close');
  for (let count = 0; count < 64; count += 1) answer('data', 1, CHUNK);
  expect(() => container.openTerminal(REQUEST)).toThrow('open already');
  answer('exit', 1, '{"exitCode":137}');
  expect(await ended).toEqual({ exitCode: 137 });
  expect(stream.readableLength).toBe(0);
  const again = container.openTerminal(REQUEST);
  await container.dispose();
  await expect(again.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
});

test('output before the end is read, and the end comes after it', async () => {
  const { container, answer } = pretend();
  const { stream, ended } = container.openTerminal(REQUEST);
  let said = '';
  answer('opened', 1);
  answer('data', 1, 'the last words');
  answer('exit', 1, '{"exitCode":3}');
  stream.write('nobody takes that any more');
  await setImmediate();
  stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  expect(await ended).toEqual({ exitCode: 3 });
  expect(said).toBe('the last words');
  await container.dispose();
});

test('keys wait until the agent has accepted earlier ones', async () => {
  const { container, answer, heard } = pretend();
  const { stream } = container.openTerminal(REQUEST);
  const typed = (): number =>
    heard.filter(({ kind }) => kind === 'data').reduce((sum, { payload }) => sum + payload.length, 0);
  stream.write(Buffer.alloc(2 * WINDOW_BYTES));
  await setImmediate();
  expect(typed()).toBe(0);
  answer('opened', 1);
  await expect.poll(typed).toBe(WINDOW_BYTES);
  answer('taken', 1, Buffer.from([0, 0, 0, 9]));
  await expect.poll(typed).toBe(WINDOW_BYTES + 9);
  await container.dispose();
});

test('of sizes that arrive while the agent handles one, it gets only the last', async () => {
  const { container, answer, heard } = pretend();
  const terminal = container.openTerminal(REQUEST);
  const sizes = (): number[][] =>
    heard
      .filter(({ kind }) => kind === 'resize')
      .map(({ payload }) => [payload.readUInt16BE(0), payload.readUInt16BE(2)]);
  for (let rows = 1; rows <= 1000; rows += 1) terminal.resize(100, rows);
  terminal.resize(0, 0);
  await expect.poll(sizes).toEqual([[100, 1]]);
  answer('resize', 1);
  await expect.poll(sizes).toEqual([
    [100, 1],
    [100, 1000],
  ]);
  answer('resize', 1);
  await setImmediate();
  expect(sizes()).toHaveLength(2);
  await container.dispose();
});
