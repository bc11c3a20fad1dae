import { describe, expect, it } from 'vitest';
import { readPasted } from '../../../src/terminal/pasted-text.ts';

describe('what is pasted', () => {
  it('is entered unchanged when it is part of a line', () => {
    expect(readPasted('SELECT 1;')).toEqual({ text: 'SELECT 1;', lines: ['SELECT 1;'], leftOut: 0, asks: false });
  });

  it.each([
    ['two lines', 'a\nb', ['a', 'b']],
    ['a line that would run at once', 'rm -r x\n', ['rm -r x']],
    ['lines of another system', 'a\r\nb\r', ['a', 'b']],
  ])('asks about %s', (_, pasted, lines) => {
    expect(readPasted(pasted)).toMatchObject({ lines, asks: true, leftOut: 0 });
  });

  it('loses what could control the terminal or deceive the eye, and needs confirmation', () => {
    expect(readPasted('ls \x1b[201~\x03\u202e;evil\x07')).toEqual({
      text: 'ls [201~;evil',
      lines: ['ls [201~;evil'],
      leftOut: 4,
      asks: true,
    });
    expect(readPasted('a\tb')).toMatchObject({ text: 'a\tb', asks: false });
  });
});
