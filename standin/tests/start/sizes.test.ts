import { describe, expect, it } from 'vitest';
import { readSize, showSize } from '../../src/start/sizes.ts';

describe('readSize', () => {
  it.each([
    ['64MiB', '64 MiB'],
    ['1.5GiB', '1.5 GiB'],
    ['1024', '1 KiB'],
    ['25%', '25%'],
    ['.25', '25%'],
  ])('reads %s', (text, shown) => {
    const size = readSize(text);
    expect(typeof size === 'object' && showSize(size)).toBe(shown);
  });

  it.each([
    ['nonsense', 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['5 apples', 'unhandled size name: apples'],
  ])('refuses %s', (text, why) => {
    expect(readSize(text)).toBe(why);
  });
});
