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

/** A step whose only purpose is to be told from others. */
function stepOf(id: string): Step {
  return { id, kind: 'shell', command: id };
}

/** What is offered beside a block that does the step `target`, in a cluster that did these steps. */
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
  it('is the step alone, the rest of the page, the command in the terminal, and all of it, with how much that is', () => {
    expect(offered('run', 'run')).toEqual([
      'This step, with what it needs: 3 steps',
      'This step only: the earlier ones are left out',
      'From here to the end: 4 steps',
      'In the terminal: after 2 steps',
      'Everything: 4 steps',
    ]);
  });

  it('is nothing that comes to the same', () => {
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

  it('is no terminal for what no shell reads', () => {
    expect(offered('count', 'count').join()).not.toContain('terminal');
    expect(offered('file', 'run').join()).not.toContain('terminal');
  });

  it('is for a file never the step alone that uses it', () => {
    expect(offered('file', 'run')).toEqual([
      'This step, with what it needs: 3 steps',
      'From here to the end: 4 steps',
      'Everything: 4 steps',
    ]);
  });
});
