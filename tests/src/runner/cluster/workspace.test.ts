import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Holdings } from '../../../../shared/protocol.ts';
import { RefusedError } from '../../../../src/api/request.ts';
import type { Block } from '../../../../src/runner/step/block.ts';
import { Workspace } from '../../../../src/runner/cluster/workspace.ts';

const answerWith = (status: number, code: string): void => {
  vi.stubGlobal(
    'fetch',
    async () =>
      new Response(JSON.stringify({ error: { code, message: 'So it is.' } }), {
        status,
        headers: { 'retry-after': '5' },
      }),
  );
};

function workspaceWithCluster(): Workspace {
  const workspace = new Workspace('a', 'secure', [], []);
  workspace.memory.setSandbox('box');
  return workspace;
}

describe('the page’s cluster', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is not taken for gone because the server is too busy to answer', async () => {
    const workspace = workspaceWithCluster();
    answerWith(429, 'too-many');
    await expect(workspace.look()).rejects.toBeInstanceOf(RefusedError);
    await expect(workspace.reset()).rejects.toThrow('So it is.');
    expect([workspace.kept.sandbox, workspace.lost]).toEqual(['box', undefined]);
  });

  it('is gone when the server no longer knows it', async () => {
    const workspace = workspaceWithCluster();
    answerWith(404, 'not-found');
    await workspace.look();
    expect([workspace.kept.sandbox, workspace.lost]).toEqual([undefined, 'Your cluster is no longer there.']);
  });

  it('is gone for the reason that the server has', async () => {
    const workspace = workspaceWithCluster();
    const gone = { id: 'box', state: 'gone', cause: 'out-of-memory', memoryBytes: 256 << 20 };
    vi.stubGlobal('fetch', async () => Response.json(gone));
    await workspace.look();
    expect([workspace.kept.sandbox, workspace.lost]).toEqual([
      undefined,
      'Your cluster ran out of memory (the limit is 256 MiB) and was ended.',
    ]);
  });

  it('holds what was found there, unless a run has reported newer contents or the cluster has changed', async () => {
    const holds = (count: number): Holdings => ({
      tables: [{ database: 'bank', name: 'a', columns: [], rows: [], count }],
      unlisted: { tables: 0, databases: 0 },
    });
    let answer = (): void => undefined;
    vi.stubGlobal('fetch', () => new Promise((settle) => (answer = () => settle(Response.json(holds(1))))));
    const lookAnd = async (workspace: Workspace, meanwhile: () => void): Promise<number | undefined> => {
      const looked = workspace.refreshHoldings();
      meanwhile();
      answer();
      await looked;
      return workspace.holdings.tables[0]?.count;
    };
    expect(await lookAnd(workspaceWithCluster(), () => undefined)).toBe(1);
    const [busy, reset] = [workspaceWithCluster(), workspaceWithCluster()];
    expect(await lookAnd(busy, () => (busy.holdings = holds(2)))).toBe(2);
    expect(await lookAnd(reset, () => reset.forget())).toBeUndefined();
  });

  describe('as the browser remembers it', () => {
    const stored = (kept: unknown): void => {
      vi.stubGlobal('localStorage', {
        getItem: () => (typeof kept === 'string' ? kept : JSON.stringify(kept)),
        setItem: () => undefined,
      });
    };
    const open = (kept: unknown): Workspace => {
      stored(kept);
      return new Workspace(
        'a',
        'secure',
        [
          { id: 'one', mode: null, step: { id: 'one', kind: 'shell', command: '' } },
          { id: 'two', mode: null, step: { id: 'two', kind: 'shell', command: '' } },
        ] as Block[],
        [],
      );
    };
    const run = { location: '/run', steps: ['one', 'two'], sent: { one: {}, two: {} }, sinceMs: 1 };

    it('has the current run, but none of another page', () => {
      expect(open({ sandbox: 'box', run }).kept).toEqual({ sandbox: 'box', done: {}, failed: {}, run });
      for (const odd of [
        { ...run, steps: ['one', 'three'] },
        { ...run, steps: [] },
        { ...run, sinceMs: undefined },
        { ...run, sent: { one: {} } },
        'run',
        null,
      ]) {
        expect(open({ sandbox: 'box', run: odd }).kept).toEqual({ sandbox: 'box', done: {}, failed: {} });
      }
    });

    it.each([
      ['no JSON', '{'],
      ['a text', '"text"'],
      ['nothing', 'null'],
      ['steps that are nothing', { sandbox: 7, done: { one: null }, failed: { one: 'x' } }],
    ])('opens though there is nonsense: %s', (_, kept) => {
      const workspace = open(kept);
      expect([workspace.kept, workspace.hasDoneSomething, workspace.plan().send('two')]).toEqual([
        { done: {}, failed: {} },
        false,
        ['one', 'two'],
      ]);
    });

    it('forgets what the cluster held when another tab has another cluster, or cleared everything', () => {
      for (const key of ['bankrun:a:secure', null]) {
        const workspace = open({ sandbox: 'box' });
        workspace.holdings = { tables: [], unlisted: { tables: 1, databases: 0 } };
        stored(null);
        expect(workspace.takeOver(key)).toBe(true);
        expect(workspace.holdings.unlisted.tables).toBe(0);
      }
    });
  });
});
