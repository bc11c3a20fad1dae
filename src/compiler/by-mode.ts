import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { TreeNode } from './tree.ts';

/** A number of a step, in each mode that has the step. */
export type StepNumbers = Partial<Record<Mode, number>>;

/** What shows it: once where all modes agree on it, else for each mode its own; `make` is told the mode then. */
export function nodesByMode(numbers: StepNumbers, make: (number: number, mode?: Mode) => TreeNode[]): TreeNode[] {
  const known = MODES.flatMap((mode): [number, Mode][] => (numbers[mode] === undefined ? [] : [[numbers[mode], mode]]));
  const [first, ...others] = known;
  if (first && others.every(([number]) => number === first[0])) return make(first[0]);
  return known.flatMap(([number, mode]) => make(number, mode));
}
