import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/runner/step/block.ts';
import { entriesOf } from '../../../src/tutorial/scope-entries.ts';
import { rememberDone } from '../../../src/runner/cluster/run-memory.ts';
import { Workspace } from '../../../src/runner/cluster/workspace.ts';
import type { Step } from '../../../shared/protocol.ts';
import { identityOf } from '../../../shared/step.ts';

const KINDS: Record<string, Block['kind']> = { file: 'file', count: 'sql' };
const blocks = ['install', 'file', 'run', 'count'].map((id) => ({
  id,
  kind: KINDS[id] ?? 'shell',
  mode: null,
  step: stepOf(id),
})) as Block[];

/** Returns a step that only needs to be distinguishable from others. */
function stepOf(id: string): Step {
  return { id, kind: 'shell', command: id };
}

/** Returns what is offered at a block that runs the step `target`, in a cluster that has done these steps. */
function offered(block: string, target: string, done: string[] = []): string[] {
  const workspace = new Workspace('a', 'secure', blocks, []);
  workspace.memory.setSandbox('box');
  const { snapshots } = workspace.plan();
  for (const id of done) {
    const record = { sandbox: 'box', snapshot: snapshots.get(id)!, text: identityOf(stepOf(id)) };
    rememberDone(workspace.memory, id, record);
  }
  return entriesOf(workspace, block, target).map(({ label, detail }) => `${label}: ${detail}`);
}

describe('what else a press can run', () => {
  it('is the step alone, the rest of the page, the terminal, and everything, with the number of steps', () => {
    expect(offered('run', 'run')).toEqual([
      'This step, with what it needs: 3 steps',
      'This step only: the earlier ones are left out',
      'From here to the end: 4 steps',
      'In the terminal: after 2 steps',
      'Everything: 4 steps',
    ]);
  });

  it('is nothing that has the same effect', () => {
    expect(offered('install', 'install')).toEqual([
      'This step, with what it needs: 1 step',
      'From here to the end: 4 steps',
      'In the terminal: typed for you',
      'Everything: 4 steps',
    ]);
    expect(offered('count', 'count', ['install', 'file', 'run'])).toEqual([
      'This step, with what it needs: 1 step',
      'Everything, in a new cluster: 4 steps',
    ]);
  });

  it('is not a terminal for what no shell can read', () => {
    expect(offered('count', 'count').join()).not.toContain('terminal');
    expect(offered('file', 'run').join()).not.toContain('terminal');
  });

  it('is never only the step that uses a file, for that file', () => {
    expect(offered('file', 'run')).toEqual([
      'This step, with what it needs: 3 steps',
      'From here to the end: 4 steps',
      'Everything: 4 steps',
    ]);
  });
});
