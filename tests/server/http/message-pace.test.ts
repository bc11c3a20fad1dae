import { expect, it, onTestFinished, vi } from 'vitest';
import { MessagePace } from '../../../server/http/message-pace.ts';
import { soon } from '../sandbox/terminals.ts';

it('a client that sends messages faster than anybody needs has to wait', async () => {
  const client = { pause: vi.fn(), resume: vi.fn() };
  const pace = new MessagePace(client);
  for (let message = 0; message < 499; message += 1) pace.count();
  expect(client.pause).not.toHaveBeenCalled();
  for (let message = 0; message < 9000; message += 1) pace.count();
  expect(client.pause).toHaveBeenCalledOnce();
  await soon(() => expect(client.resume).toHaveBeenCalledOnce());
  pace.count();
  expect(client.pause).toHaveBeenCalledOnce();
});

it('a held client waits until it is released, and for its rate', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const client = { pause: vi.fn(), resume: vi.fn() };
  const pace = new MessagePace(client);
  pace.hold();
  for (let message = 0; message < 1000; message += 1) pace.count();
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.resume).not.toHaveBeenCalled();
  for (let message = 0; message < 1000; message += 1) pace.count();
  pace.release();
  expect(client.resume).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.resume).toHaveBeenCalledOnce();
});
