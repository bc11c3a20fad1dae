import { describe, expect, it } from 'vitest';
import { RUNS, begin, claims, done, end, events, pressOn, stubBrowser } from './press-on.ts';

describe('a press of Run, with a step that must fail', () => {
  stubBrowser();

  it('goes on after a step that must fail, which counts as done', async () => {
    const { press, workspace, said } = pressOn(
      {
        ...claims,
        [`POST ${RUNS}`]: () => events(begin('one'), done('one', false), begin('two'), done('two'), end('finished')),
      },
      { fails: true },
    );
    await press.run(false);
    expect(said).toEqual({ one: ['running', 'failed'], two: ['running', 'done'] });
    expect([...workspace.plan().states.values()]).toEqual([{ state: 'done' }, { state: 'done' }]);
    expect(Object.keys(workspace.kept.failed)).toEqual([]);
  });

  it('does not count a step as done that must fail and reached its time limit', async () => {
    const { press, workspace, said } = pressOn(
      {
        ...claims,
        [`POST ${RUNS}`]: () => events(begin('one'), done('one', false), end('timed-out', 'It ran for 30 s.')),
      },
      { fails: true },
    );
    await press.run(false);
    expect(said['one']).toContain('failed: Time limit reached');
    expect(workspace.plan().states.get('one')).toEqual({ state: 'failed' });
    expect(workspace.kept.failed['one']?.head).toBe('Time limit reached');
  });
});
