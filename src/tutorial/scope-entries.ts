import { counted } from '../sentences/counted.ts';
import type { Scope } from '../runner/step/plan.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';

/** What a press may mean: a scope, all of the page in a new cluster, or the step's command in the terminal. */
export type Choice = Scope | 'everything' | 'terminal';

/** An entry of the menu, with what it does in words. */
export interface ScopeEntry {
  choice: Choice;
  label: string;
  detail: string;
}

/** What the menu beside a block's Run button offers, as things stand; the button does the step `target`. */
export function entriesOf(workspace: Workspace, block: string, target: string): ScopeEntry[] {
  const plan = workspace.plan();
  const steps = (count: number): string => counted(count, 'step');
  const needed = plan.send(target).length;
  const onwards = plan.send(target, 'onwards').length;
  const all = workspace.blocks.length;
  return [
    { choice: 'needed', label: 'This step, with what it needs', detail: steps(needed) },
    // Of a file it would be another step than this.
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
