import { describe, expect, it } from 'vitest';
import { readParts, UsageError } from '../../../commands/bench/arguments.ts';
import type { Part } from '../../../commands/bench/parts.ts';

const run = (): void => undefined;
const all: Part[] = [
  { name: 'starts', run },
  { name: 'crowd', count: { of: 'readers', usual: 50 }, run },
  { name: 'leaks', count: { of: 'rounds', usual: 2000 }, onlyNamed: true, run },
];
const wanted = (...args: string[]): [string, number][] =>
  readParts(args, all).map(({ part, count }) => [part.name, count]);

describe('what is measured', () => {
  it('is everything that does not take too long, unless told otherwise', () => {
    expect(wanted()).toEqual([
      ['starts', Number.NaN],
      ['crowd', 50],
    ]);
  });

  it('is what is named, as often as the number after a name says', () => {
    expect(wanted('leaks')).toEqual([['leaks', 2000]]);
    expect(wanted('crowd', '7', 'starts')).toEqual([
      ['crowd', 7],
      ['starts', Number.NaN],
    ]);
  });

  it.each([
    [['crowds'], 'There is no part crowds. The parts are: starts, crowd [readers], leaks [rounds].'],
    [['--all'], 'There is no part --all.'],
    [['7'], 'There is no part 7.'],
    [['starts', '7'], 'The part starts takes no number.'],
    [['crowd', '0'], 'The part crowd needs at least 1 of its readers.'],
  ])('makes no sense as %s, and the sentence says why', (args, sentence) => {
    expect(() => wanted(...args)).toThrow(UsageError);
    expect(() => wanted(...args)).toThrow(sentence);
  });
});
