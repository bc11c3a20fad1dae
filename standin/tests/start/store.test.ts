import { describe, expect, it } from 'vitest';
import { readStore, showStore } from '../../src/start/store.ts';

describe('readStore', () => {
  it.each([
    ['type=mem,size=64MiB', 'store size (64MiB) must be larger than 640 MiB'],
    ['type=mem', 'size must be specified for an in memory store'],
    ['type=nosuch', 'nosuch is not a valid store type'],
    ['type=mem,size=640MiB,path=x', 'path specified for in memory store'],
    ['color=blue', 'color is not a valid store field'],
  ])('refuses %s', (value, why) => {
    expect(readStore(value)).toBe(why);
  });

  it.each([
    ['type=mem,size=640MiB', 'type=mem,size=640 MiB'],
    ['path=/data/a', 'path=/data/a'],
    ['/data/b', 'path=/data/b'],
  ])('names %s as the banner does', (value, shown) => {
    const store = readStore(value);
    expect(typeof store === 'object' && showStore(store)).toBe(shown);
  });
});
