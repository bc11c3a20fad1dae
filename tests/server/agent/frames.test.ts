import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameReader, MAX_FRAME_BYTES } from '../../../server/agent/frames.ts';

function collect(): { reader: FrameReader; seen: [string, number, string][] } {
  const seen: [string, number, string][] = [];
  return { reader: new FrameReader((kind, stream, payload) => seen.push([kind, stream, payload.toString()])), seen };
}

describe('the frame reader', () => {
  const bytes = Buffer.concat([
    encodeFrame('O', 1, Buffer.from('one')),
    encodeFrame('P', 0),
    encodeFrame('X', 0xffff_ffff, Buffer.from('three')),
  ]);
  const frames = [
    ['O', 1, 'one'],
    ['P', 0, ''],
    ['X', 0xffff_ffff, 'three'],
  ];

  test.each([1, 2, 3, 8, 9, 10, 11, bytes.length])('puts frames together from pieces of %i bytes', (size) => {
    const { reader, seen } = collect();
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    expect(seen).toEqual(frames);
  });

  test('takes a frame of the greatest length, and refuses a longer one before its bytes have come', () => {
    const { reader, seen } = collect();
    reader.push(encodeFrame('O', 7, Buffer.alloc(MAX_FRAME_BYTES, 'x')));
    expect(seen[0]?.[2]).toHaveLength(MAX_FRAME_BYTES);
    const head = encodeFrame('O', 7, Buffer.alloc(0));
    head.writeUInt32BE(MAX_FRAME_BYTES + 1, 5);
    expect(() => reader.push(head)).toThrow(RangeError);
  });
});
