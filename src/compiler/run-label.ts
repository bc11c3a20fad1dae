import { earlierWords } from '../sentences/earlier-words.ts';
import { MODES } from '../../shared/modes.ts';
import type { Step } from '../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../shared/step.ts';
import { targetOf } from '../target-step.ts';
import { nodesByMode } from './by-mode.ts';
import { h, type TreeNode } from './tree.ts';

/**
 * Adds to each step's Run button what a press runs before anything has been run, in the same words as the page's
 * runner. If the runner added it later, the label would grow and move what is below it.
 */
export function labelRuns(figures: ReadonlyMap<PageStep, TreeNode>): void {
  const shown = MODES.map((mode) => ({ mode, steps: stepsIn([...figures.keys()], mode).map(({ step }) => step) }));
  for (const [pageStep, figure] of figures) {
    const earlier = Object.fromEntries(shown.map(({ mode, steps }) => [mode, earlierSteps(steps, pageStep.step.id)]));
    const run = runButton(figure);
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

/** Returns how many other steps are sent when Run is pressed on a step; undefined when it does nothing. */
function earlierSteps(steps: readonly Step[], id: string): number | undefined {
  const target = targetOf(steps, id);
  // On a file's own block, the file itself is not another step.
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
