import { expect, test } from 'vitest';
import { shownBlock, type Block } from '../../../commands/import/block.ts';
import { settleOutputs } from '../../../commands/import/trial/settle-outputs.ts';
import { compareOutput } from '../../../shared/expectation/compare.ts';

/** Settles the output below a SQL step that printed this in each run; returns what became of it. */
function settled(statement: string, expected: string, printed: string[], unsure?: string): unknown {
  const place = { file: 'a.md', line: 1 };
  const step: Block = {
    ...shownBlock(place, 'sql', statement),
    decision: {
      is: 'step',
      step: { kind: 'sql', text: { secure: statement, insecure: statement }, meta: 'run user=root', prompts: false },
    },
  };
  const output: Block = {
    ...shownBlock(place, '', expected),
    decision: { is: 'output', of: step, text: expected, ...(unsure === undefined ? {} : { unsure }) },
  };
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

test('output that the page does not announce belongs to the step only if that prints it', () => {
  const unsure = 'nothing announces it';
  expect(settled('SELECT 1;', 'count\n1', ['count\n1'], unsure)).toMatchObject({ is: 'output', text: 'count\n1' });
  expect(settled('SELECT 1;', '+---+\n| count |\n| 1 |', ['  count\n-----\n  1\n(1 row)'], unsure)).toMatchObject({
    is: 'output',
    text: '  count\n-----\n  1\n(1 row)',
  });
  expect(settled('SELECT 1;', 'count\n2', ['count\n1'], unsure)).toMatchObject({ is: 'shown', reason: unsure });
});

test('a column of times has any width, because a fraction that ends with zeros is shorter', () => {
  const rows = (time: string): string =>
    `  at ${' '.repeat(time.length - 3)} | n\n${'-'.repeat(time.length + 3)}+---\n  ${time} | 1`;
  const samples = ['2026-11-28 05:28:29.812345', '2026-11-28 05:28:31.712345'].map(rows);
  const { text } = settled('SELECT now();', 'at\n2020', samples) as { text: string };
  expect(compareOutput({ text, unordered: false }, rows('2026-11-28 05:28:29.81'), new Map()).fits).toBe(true);
  expect(compareOutput({ text, unordered: false }, samples[0]!.replace('| 1', '| 2'), new Map()).fits).toBe(false);
});

test('rows that come in another order each time are compared in any order, rather than as whatever they are', () => {
  const printed = ['  n\n----\n  a\n  bc\n(2 rows)', '  n\n----\n  bc\n  a\n(2 rows)'];
  expect(settled('SELECT n FROM t;', '+---+\n| n |\n+---+\n| a |\n| bc |', printed)).toMatchObject({
    text: printed[0],
    unordered: true,
    notes: ['it was written as the SQL shell prints it now, in any order'],
  });
});
