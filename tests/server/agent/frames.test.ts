import { describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES } from '../../../server/agent/frame-protocol.ts';
import { encodeFrame, FrameDecoder } from '../../../server/agent/frames.ts';

function collect(): { reader: FrameDecoder; seen: [string, number, string][] } {
  const seen: [string, number, string][] = [];
  return { reader: new FrameDecoder((kind, stream, payload) => seen.push([kind, stream, payload.toString()])), seen };
}

describe('the frame reader', () => {
  const bytes = Buffer.concat([
    encodeFrame('stdout', 1, Buffer.from('one')),
    encodeFrame('ping', 0),
    encodeFrame('exit', 0xffff_ffff, Buffer.from('three')),
  ]);
  const frames = [
    ['stdout', 1, 'one'],
    ['ping', 0, ''],
    ['exit', 0xffff_ffff, 'three'],
  ];

  test.each([1, 2, 3, 8, 9, 10, 11, bytes.length])('assembles frames from chunks of %i bytes', (size) => {
    const { reader, seen } = collect();
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    expect(seen).toEqual(frames);
  });

  test('accepts a frame of the maximum length, and refuses a longer one before its bytes arrive', () => {
    const { reader, seen } = collect();
    reader.push(encodeFrame('stdout', 7, Buffer.alloc(MAX_FRAME_BYTES, 'x')));
    expect(seen[0]?.[2]).toHaveLength(MAX_FRAME_BYTES);
    const head = encodeFrame('stdout', 7, Buffer.alloc(0));
    head.writeUInt32BE(MAX_FRAME_BYTES + 1, 5);
    expect(() => reader.push(head)).toThrow(RangeError);
  });
});
