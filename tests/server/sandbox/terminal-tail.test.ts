import { describe, expect, it } from 'vitest';
import { TAIL_BYTES, TerminalTail } from '../../../server/sandbox/terminal-tail.ts';

/** Returns everything that is kept from a position on. */
function rest(tail: TerminalTail, from: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = from; at < tail.end; at += pieces.at(-1)!.length) pieces.push(tail.read(at, 1 << 20));
  return Buffer.concat(pieces);
}

/** Returns bytes from which their position can be read. */
function numbered(bytes: number): Buffer {
  return Buffer.from(
    Array.from({ length: Math.ceil(bytes / 8) }, (_, n) => String(n * 8).padStart(8, '.')).join(''),
  ).subarray(0, bytes);
}

/** Returns a tail that has dropped `gone` and keeps `held`. */
function beginningWith(gone: string, held: string): TerminalTail {
  const tail = new TerminalTail();
  tail.append(Buffer.from(gone));
  const text = Buffer.from(held);
  tail.append(Buffer.concat([text, Buffer.alloc(TAIL_BYTES - text.length, '.')]));
  expect(tail.start).toBe(Buffer.byteLength(gone));
  return tail;
}

/** Returns what a new screen gets first, and what follows, up to a full stop. */
function drawn(tail: TerminalTail): [restoring: string, text: string] {
  const { bytes, restoring } = tail.entry();
  return [restoring.toString(), /^[^.]*/.exec(rest(tail, bytes).toString())![0]];
}

describe('the tail of a terminal', () => {
  it('keeps every byte at its position while there are few', () => {
    const tail = new TerminalTail();
    const all = numbered(10_000);
    for (let at = 0; at < all.length; at += 7) tail.append(all.subarray(at, Math.min(at + 7, all.length)));
    expect([tail.start, tail.end]).toEqual([0, 10_000]);
    expect(rest(tail, 0).equals(all)).toBe(true);
    expect(tail.read(8, 8).toString()).toBe('.......8');
    expect(tail.entry()).toEqual({ bytes: 0, restoring: Buffer.alloc(0) });
  });

  it.each([1, 1000, 65_536, 700_000])('keeps the last of many that arrive in chunks of %i', (piece) => {
    const tail = new TerminalTail();
    const all = numbered(700_000);
    // Single bytes would take long: the last part is enough.
    const from = piece === 1 ? 650_000 : 0;
    tail.append(all.subarray(0, from));
    for (let at = from; at < all.length; at += piece) tail.append(all.subarray(at, Math.min(at + piece, all.length)));
    expect([tail.start, tail.end]).toEqual([700_000 - TAIL_BYTES, 700_000]);
    expect(rest(tail, tail.start).equals(all.subarray(tail.start))).toBe(true);
    expect(rest(tail, 699_000).equals(all.subarray(699_000))).toBe(true);
  });
});

describe('a new screen is drawn from the first clean place', () => {
  it.each<[what: string, gone: string, held: string, text: string]>([
    ['text', 'before', 'after', 'after'],
    ['a colour', 'x\x1b[3', '1;1mred', 'red'],
    ['a colour, cut at its first byte', 'x\x1b', '[31mred', 'red'],
    ['a sequence right behind another', 'x\x1b[3', '1m\x1b[1mred', '\x1b[1mred'],
    ['a title', 'x\x1b]0;my ti', 'tle\x07text', 'text'],
    ['a title with the other end', 'x\x1b]0;my ti', 'tle\x1b\\text', 'text'],
    ['a link', 'x\x1b]8;;http://a', 'b/\x07text', 'text'],
    ['a character set', 'x\x1b(', 'Btext', 'text'],
    ['a sequence that is broken off', 'x\x1b[3', '1\x18text', 'text'],
  ])('after %s', (_, gone, held, text) => {
    expect(drawn(beginningWith(gone, held))).toEqual(['', text]);
  });

  it('after a character of several bytes', () => {
    const tail = new TerminalTail();
    tail.append(Buffer.from('x€').subarray(0, 2));
    tail.append(Buffer.concat([Buffer.from('€').subarray(1), Buffer.from('text'), Buffer.alloc(TAIL_BYTES - 6, '.')]));
    expect(drawn(tail)).toEqual(['', 'text']);
  });

  it('soon, when a title never ends', () => {
    const tail = beginningWith('x\x1b]0;', 'endless');
    expect(tail.entry().bytes - tail.start).toBeLessThanOrEqual(8192);
  });

  it('in the modes that the program has switched on, and not in those that it has left', () => {
    expect(drawn(beginningWith('\x1b[?1049h\x1b[?2004h\x1b[?2004l\x1b[?25l\x1b[?1h\x1b[2J', 'text'))).toEqual([
      '\x1b[?1;1049h\x1b[?25l',
      'text',
    ]);
    expect(drawn(beginningWith('\x1b[?1049;25h\x1b[?10', '49ltext'))).toEqual(['', 'text']);
    expect(drawn(beginningWith('\x1b[?1049h\x1bc', 'text'))).toEqual(['', 'text']);
    // No longer than what it replaces.
    expect(drawn(beginningWith('\x1b[?1;1049;2004h', 'text'))).toEqual(['\x1b[?1;1049;2004h', 'text']);
    expect(
      drawn(beginningWith('\x1b[?31337h\x1b[4h\x1b[25l\x1b[1?25l\x1b[?25$l\x1b[?1047hx\x1b[!p\x1b[?1047l', 'text')),
    ).toEqual(['', 'text']);
    expect(drawn(beginningWith(`\x1b[?${'9'.repeat(5000)};7;;0025l`, 'text'))).toEqual(['\x1b[?7;25l', 'text']);
  });

  it.each([
    ['modes', '\x1b[?1h'],
    ['all modes', '\x1b[?1;7;25;47;1000;1002;1003;1004;1006;1047;1049;2004l'],
    ['numbers that are not there', `\x1b[?${';'.repeat(60)}h`],
    ['numbers', `\x1b[${'1'.repeat(60)}m`],
    ['titles', `\x1b]0;${'a'.repeat(60)}\x07`],
  ])('at a cost that %s do not raise by much, for everybody would wait', (_, sequence) => {
    expect(usedMs(sequence) / usedMs('\x1b')).toBeLessThan(8);
  });
});

/** Measures the processor time in which a warmed-up tail accepts mebibytes of this sequence. */
function usedMs(sequence: string): number {
  const piece = Buffer.from(sequence.repeat(Math.ceil((64 << 10) / sequence.length)));
  const tail = new TerminalTail();
  const append = (times: number): void => {
    for (let time = 0; time < times; time += 1) tail.append(piece);
  };
  append(100);
  const before = process.cpuUsage().user;
  append(100);
  return (process.cpuUsage().user - before) / 1000;
}
