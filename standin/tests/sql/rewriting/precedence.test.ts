import { describe, expect, it } from 'vitest';
import { rewritePrecedence } from '../../../src/sql/rewriting/precedence.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';

function rewrite(source: string): string {
  const edits = new TextEdits(source);
  rewritePrecedence(parseStatement(source), edits);
  return edits.apply();
}

describe('how strongly operators bind', () => {
  it.each([
    ['a // b * c + d % e', '(a // b) * c + d % e'],
    ['a * b // c // d', 'a * b // c // d'],
    ['a + b // c', 'a + (b // c)'],
    ['a // b ^ 2', 'a // b ^ 2'],
    ['a | b << c & d', 'a | (b << c & d)'],
    ['a & b | c # d', 'a & b | (c # d)'],
    ['a << b + c', 'a << b + c'],
    ["a || b | c || 'd'", "a || (b | c) || 'd'"],
    ['~a + b, ~a & b, -~a * b', '(~a) + b, ~a & b, -(~a) * b'],
    ["a ~ 'x' || b AND c", "a ~ ('x' || b) AND c"],
    ["a || b ~ c, j -> 'k' @> k -> 'l'", "a || b ~ c, j -> 'k' @> (k -> 'l')"],
    ['f(a // b * c)[d // e * f] // g - h', '(f((a // b) * c)[(d // e) * f] // g) - h'],
    ['a::INT // b::DECIMAL(10, 2) - c', '(a::INT // b::DECIMAL(10, 2)) - c'],
    ['a::double precision // b - c', '(a::double precision // b) - c'],
    ["date '2020-01-01' - a // 2 q", "date '2020-01-01' - (a // 2) q"],
    ['CASE WHEN a THEN b // c * d ELSE e END // f + g', '(CASE WHEN a THEN (b // c) * d ELSE e END // f) + g'],
    ['sum(a) OVER (ORDER BY b // c * d) // e * f', '(sum(a) OVER (ORDER BY (b // c) * d) // e) * f'],
    ['(a) // b * c, \'7 // 2 * 2\', "x // y * z"', '((a) // b) * c, \'7 // 2 * 2\', "x // y * z"'],
  ])('SELECT %s', (list, expected) => {
    expect(rewrite(`SELECT ${list} FROM t`)).toBe(`SELECT ${expected} FROM t`);
  });

  it('is the same in a condition', () => {
    const source =
      'UPDATE t SET a = b // c * d WHERE (e & f) | g << 1 > 0 OR NOT (h) // 2 - 1 = i RETURNING (a) // 2 * 2';
    expect(rewrite(source)).toBe(
      'UPDATE t SET a = (b // c) * d WHERE (e & f) | (g << 1) > 0 OR NOT ((h) // 2) - 1 = i RETURNING ((a) // 2) * 2',
    );
  });
});
