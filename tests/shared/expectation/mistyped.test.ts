import { describe, expect, it } from 'vitest';
import { CAPTURE_NOTES, CAPTURES } from '../../../shared/expectation/captures.ts';
import { compareOutput } from '../../../shared/expectation/compare.ts';
import { expectedFor, mistypedIn } from '../../../shared/expectation/mistyped.ts';

const fits = (text: string, printed: string): boolean =>
  compareOutput({ text, unordered: false }, printed, new Map()).fits;

describe('a word in braces', () => {
  it('is told as mistyped with its line and what was meant, if it is one slip away from a capture', () => {
    expect(mistypedIn('{int} {itn:a}\n{primary}\n{uud} \\{itn}')).toEqual([
      { source: '{itn:a}', meant: 'int', line: 0 },
      { source: '{uud}', meant: 'uuid', line: 2 },
    ]);
  });

  it('that a step printed can be expected as it is', () => {
    for (const printed of ['{int}', '{itn}', '{primary}', String.raw`\{int} \\{x}`, '{integer:a} {}', '{a,b}']) {
      expect(fits(expectedFor(printed), printed)).toBe(true);
      expect(mistypedIn(expectedFor(printed))).toEqual([]);
    }
    expect(expectedFor('{primary} {a,b}')).toBe('{primary} {a,b}');
  });
});

describe('the captures', () => {
  it('are all explained, each with an example that fits', () => {
    expect(Object.keys(CAPTURE_NOTES)).toEqual(Object.keys(CAPTURES));
    for (const [name, { about, example }] of Object.entries(CAPTURE_NOTES)) {
      expect(about).toMatch(/^\p{Lu}.*\.$/u);
      expect(example[0]).toContain(`{${name}}`);
      expect(fits(...(example as [string, string]))).toBe(true);
    }
  });
});
