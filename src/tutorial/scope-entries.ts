import { counted } from '../sentences/counted.ts';
import type { Scope } from '../runner/step/plan.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';

/** What a press can run: a scope, the whole page in a new cluster, or the step's command in the terminal. */
export type Choice = Scope | 'everything' | 'terminal';

/** An entry of the menu next to Run. */
export interface ScopeEntry {
  choice: Choice;
  label: string;
  detail: string;
}

/** Returns the entries of the menu next to a block's Run button. `target` is the step that the button runs. */
export function entriesOf(workspace: Workspace, block: string, target: string): ScopeEntry[] {
  const plan = workspace.plan();
  const steps = (count: number): string => counted(count, 'step');
  const needed = plan.send(target).length;
  const onwards = plan.send(target, 'onwards').length;
  const all = workspace.blocks.length;
  return [
    { choice: 'needed', label: 'This step, with what it needs', detail: steps(needed) },
    // On a file it would run a different step than the block's own.
    ...(needed > 1 && block === target
      ? [{ choice: 'only', label: 'This step only', detail: 'the earlier ones are left out' } as const]
      : []),
    ...(onwards > needed
      ? [{ choice: 'onwards', label: 'From here to the end', detail: steps(onwards) } as const]
      : []),
    ...(block === target && workspace.blocks.find(({ id }) => id === block)?.kind === 'shell'
      ? [
          {
            choice: 'terminal',
            label: 'In the terminal',
            detail: needed > 1 ? `after ${steps(needed - 1)}` : 'typed for you',
          } as const,
        ]
      : []),
    {
      choice: 'everything',
      label: workspace.hasDoneSomething ? 'Everything, in a new cluster' : 'Everything',
      detail: steps(all),
    },
  ];
}
