import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { sendCancelRequest } from '../../src/protocol/cancel.ts';
import { MessageReader } from '../../src/protocol/message-reader.ts';
import { cancelRequest, STARTUP, startupMessage } from '../../src/protocol/startup.ts';

const KEY = Buffer.from([0, 0, 0, 7, 1, 2, 3, 4]);
const CAP_BYTES = 100;

it('a startup message and a cancel request are read as they were written', () => {
  const reader = new MessageReader();
  reader.push(Buffer.concat([startupMessage('root', 'bank'), cancelRequest(KEY)]));
  const startup = reader.nextStartup(CAP_BYTES)!;
  expect(startup.readInt32BE(0)).toBe(STARTUP.version3);
  expect(startup.subarray(4).toString()).toBe('user\0root\0database\0bank\0\0');
  const cancel = reader.nextStartup(CAP_BYTES)!;
  expect(cancel.readInt32BE(0)).toBe(STARTUP.cancelRequest);
  expect(cancel.subarray(4)).toEqual(KEY);
});

it('a cancel request goes over a separate connection, which then ends', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const came = new Promise<Buffer>((settle) =>
    server.once('connection', (socket) => settle(socket.toArray().then((chunks) => Buffer.concat(chunks)))),
  );
  void sendCancelRequest({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, KEY);
  expect(await came).toEqual(cancelRequest(KEY));
  server.close();
});
