import { describe, expect, it } from 'vitest';
import {
  bracketDepths,
  closingBracket,
  enclosingBracket,
  listItems,
  topLevelWord,
} from '../../../src/sql/text/brackets.ts';
import { lex } from '../../../src/sql/text/lexer.ts';

/** Returns the items of the list at the first bracket, as written, and the index after the list. */
function itemsOf(source: string): { items: string[]; after: number } {
  const tokens = lex(source);
  const { items, after } = listItems(
    tokens,
    tokens.findIndex(({ kind }) => kind === 'sign'),
  );
  const written = items.map(({ from, to }) =>
    to > from ? source.slice(tokens[from]!.start, tokens[to - 1]!.end) : '',
  );
  return { items: written, after };
}

describe('bracketDepths', () => {
  it('counts the brackets that are open around each token', () => {
    expect(bracketDepths(lex('f(a, (b))'))).toEqual([0, 0, 1, 1, 1, 2, 1, 0, 0]);
  });

  it('counts brackets of every kind, but none in strings', () => {
    expect(bracketDepths(lex("a[1] t@{x} '(('"))).toEqual([0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('goes below zero when brackets close that were not open', () => {
    expect(bracketDepths(lex('a)) b'))).toEqual([0, -1, -2, -2, -2]);
  });
});

describe('topLevelWord', () => {
  const tokens = lex('WITH x AS (SELECT 1 LIMIT 1) UPDATE t SET a = 1 LIMIT 2');

  it('finds the first of several words outside all brackets', () => {
    expect(tokens[topLevelWord(tokens, ['limit', 'set'])]!.value).toBe('set');
    expect(topLevelWord(tokens, ['limit'])).toBe(tokens.length - 3);
  });

  it('finds nothing before its starting point, and no quoted name', () => {
    expect(topLevelWord(tokens, ['with'], 1)).toBe(-1);
    expect(topLevelWord(lex('"limit"'), ['limit'])).toBe(-1);
  });
});

describe('closingBracket and enclosingBracket', () => {
  const tokens = lex('a (b [c] (d)) e');

  it('find each other', () => {
    expect(closingBracket(tokens, 1)).toBe(9);
    expect(closingBracket(tokens, 3)).toBe(5);
    expect(enclosingBracket(tokens, 4)).toBe(3);
    expect(enclosingBracket(tokens, 7)).toBe(6);
    expect(enclosingBracket(tokens, 2)).toBe(1);
  });

  it('find nothing when there is no bracket', () => {
    expect(closingBracket(lex('a (b'), 1)).toBe(-1);
    expect(enclosingBracket(tokens, 10)).toBe(-1);
  });
});

describe('listItems', () => {
  it('splits at commas of the list, not at those inside an item', () => {
    expect(itemsOf('(a, f(b, c), [d, e]) x')).toEqual({ items: ['a', 'f(b, c)', '[d, e]'], after: 16 });
  });

  it('returns no items for an empty list, and an empty item after a trailing comma', () => {
    expect(itemsOf('() x')).toEqual({ items: [], after: 2 });
    expect(itemsOf('(a,)')).toEqual({ items: ['a', ''], after: 4 });
  });

  it('ends with the text when the list is not closed, and drops the unfinished item', () => {
    expect(itemsOf('(a, b')).toEqual({ items: ['a'], after: 5 });
  });

  it('returns no items when there is no list', () => {
    expect(listItems(lex('a b'), 0)).toEqual({ items: [], after: 1 });
    expect(listItems(lex('a b'), -1)).toEqual({ items: [], after: 0 });
  });
});
