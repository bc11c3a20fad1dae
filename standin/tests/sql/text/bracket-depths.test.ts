import { expect, it } from 'vitest';
import { bracketDepths } from '../../../src/sql/text/brackets.ts';
import { lex } from '../../../src/sql/text/lexer.ts';

it('counts the brackets around each token', () => {
  expect(bracketDepths(lex('f(a, (b))[1]'))).toEqual([0, 0, 1, 1, 1, 2, 1, 0, 0, 1, 0, 0]);
});

it('counts them once for a list, so that a long statement cannot keep the server busy', () => {
  const tokens = lex('SELECT a[1][1]');
  expect(bracketDepths(tokens)).toBe(bracketDepths(tokens));
});
