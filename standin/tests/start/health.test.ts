import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHealth } from '../../src/start/health.ts';
import { freePorts } from '../support/free-ports.ts';

let port = 0;
let isDraining = false;
let close = (): void => undefined;
beforeAll(async () => {
  [port = 0] = await freePorts(1);
  close = await startHealth({ host: '127.0.0.1', port }, () => isDraining);
});
afterAll(() => close());

/** Returns the status of the answer to a request for a target, which is sent as it is. */
async function statusOf(target: string): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(socket, 'close');
  return /^HTTP\/1\.1 (\d+)/.exec(said)?.[1];
}

it('is 200, and 503 when it drains and is asked whether it is ready', async () => {
  expect([await statusOf('/health'), await statusOf('/health?ready=1')]).toEqual(['200', '200']);
  isDraining = true;
  expect([await statusOf('/health'), await statusOf('/health?ready=1')]).toEqual(['200', '503']);
});

it.each(['/', '//', 'http://[', '/:', '//:x', '/health/../x', '/%'])('is not found at %s', async (target) => {
  expect(await statusOf(target)).toBe('404');
  expect(await statusOf('/health')).toBe('200');
});
