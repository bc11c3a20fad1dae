import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Outbox } from '../../src/wire/outbox.ts';

const HOLD_BYTES = 16 << 10;

it('held bytes can be taken back to a mark, and sent ones cannot', () => {
  const stream = new PassThrough();
  const outbox = new Outbox(stream);
  outbox.put(Buffer.from('kept'));
  const mark = outbox.mark();
  outbox.put(Buffer.from(' lost'));
  expect(outbox.rewind(mark)).toBe(true);
  outbox.flush();
  expect(String(stream.read())).toBe('kept');
  expect(outbox.rewind(mark)).toBe(false);
});

it('more than 16 KiB are sent at once, and reported', () => {
  const stream = new PassThrough();
  const outbox = new Outbox(stream);
  let flushes = 0;
  outbox.onFlush = () => flushes++;
  outbox.put(Buffer.alloc(HOLD_BYTES));
  expect(flushes).toBe(0);
  outbox.put(Buffer.alloc(1));
  expect(flushes).toBe(1);
  expect((stream.read() as Buffer).length).toBe(HOLD_BYTES + 1);
});

it('nothing is added while it is muted', () => {
  const stream = new PassThrough();
  const outbox = new Outbox(stream);
  outbox.muted = true;
  outbox.put(Buffer.from('told before'));
  outbox.muted = false;
  outbox.flush();
  expect(stream.read()).toBeNull();
});
