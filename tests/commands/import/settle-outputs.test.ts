import { expect, test } from 'vitest';
import { shownBlock, type Block } from '../../../commands/import/block.ts';
import { settleOutputs } from '../../../commands/import/trial/settle-outputs.ts';

/** Settles the output below a SQL step that printed this in each run; returns what became of it. */
function settled(statement: string, expected: string, printed: string[]): unknown {
  const place = { file: 'a.md', line: 1 };
  const step: Block = {
    ...shownBlock(place, 'sql', statement),
    decision: {
      is: 'step',
      step: { kind: 'sql', text: { secure: statement, insecure: statement }, meta: 'run user=root', prompts: false },
    },
  };
  const output: Block = { ...shownBlock(place, '', expected), decision: { is: 'output', of: step, text: expected } };
  const placed = [step, output].map((block) => ({ block }));
  settleOutputs({ placed }, new Map([[step, printed]]));
  return { ...output.decision, of: undefined, notes: output.notes };
}

test('output that fits stays as it is', () => {
  expect(settled('SELECT 1;', 'count\n1', ['count\n1'])).toMatchObject({ is: 'output', text: 'count\n1', notes: [] });
});

test('other output is replaced by what is printed, and the report says so', () => {
  expect(settled('SELECT 1;', 'count\n2', ['count\n1'])).toMatchObject({
    is: 'output',
    text: 'count\n1',
    notes: ['it was replaced by what is printed, which differs: `1` for `2`'],
  });
});

test('a plan that differs is only shown, because it says nothing about another engine', () => {
  expect(settled('> EXPLAIN SELECT 1;', 'distribution: full', ['Bitmap Heap Scan'])).toMatchObject({
    is: 'shown',
    reason: 'plans depend on the engine, its version and its statistics',
  });
  expect(settled('EXPLAIN SELECT 1;', 'distribution: full', ['distribution: full'])).toMatchObject({ is: 'output' });
});
