import { expect, it } from 'vitest';
import { unfinishedBytes } from '../../../src/terminal/whole-bytes.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it.each([
  ['', 0],
  ['plain', 0],
  ['red \x1b[31m', 0],
  ['red \x1b[31', 4],
  ['red \x1b[', 2],
  ['an escape \x1b', 1],
  ['a title \x1b]0;so', 6],
  ['a title \x1b]0;so\x07', 0],
  ['a title \x1b]0;so\x1b\\', 0],
  ['a title that is about to end \x1b]0;so\x1b', 7],
  ['a character set \x1b(B', 0],
  ['half of one \x1b(', 2],
  ['a key pad \x1b=', 0],
])('%j ends with %i bytes of something that is not whole', (text, unfinished) => {
  expect(unfinishedBytes(bytes(text))).toBe(unfinished);
});

it('knows how much of a character has arrived', () => {
  for (const character of ['é', '€', '𝄞']) {
    const whole = bytes(`x${character}`);
    for (let length = 1; length <= whole.length; length += 1) {
      expect(unfinishedBytes(whole.subarray(0, length))).toBe(length === whole.length ? 0 : length - 1);
    }
  }
});

it('does not wait for a sequence without an end', () => {
  expect(unfinishedBytes(bytes(`\x1b]0;${'x'.repeat(400)}`))).toBe(0);
});
