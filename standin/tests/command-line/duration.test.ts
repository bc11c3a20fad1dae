import { describe, expect, it } from 'vitest';
import { checkDuration, parseDuration } from '../../src/command-line/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['24h', 86_400_000],
    ['1h30m', 5_400_000],
    ['1ms', 1],
    ['1.5s', 1500],
    ['0', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', 'h', '1x', '1h 2m'])('refuses %j', (text) => {
    expect(checkDuration(text)).toBe(`time: invalid duration ${JSON.stringify(text)}`);
  });
});
