import { describe, expect, it, vi } from 'vitest';
import type { EndReason } from '../../../../shared/protocol.ts';
import { eventBytes } from '../../api/event-bytes.ts';
import {
  RUN,
  RUNS,
  begin,
  claims,
  done,
  end,
  events,
  pressOn,
  problem,
  stubBrowser,
  type Answers,
} from './press-on.ts';

describe('a press of Run', () => {
  stubBrowser();

  it('claims a cluster, runs its step after the earlier one, and remembers both', async () => {
    const { press, workspace, said } = pressOn({
      ...claims,
      [`POST ${RUNS}`]: () => events(begin('one'), done('one'), begin('two'), done('two'), end('finished')),
    });
    await press.run(false);
    expect(said).toEqual({ one: ['running', 'done'], two: ['running', 'done'] });
    expect([Object.keys(workspace.kept.done), workspace.kept.run, workspace.kept.sandbox]).toEqual([
      ['one', 'two'],
      undefined,
      'box',
    ]);
    expect([...workspace.plan().states.values()]).toEqual([{ state: 'done' }, { state: 'done' }]);
  });

  it.each<[EndReason, string | undefined, string[]]>([
    ['failed-step', undefined, ['1 later step was not run. [Run again, Run again in a new cluster]']],
    [
      'timed-out',
      'It ran for 30 s.',
      [
        'failed: Time limit reached',
        'It ran for 30 s. 1 later step was not run. [Run again, Run again in a new cluster]',
      ],
    ],
    [
      'too-much-output',
      'It printed 1 MiB.',
      [
        'failed: Output limit reached',
        'It printed 1 MiB. 1 later step was not run. [Run again, Run again in a new cluster]',
      ],
    ],
    [
      'server-failed',
      'Error 7.',
      [
        'failed: Failed, through no fault of yours',
        'Error 7. 1 later step was not run. [Run again, Run again in a new cluster]',
      ],
    ],
  ])('that ends as %s says so in its step, and in the one that was pressed', async (reason, message, told) => {
    const { press, workspace, said } = pressOn({
      ...claims,
      [`POST ${RUNS}`]: () => events(begin('one'), done('one', false), end(reason, message)),
    });
    await press.run(false);
    expect(said['one']).toEqual(['running', 'failed', ...told]);
    expect(said['two']!.slice(-2)).toEqual([
      'failed: Not run',
      'This needs step 1, one, which did not succeed. [Show step 1]',
    ]);
    expect([Object.keys(workspace.kept.done), Object.keys(workspace.kept.failed)]).toEqual([[], ['one']]);
    const [, head] = /^failed: (.*)/.exec(told[0]!) ?? [];
    expect(workspace.kept.failed['one']?.head).toBe(head);
  });

  it('offers a new cluster when its own is lost, and earlier steps no longer count as done', async () => {
    const { press, workspace, said } = pressOn({
      ...claims,
      [`POST ${RUNS}`]: () => events(begin('one'), done('one'), begin('two'), end('lost', 'It ran out of memory.')),
    });
    await press.run(false);
    expect(said['two']).toEqual([
      'running',
      'failed: Your cluster is gone',
      'It ran out of memory. What was done in it is lost. [Run again in a new cluster]',
    ]);
    expect([workspace.kept.sandbox, workspace.lost]).toEqual([undefined, 'It ran out of memory.']);
    expect(workspace.plan().states.get('one')).toEqual({ state: 'stale', reason: 'cluster-gone' });
  });

  it('that is stopped forgets the step’s earlier result, and says that the reader stopped it', async () => {
    let stopped = (): void => undefined;
    const isStopped = new Promise<void>((settle) => (stopped = settle));
    const running = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(eventBytes([begin('one'), done('one'), begin('two')]));
        await isStopped;
        controller.enqueue(eventBytes([end('stopped')], 4));
        controller.close();
      },
    });
    const { press, workspace, said } = pressOn({
      ...claims,
      [`POST ${RUNS}`]: () => new Response(running, { headers: { location: RUN } }),
      [`DELETE ${RUN}`]: () => (stopped(), new Response(null, { status: 204 })),
    });
    const over = press.run(false);
    await vi.waitFor(() => expect([press.progress?.at, press.progress?.of]).toEqual([2, 2]));
    await press.stop();
    await over;
    expect(said['two']).toEqual(['running', 'running: Stopping…', 'stopped: Stopped', 'You stopped it. [Run again]']);
    expect(Object.keys(workspace.kept.done)).toEqual(['one']);
  });

  it('that is stopped while it waits for a cluster runs nothing', async () => {
    const { press, said } = pressOn({ 'POST /api/sandboxes': () => new Promise(() => undefined) });
    const over = press.run(false);
    await vi.waitFor(() => expect(said['two']).toEqual(['waiting: Starting your cluster…']));
    await press.stop();
    await over;
    expect(said['two']!.slice(1)).toEqual(['stopped: Stopped', 'You stopped it before it began. [Try again]']);
  });

  it.each<[string, Answers, string[]]>([
    [
      'is refused',
      { ...claims, [`POST ${RUNS}`]: () => problem(400, 'bad-request', 'steps.0.command: is too long.') },
      ['failed: Not run', 'The code is too long. [Try again]'],
    ],
    [
      'finds the server away',
      {},
      [
        'failed: Not run',
        'The server cannot be reached. You can read on, and copy or download the code. Try again ' +
          'when it is back. [Try again]',
      ],
    ],
    [
      'finds its cluster gone',
      { ...claims, [`POST ${RUNS}`]: () => problem(410, 'gone', 'Your cluster was reset.') },
      [
        'failed: Your cluster is gone',
        'Your cluster was reset. What was done in it is lost. [Run again in a new cluster]',
      ],
    ],
  ])('that %s says so, with what can be done', async (_, answers, told) => {
    const { press, workspace, said } = pressOn(answers);
    await press.run(false);
    expect(said['two']!.slice(-2)).toEqual(told);
    expect(workspace.kept.run).toBeUndefined();
  });

  it('goes on with a run that was under way when the page was left', async () => {
    const all = [begin('one'), done('one'), begin('two'), done('two'), end('finished')];
    const { press, workspace, said } = pressOn({ ...claims, [`GET ${RUN}`]: () => events(...all) });
    workspace.memory.setSandbox('box');
    workspace.memory.change((kept) => {
      const sent = { snapshot: 's', text: 't' };
      kept.run = { location: RUN, steps: ['one', 'two'], sent: { one: sent, two: sent }, sinceMs: 1 };
    });
    await press.resume();
    expect(said).toEqual({ one: ['running', 'done'], two: ['running', 'done'] });
    expect(workspace.kept.run).toBeUndefined();
  });
});
