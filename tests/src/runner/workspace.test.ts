import { afterEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../../../src/runner/api.ts';
import { Workspace } from '../../../src/runner/workspace.ts';

const answerWith = (status: number, code: string): void => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ error: { code, message: 'So it is.' } }), { status, headers: { 'retry-after': '5' } }));
};

function workspaceWithCluster(): Workspace {
  const workspace = new Workspace('a', 'secure', [], []);
  workspace.kept.sandbox = 'box';
  return workspace;
}

describe('the page’s cluster', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is not gone because the server has too much to do to tell of it', async () => {
    const workspace = workspaceWithCluster();
    answerWith(429, 'too-many');
    await expect(workspace.look()).rejects.toBeInstanceOf(RefusedError);
    await expect(workspace.reset()).rejects.toThrow('So it is.');
    expect([workspace.kept.sandbox, workspace.lost]).toEqual(['box', undefined]);
  });

  it('is gone when the server knows it no more', async () => {
    const workspace = workspaceWithCluster();
    answerWith(404, 'not-found');
    await workspace.look();
    expect([workspace.kept.sandbox, workspace.lost]).toEqual([undefined, 'Your cluster is no longer there.']);
  });
});
