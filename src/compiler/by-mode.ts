import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { TreeNode } from './tree.ts';

/** A number that belongs to a step, such as its position, in each mode that has the step. */
export type StepNumbers = Partial<Record<Mode, number>>;

/**
 * Returns the nodes that show the numbers: a single set when all modes agree, otherwise one set for each mode. `make`
 * gets the mode only in the second case.
 */
export function nodesByMode(numbers: StepNumbers, make: (number: number, mode?: Mode) => TreeNode[]): TreeNode[] {
  const known = MODES.flatMap((mode): [number, Mode][] => (numbers[mode] === undefined ? [] : [[numbers[mode], mode]]));
  const [first, ...others] = known;
  if (first && others.every(([number]) => number === first[0])) return make(first[0]);
  return known.flatMap(([number, mode]) => make(number, mode));
}
