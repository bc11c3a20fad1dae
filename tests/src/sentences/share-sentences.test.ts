import { describe, expect, it } from 'vitest';
import { shareSentence } from '../../../src/sentences/share-sentences.ts';

describe('a link to the page', () => {
  it.each([
    [0, undefined, 'Whoever opens the link sees this page. You have edited none of its code.'],
    [
      1,
      undefined,
      'Whoever opens the link sees this page, and is offered your code for 1 block; none of it runs by itself. ' +
        'The code is in the link, not on any server.',
    ],
    [
      2,
      'secure' as const,
      'Whoever opens the link sees this page in Secure mode, and is offered your code for 2 blocks; ' +
        'none of it runs by itself. The code is in the link, not on any server.',
    ],
  ])('with %d edits in mode %s: “%s”', (edits, mode, sentence) => {
    expect(shareSentence(edits, mode)).toBe(sentence);
  });
});
