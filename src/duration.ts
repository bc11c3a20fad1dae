import type { Mode } from '../shared/protocol.ts';
import type { TreeNode } from './compiler/tree.ts';

const WORDS_A_MINUTE = 200;
/** To read what a step runs, press, and look at what came. */
const MINUTES_A_STEP = 0.5;

/**
 * The words of a built page's running text in a mode: blocks of code are not counted, nor what only the other mode
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
 * About how long a page takes, in whole minutes: a minute for every 200 words, and half a minute for every step; never
 * less than one.
 */
export function minutesFor(words: number, steps: number): number {
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + steps * MINUTES_A_STEP));
}
