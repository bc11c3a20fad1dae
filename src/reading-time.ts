import type { Mode } from '../shared/protocol.ts';
import type { TreeNode } from './compiler/tree.ts';

const WORDS_A_MINUTE = 200;
/** The time to read what a step runs, to press Run and to look at the result. */
const MINUTES_A_STEP = 0.5;

/**
 * Counts the words of a built page's running text in one mode, without code blocks and without what only the other mode
 * shows.
 */
export function wordsShown(nodes: readonly TreeNode[], mode: Mode): number {
  return nodes.reduce((sum, { type, tagName, value = '', properties, children = [] }) => {
    const other = properties?.['data-show'];
    if (tagName === 'figure' || (other !== undefined && other !== mode)) return sum;
    return (
      sum +
      (type === 'text'
        ? value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
        : wordsShown(children, mode))
    );
  }, 0);
}

/**
 * Returns about how many minutes a page takes, as a whole number of at least 1: a minute for every 200 words and half a
 * minute for every step.
 */
export function minutesFor(words: number, steps: number): number {
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + steps * MINUTES_A_STEP));
}
