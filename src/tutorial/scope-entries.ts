import type { Scope } from '../runner/step/plan.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import { ONLY_WORDS, everythingWords, neededWords, onwardsWords, terminalWords } from '../sentences/scope-words.ts';

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
  const needed = plan.send(target).length;
  const onwards = plan.send(target, 'onwards').length;
  const all = workspace.blocks.length;
  return [
    { choice: 'needed', ...neededWords(needed) },
    // On a file it would run a different step than the block's own.
    ...(needed > 1 && block === target ? [{ choice: 'only', ...ONLY_WORDS } as const] : []),
    ...(onwards > needed ? [{ choice: 'onwards', ...onwardsWords(onwards) } as const] : []),
    ...(block === target && workspace.blocks.find(({ id }) => id === block)?.kind === 'shell'
      ? [
          {
            choice: 'terminal',
            ...terminalWords(needed - 1),
          } as const,
        ]
      : []),
    {
      choice: 'everything',
      ...everythingWords(all, workspace.hasDoneSomething),
    },
  ];
}
