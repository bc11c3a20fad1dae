import { partsOf } from './captures.ts';

/** Lines that share less are not taken for two forms of one line. */
export const SIMILAR = 0.5;

/** Longer lines are compared by their beginning. */
const MAX_CHARACTERS = 1000;

/** Returns how much of an expected and a printed line is the same, in any order: from 0 for nothing to 1. */
export function similarity(expected: string, actual: string): number {
  const fixed = partsOf(expected).map((part) => (typeof part === 'string' ? part : ' '));
  const [wanted, found] = [wordsOf(fixed.join('')), wordsOf(actual)];
  const left = new Map<string, number>();
  for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
  const shared = wanted.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return (2 * shared.length) / Math.max(1, wanted.length + found.length);
}

function wordsOf(line: string): string[] {
  return line.slice(0, MAX_CHARACTERS).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}
