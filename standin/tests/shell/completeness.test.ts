import { describe, expect, it } from 'vitest';
import { completeness, countStatements } from '../../src/shell/completeness.ts';

describe('statements', () => {
  it.each([
    ['', 'nothing'],
    ['-- only this', 'nothing'],
    ['SELECT 1', 'begun'],
    ['SELECT 1;', 'complete'],
    [`SELECT ';`, 'begun'],
    ['SELECT 1; -- done', 'complete'],
    ['SELECT 1; SELECT', 'begun'],
    ['/* open', 'begun'],
  ])('%j is %s', (text, state) => {
    expect(completeness(text)).toBe(state);
  });

  it('counts statements', () => {
    expect([
      countStatements('SELECT 1'),
      countStatements(`SELECT ';'; SELECT 2;`),
      countStatements(`SELECT '`),
    ]).toEqual([1, 2, 1]);
  });
});
