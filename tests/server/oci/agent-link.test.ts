import { duplexPair } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import type { FrameKind } from '../../../server/agent/frame-protocol.ts';
import { encodeFrame } from '../../../server/agent/frames.ts';
import { AgentLink } from '../../../server/oci/agent-link.ts';
import type { ProcessRequest } from '../../../server/oci/container.ts';
import { pretend } from './pretended-agent.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('closes when the agent does not answer, and not while it does', async () => {
  vi.useFakeTimers();
  const [ours, theirs] = duplexPair();
  const link = new AgentLink(ours, () => undefined);
  theirs.resume();
  for (let i = 0; i < 20; i += 1) {
    await vi.advanceTimersByTimeAsync(5000);
    theirs.write(encodeFrame('ping', 0));
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(link.isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await link.closed).toBe('the agent did not answer');
});

test('does not mistake a pause of its own process for the agent’s silence', async () => {
  vi.useFakeTimers();
  const [ours, theirs] = duplexPair();
  const link = new AgentLink(ours, () => undefined);
  theirs.resume();
  await vi.advanceTimersByTimeAsync(1);
  // A minute in which no timer ran: one ping becomes due.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
  await vi.advanceTimersByTimeAsync(5000);
  expect(link.isClosed).toBe(false);
  link.close('the test is over');
});

const RUN: ProcessRequest = { account: 'reader', argv: ['x'], timeoutMs: 1000, outputBytes: 10 };

test.each<[string, FrameKind, string]>([
  ['more output than asked for', 'stdout', '12345678901'],
  ['an end that is no JSON', 'exit', '{'],
  ['an end that is no object', 'exit', 'null'],
  ['an exit code of 256', 'exit', '{"exitCode":256,"ms":1}'],
  ['an exit code that is a text', 'exit', '{"exitCode":"0","ms":1}'],
  ['a kind that is not of runs', 'file-bytes', 'x'],
])('a run is lost, and the container with it, by %s', async (_, kind, payload) => {
  const { container, answer, removed } = pretend();
  const running = container.run(RUN, () => undefined);
  answer(kind, 1, payload);
  await expect(running.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
  expect((await container.closed).reason).toContain('broke the protocol');
  await container.dispose();
  expect(removed()).toBe(1);
});

test('frames of streams that have ended or never existed change nothing', async () => {
  const { container, answer } = pretend();
  const running = container.run(RUN, () => undefined);
  answer('exit', 99, '{');
  answer('stdout', 0, 'x');
  answer('exit', 1, '{"exitCode":0,"ms":1,"cut":"by whim"}');
  expect(await running.ended).toEqual({ exitCode: 0, ms: 1 });
  answer('exit', 1, '{');
  const writing = container.writeFile('reader', 'x', 'x');
  answer('yes', 2);
  await writing;
});

test('a file with more bytes than requested is not accepted', async () => {
  const { container, answer } = pretend();
  const reading = container.readFile('engine', 'x', 3);
  answer('file-bytes', 1, '1234');
  await expect(reading).rejects.toMatchObject({ code: 'sandbox-lost' });
});

test('a tunnel that exceeds its window ends the container', async () => {
  const { container, answer } = pretend();
  const stream = container.connect(1);
  answer('opened', 1);
  for (let i = 0; i < 6; i += 1) answer('data', 1, Buffer.alloc(65_536));
  expect((await container.closed).reason).toContain('window');
  await vi.waitFor(() => expect(stream.destroyed).toBe(true));
});

test('the agent’s error words reach nobody: known ones become our sentences, others internal errors', async () => {
  const { container, answer } = pretend();
  const refused = async (asked: Promise<unknown>, stream: number, word: string): Promise<unknown> => {
    answer('no', stream, word);
    return await asked.catch((failure: unknown) => failure);
  };
  expect(await refused(container.writeFile('reader', 'a.py', 'x'), 1, 'ENOSPC')).toMatchObject({
    code: 'file-refused',
    message: 'a.py could not be written: no space is left in its place.',
  });
  const said = '<b>constructor</b> of my own';
  const ours = [
    await refused(container.writeFile('reader', 'a.py', 'x'), 2, said),
    await refused(container.readFile('reader', 'a.py', 9), 3, 'constructor'),
    await refused(container.startEngine(['cockroach']), 4, said),
    await refused(container.preload(['pony']), 5, said),
  ] as { code: string; message: string; cause: string }[];
  expect(ours.map(({ code }) => code)).toEqual(['internal', 'internal', 'unavailable', 'internal']);
  for (const { message, cause } of ours) {
    expect(message).not.toContain('constructor');
    expect(cause).toContain('constructor');
  }
});
