import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../src/protocol/body-reader.ts';
import { MessageReader, MESSAGE_CAP_BYTES } from '../../src/protocol/message-reader.ts';
import { complete, dataRow, query } from '../../src/protocol/messages.ts';
import { readRow } from '../../src/protocol/read-message.ts';

describe('MessageReader', () => {
  it('cuts messages out of a stream, however it is split into chunks', () => {
    const reader = new MessageReader();
    const seen: string[] = [];
    for (const byte of Buffer.concat([query('SELECT 1'), complete('SELECT 1')])) {
      reader.push(Buffer.from([byte]));
      for (let message = reader.next(); message; message = reader.next())
        seen.push(`${message.type} ${new BodyReader(message.body).text()}`);
    }
    expect(seen).toEqual(['Q SELECT 1', 'C SELECT 1']);
  });

  it.each([3, -1, MESSAGE_CAP_BYTES + 1])('refuses a length of %d before it buffers anything', (size) => {
    const head = Buffer.alloc(5, 'Q');
    head.writeInt32BE(size, 1);
    const reader = new MessageReader();
    reader.push(head);
    expect(() => reader.next()).toThrow(/out of bounds/);
  });
});

describe('MessageReader that skips what is too large', () => {
  it('goes on with what follows, however it is split into chunks', () => {
    const large = Buffer.alloc(MESSAGE_CAP_BYTES + 10, 'D');
    large.writeInt32BE(large.length - 1, 1);
    const stream = Buffer.concat([query('a'), large, large, query('b')]);
    for (const size of [stream.length, 1 << 20, 65_537]) {
      const reader = new MessageReader({ skipsLarge: true });
      const seen: string[] = [];
      for (let at = 0; at < stream.length; at += size) {
        reader.push(stream.subarray(at, at + size));
        for (let message = reader.next(); message; message = reader.next())
          seen.push(message.isSkipped ? 'skipped' : new BodyReader(message.body).text());
      }
      expect(seen).toEqual(['a', 'skipped', 'skipped', 'b']);
    }
  });
});

describe('messages', () => {
  it('are read as they were written, including NULLs', () => {
    const reader = new MessageReader();
    reader.push(dataRow(['a', null, '']));
    expect(readRow(reader.next()!.body).map((value) => value?.toString() ?? null)).toEqual(['a', null, '']);
  });

  it('are refused when a value is longer than the message', () => {
    const body = Buffer.from([0, 1, 0, 0, 0, 9, 65]);
    expect(() => readRow(body)).toThrow(RangeError);
  });
});
