import { describe, expect, it } from 'vitest';
import { NEW_SENTENCE, pasteSentences, PROGRAM_GETS_IT } from '../../../src/sentences/terminal-sentences.ts';

describe('the terminal', () => {
  it('says before a paste what each line does, what is left out, and how much is shown', () => {
    expect(pasteSentences({ runs: false, leftOut: 0, shown: undefined })).toEqual([]);
    expect(pasteSentences({ runs: true, leftOut: 2, shown: 100 })).toEqual([
      'Each complete line runs at once.',
      '2 control characters are left out.',
      'The first 100 are shown.',
    ]);
  });

  it('says which program is there', () => {
    expect(PROGRAM_GETS_IT).toBe('The program that is running in the terminal gets it.');
    expect(NEW_SENTENCE).toBe('The program that ran here has ended; this is a new one.');
  });
});
