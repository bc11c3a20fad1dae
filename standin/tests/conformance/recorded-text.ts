import { CAPTURES, type CaptureKinds } from '../../../shared/expectation/captures.ts';
import { matcherOf, type Matcher } from '../../../shared/expectation/matcher.ts';

/**
 * The captures of recordings, which contain whole texts and values rather than lines: `any` may span several lines, and
 * a `word` ends at punctuation.
 */
const RECORDED: CaptureKinds = {
  ...CAPTURES,
  word: { pattern: String.raw`[^\s,;()'"]+` },
  any: { pattern: String.raw`[\s\S]*?` },
};

/** Returns a matcher for a recorded text with captures; `known` holds the values of labels so far. See `matcherOf`. */
export function recordedMatcher(expected: string, known: ReadonlyMap<string, string> = new Map()): Matcher {
  return matcherOf(expected, known, RECORDED);
}
