import { describe, expect, test } from 'vitest';
import { nearest } from '../../../shared/command-line/nearest.mjs';

describe('nearest', () => {
  test.each([
    ['rnu', ['run', 'background'], 'run'],
    ['Secure', ['secure', 'insecure'], 'secure'],
    ['pony-basic-sampel.py', ['pony-basic-sample.py', 'peewee-basic-sample.py'], 'pony-basic-sample.py'],
    ['pythn', ['shell', 'sql', 'python'], 'python'],
  ])('%s among %j was meant as %s', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  test.each([
    ['elephant', ['run', 'background']],
    ['x', ['y']],
    ['', ['run']],
    ['anything', []],
  ])('%s among %j is near to nothing', (word, candidates) => {
    expect(nearest(word, candidates)).toBeUndefined();
  });
});
