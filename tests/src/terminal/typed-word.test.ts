import { describe, expect, it } from 'vitest';
import { TypedWord } from '../../../src/terminal/typed-word.ts';

const typed = (...keys: string[]): TypedWord => {
  const word = new TypedWord();
  for (const key of keys) word.note(key);
  return word;
};

describe('what is typed at a prompt with a late echo', () => {
  it('is on the screen only when all of it is', () => {
    const word = typed('r', 'o', 'u', 'n', 'd', '(', 'b', 'a', 'l');
    expect(word.isAtEndOf('select round(b')).toBe(false);
    expect(word.isAtEndOf('select round(ba')).toBe(false);
    expect(word.isAtEndOf('select round(bal')).toBe(true);
  });

  it('is shorter by what was erased', () => {
    expect(typed('b', 'a', 'x', '\x7f').isAtEndOf('select ba')).toBe(true);
    expect(typed('b', '\x7f', '\x7f').isAtEndOf('select ')).toBe(true);
  });

  it('restarts after any other key', () => {
    expect(typed('b', 'a', '\x1b[D').isAtEndOf('select b')).toBe(true);
    expect(typed('x', ' ').isAtEndOf('select ')).toBe(true);
  });
});
