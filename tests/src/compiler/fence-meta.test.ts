import { describe, expect, test } from 'vitest';
import { parseMeta } from '../../../src/compiler/fence-meta.ts';

describe('a fence’s meta', () => {
  test('consists of words and options', () => {
    const meta = parseMeta('run user=root title="two words" background');
    expect(meta.words).toEqual(['run', 'background']);
    expect([...meta.options]).toEqual([
      ['user', 'root'],
      ['title', 'two words'],
    ]);
    expect(meta.faults).toEqual([]);
  });

  test('may be empty', () => {
    expect(parseMeta('')).toEqual({ words: [], options: new Map(), faults: [] });
  });

  test.each(['title="open', 'user=a user=b', 'run run', '=x', 'a"b'])('%s is faulty', (source) => {
    expect(parseMeta(source).faults).toHaveLength(1);
  });
});
