import { expect, it } from 'vitest';
import { onlyReads } from '../../shared/only-reads.ts';

it.each([
  ['SELECT 1;', true],
  ['show tables;\n  explain SELECT 2;\n', true],
  ['', true],
  ['SELECT 1; INSERT INTO t VALUES (1);', false],
  ['selection;', false],
])('knows by its first words whether %s may be run again and again', (statements, reads) => {
  expect(onlyReads(statements)).toBe(reads);
});
