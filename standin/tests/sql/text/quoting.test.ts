import { expect, it } from 'vitest';
import { lex } from '../../../src/sql/text/lexer.ts';
import { quoteArray, quoteName, quoteNames, quoteText } from '../../../src/sql/text/quoting.ts';

it.each(['a', 'a"b', '"', 'Select', "a'b", 'a b;'])('a quoted name is one name: %s', (name) => {
  expect(lex(quoteName(name))).toMatchObject([{ kind: 'quoted', value: name }, { kind: 'end' }]);
});

it.each(['a', "it's", "'", 'a\\', "\\'", 'a\nb', "'; DROP TABLE t; --"])('a quoted text is one string: %j', (text) => {
  const [token, end] = lex(quoteText(text));
  expect(['string', 'escape']).toContain(token!.kind);
  expect(end!.kind).toBe('end');
});

it('a backslash means itself', () => {
  expect(quoteText('a\\b')).toBe(" E'a\\\\b'");
});

it('lists have commas between the quoted items', () => {
  expect(quoteNames(['a', 'b"'])).toBe('"a", "b"""');
  expect(quoteArray(['a', "b'"])).toBe("ARRAY['a', 'b''']::text[]");
});
