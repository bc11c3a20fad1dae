import type { Mode } from '../../server/protocol.ts';
import { earlierWords } from '../earlier-words.ts';
import { MODES } from '../modes.ts';
import { stepsIn, type PageStep } from './step.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Says on each step's Run what a press does before anything was run, as the page's runner will: a label that grew when the runner comes
 * would move what is below it.
 */
export function labelRuns(steps: readonly PageStep[], figures: ReadonlyMap<string, TreeNode>): void {
  const counts = new Map(MODES.map((mode) => [mode, earlierSteps(stepsIn(steps, mode))]));
  for (const { id } of steps) {
    const found = MODES.map((mode): [Mode, number | undefined] => [mode, counts.get(mode)!.get(id)]).filter((each): each is [Mode, number] => each[1] !== undefined);
    const isSame = new Set(found.map(([, count]) => count)).size === 1;
    const words = (isSame ? found.slice(0, 1) : found).filter(([, count]) => count > 0).map(([mode, count]) =>
      h('span', { className: ['earlier'], 'data-count': String(count), ...(isSame ? {} : { 'data-show': mode }) }, earlierWords(count)));
    const run = figures.get(id)?.children?.flatMap(({ children = [] }) => children).find(({ properties }) => properties?.['data-action'] === 'run');
    run?.children?.push(...words);
  }
}

/** How many other steps a press on each step of a mode sends, by its id. A file's own block runs the next step that is none. */
function earlierSteps(steps: readonly PageStep[]): Map<string, number> {
  return new Map(steps.flatMap(({ id, kind }, at): [string, number][] => {
    if (kind !== 'file') return [[id, at]];
    const target = steps.findIndex((step, index) => index > at && step.kind !== 'file');
    return target < 0 ? [] : [[id, target - 1]];
  }));
}
