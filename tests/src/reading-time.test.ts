import { describe, expect, test } from 'vitest';
import { minutesFor, wordsShown } from '../../src/reading-time.ts';
import { stepsIn } from '../../shared/step.ts';
import { buildFrom } from './compiler/build-page.ts';

describe('how long a page takes', () => {
  test.each([
    [1000, 0, 5],
    [0, 10, 5],
    [400, 10, 7],
    [250, 0, 1],
    [350, 0, 2],
    [20, 1, 1],
    [0, 0, 1],
  ])('with %i words and %i steps it is %i minutes', (words, steps, minutes) => {
    expect(minutesFor(words, steps)).toBe(minutes);
  });

  test('is derived from the text and steps that a reader of one mode sees, without code', () => {
    const page = buildFrom(
      [
        '## Two words',
        '',
        'Three *more* words – here:',
        '',
        '<Mode is="secure">',
        '',
        'Safely.',
        '',
        '```shell run',
        '$ ls -l certs',
        '```',
        '',
        '</Mode>',
        '',
        '<Mode is="insecure">',
        '',
        'Without any certificates.',
        '',
        '</Mode>',
        '',
        '```shell run',
        '$ ls',
        '```',
        '',
      ].join('\n'),
    );
    // The name of a mode's section counts too; the sign of a heading's link does not.
    expect([wordsShown(page.children, 'secure'), wordsShown(page.children, 'insecure')]).toEqual([8, 10]);
    expect([stepsIn(page.steps, 'secure').length, stepsIn(page.steps, 'insecure').length]).toEqual([2, 1]);
  });
});
