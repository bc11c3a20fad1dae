import { describe, expect, it } from 'vitest';
import { planSteps, type DoneStep, type Plan } from '../../../../src/runner/step/plan.ts';
import type { Step } from '../../../../shared/protocol.ts';
import { identityOf, withText } from '../../../../shared/step.ts';

const STEPS: Step[] = [
  { id: 'install', kind: 'shell', command: 'pip install' },
  { id: 'file', kind: 'file', path: 'file.py', text: 'print(1)' },
  { id: 'run', kind: 'shell', command: 'python file.py' },
  { id: 'count', kind: 'sql', statements: 'SELECT COUNT(*)', user: 'root' },
];

/** Returns what a sandbox has done when it did these steps, with their code at that time. */
function did(ids: string[], sandbox = 'a', steps = STEPS): Map<string, DoneStep> {
  const { snapshots } = planSteps(steps, 'secure', sandbox, new Map());
  return new Map(
    steps
      .filter(({ id }) => ids.includes(id))
      .map((step) => [step.id, { sandbox, snapshot: snapshots.get(step.id)!, text: identityOf(step) }]),
  );
}

const statesOf = (plan: Plan): string[] =>
  [...plan.states.values()].map((state) => (state.state === 'stale' ? state.reason : state.state));
const edited = (id: string, text: string): Step[] =>
  STEPS.map((step) => (step.id === id ? withText(step, text) : step));
const ALL = STEPS.map(({ id }) => id);

describe('planSteps', () => {
  it('sends a step after all earlier ones, in order, when nothing was done', () => {
    const plan = planSteps(STEPS, 'secure', 'a', new Map());
    expect(statesOf(plan)).toEqual(['not-run', 'not-run', 'not-run', 'not-run']);
    expect(plan.send('count')).toEqual(ALL);
    expect(plan.send('file')).toEqual(['install', 'file']);
  });

  it('sends only the step itself when all earlier ones were done, even if it was done too', () => {
    const plan = planSteps(STEPS, 'secure', 'a', did(ALL));
    expect(statesOf(plan)).toEqual(['done', 'done', 'done', 'done']);
    expect(plan.send('count')).toEqual(['count']);
  });

  it('repeats what was edited, and what came after it', () => {
    const plan = planSteps(edited('file', 'print(2)'), 'secure', 'a', did(ALL));
    expect(statesOf(plan)).toEqual(['done', 'edited', 'earlier-changed', 'earlier-changed']);
    expect(plan.send('run')).toEqual(['file', 'run']);
  });

  it('reverting an edit makes everything count as done again', () => {
    const done = did(ALL);
    expect(statesOf(planSteps(edited('file', 'print(2)'), 'secure', 'a', done))).toContain('edited');
    expect(statesOf(planSteps(STEPS, 'secure', 'a', done))).toEqual(['done', 'done', 'done', 'done']);
  });

  it('ignores what another sandbox did', () => {
    const plan = planSteps(STEPS, 'secure', 'b', did(['install', 'file']));
    expect(statesOf(plan)).toEqual(['cluster-gone', 'cluster-gone', 'not-run', 'not-run']);
    expect(plan.send('run')).toEqual(['install', 'file', 'run']);
    expect(statesOf(planSteps(STEPS, 'secure', undefined, did(['install'])))[0]).toBe('cluster-gone');
  });

  it('repeats what ended with its SQL session, and nothing else', () => {
    const done = did(ALL);
    done.get('run')!.ended = true;
    const plan = planSteps(STEPS, 'secure', 'a', done);
    expect(statesOf(plan)).toEqual(['done', 'done', 'session-ended', 'done']);
    expect(plan.send('count')).toEqual(['run', 'count']);
    expect(statesOf(planSteps(STEPS, 'secure', 'b', done))).toEqual([
      'cluster-gone',
      'cluster-gone',
      'cluster-gone',
      'cluster-gone',
    ]);
  });

  it('distinguishes the modes, and steps with the same text', () => {
    const secure = planSteps(STEPS, 'secure', 'a', new Map()).snapshots;
    const insecure = planSteps(STEPS, 'insecure', 'a', new Map()).snapshots;
    expect([...secure.values()].filter((snapshot) => [...insecure.values()].includes(snapshot))).toEqual([]);
    const twice = planSteps(
      [
        { id: 'a', kind: 'shell', command: 'x' },
        { id: 'b', kind: 'shell', command: 'x' },
      ],
      'secure',
      'a',
      new Map(),
    ).snapshots;
    expect(twice.get('a')).not.toBe(twice.get('b'));
  });

  it('has different snapshots for ten thousand different texts', () => {
    const snapshots = new Set(
      Array.from({ length: 10_000 }, (_, number) =>
        planSteps([{ id: 'a', kind: 'shell', command: `SELECT ${number}` }], 'secure', 's', new Map()).snapshots.get(
          'a',
        ),
      ),
    );
    expect(snapshots.size).toBe(10_000);
  });
});
