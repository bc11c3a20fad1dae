import { earlierWords } from '../sentences/earlier-words.ts';
import { MODES } from '../../shared/modes.ts';
import { targetOf } from '../target-step.ts';
import { nodesByMode } from './by-mode.ts';
import { stepsIn, type PageStep } from './step.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Says on each step's Run what a press does before anything was run, as the page's runner will: a label that grew when
 * the runner comes would move what is below it.
 */
export function labelRuns(steps: readonly PageStep[], figures: ReadonlyMap<string, TreeNode>): void {
  const shown = MODES.map((mode) => ({ mode, steps: stepsIn(steps, mode) }));
  for (const { id } of steps) {
    const earlier = Object.fromEntries(shown.map(({ mode, steps: own }) => [mode, earlierSteps(own, id)]));
    const run = runButton(figures.get(id));
    run?.children?.push(
      ...nodesByMode(earlier, (count, mode) =>
        count === 0
          ? []
          : [
              h(
                'span',
                { className: ['earlier'], 'data-count': String(count), ...(mode && { 'data-show': mode }) },
                earlierWords(count),
              ),
            ],
      ),
    );
  }
}

/** How many other steps a press on a step sends; undefined where it does nothing. */
function earlierSteps(steps: readonly PageStep[], id: string): number | undefined {
  const target = targetOf(steps, id);
  // Of a file's own block the file itself is no other step.
  return target && steps.indexOf(target) - (target.id === id ? 0 : 1);
}

function runButton(node: TreeNode | undefined): TreeNode | undefined {
  if (node?.properties?.['data-action'] === 'run') return node;
  for (const child of node?.children ?? []) {
    const found = runButton(child);
    if (found) return found;
  }
  return undefined;
}
