import { describe, expect, it } from 'vitest';
import { openTransactions } from '../../../commands/verify/open-transactions.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import type { PageStep } from '../../../shared/step.ts';

type Done = Extract<RunEvent, { type: 'done' }>;

const step = (id: string, session: string | undefined, line: number): PageStep => ({
  step: { id, kind: 'sql', statements: 'BEGIN;', user: 'root', ...(session === undefined ? {} : { session }) },
  mode: null,
  source: { file: 'content/tutorials/a.mdx', line },
});
const faultsOf = (ends: [PageStep, Partial<Done>][]): string[] =>
  openTransactions(
    ends.map(([each]) => each),
    (id) => {
      const end = ends.find(([each]) => each.step.id === id)?.[1];
      return [{ type: 'done', step: id, ok: true, ms: 1, ...end }];
    },
  );

describe('the last step of a session', () => {
  const [first, second, other] = [step('a-1', 'a:A', 5), step('a-2', 'a:A', 9), step('b-1', 'a:B', 12)];

  it('may follow others that left a transaction open, or that waited', () => {
    expect(
      faultsOf([
        [first, { transaction: 'open' }],
        [other, {}],
        [second, {}],
      ]),
    ).toEqual([]);
    expect(
      faultsOf([
        [first, { isWaiting: true }],
        [second, {}],
      ]),
    ).toEqual([]);
  });

  it('must not leave a transaction open, in each session', () => {
    expect(
      faultsOf([
        [first, { transaction: 'open' }],
        [other, { transaction: 'aborted' }],
      ]),
    ).toEqual([
      'content/tutorials/a.mdx:5: step a-1 leaves a transaction open that no later step ends',
      'content/tutorials/a.mdx:12: step b-1 leaves a transaction open that no later step ends',
    ]);
  });

  it('must not wait for an answer that nobody sees', () => {
    expect(faultsOf([[first, { isWaiting: true, transaction: 'open' }]])).toEqual([
      'content/tutorials/a.mdx:5: step a-1 still waits, and no later step of its session prints its answer',
    ]);
  });
});
