import { describe, expect, it } from 'vitest';
import { qualifiedNames } from '../../../src/sql/rewriting/qualified-names.ts';
import { lex } from '../../../src/sql/text/lexer.ts';

/** Returns the qualified names in a text, with an exclamation mark after those of tables and other objects. */
function namesIn(source: string): string[] {
  return qualifiedNames(lex(source)).map(
    ({ parts, isObject }) => parts.map(({ value }) => value).join('.') + (isObject ? '!' : ''),
  );
}

describe('qualifiedNames', () => {
  it.each([
    ['SELECT t.a, bank.t.a FROM bank.t', ['t.a', 'bank.t.a', 'bank.t!']],
    ['SELECT 1 FROM a.b, c.d JOIN e."F g" ON x.y = 1', ['a.b!', 'c.d!', 'e.F g!', 'x.y']],
    ['SELECT f(a.b, c.d), e.f FROM (SELECT 1 FROM g.h, i.j)', ['a.b', 'c.d', 'e.f', 'g.h!', 'i.j!']],
    ['INSERT INTO a.b VALUES (c.d, e.f) RETURNING g.h, i.j', ['a.b!', 'c.d', 'e.f', 'g.h', 'i.j']],
    ['SELECT 1 FROM (a.b), c.d ORDER BY e.f, g.h', ['a.b', 'c.d!', 'e.f', 'g.h']],
    ["SELECT 'a.b', 1.5, c.*", []],
  ])('%s', (source, expected) => {
    expect(namesIn(source)).toEqual(expected);
  });
});
