import type { Token } from './lexer.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/**
 * The parts of a parenthesised list that begins at token `open`, each as a statement of its own, and the index after
 * its end.
 */
export function listParts(statement: Statement, open: number): { parts: Statement[]; after: number } {
  const { tokens, source } = statement;
  const parts: Statement[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isSign(token, '(') || isSign(token, '[') || isSign(token, '{')) depth++;
    if (isSign(token, ')') || isSign(token, ']') || isSign(token, '}')) depth--;
    const ends = depth === 0;
    if ((depth === 1 && isSign(token, ',')) || ends) {
      if (i > from || !ends || parts.length) parts.push(slice(source, tokens, from, i));
      from = i + 1;
    }
    if (ends) return { parts, after: i + 1 };
  }
  return { parts, after: tokens.length };
}

/** Tokens `from` to `to` (not included) as a statement. */
export function slice(source: string, tokens: Token[], from: number, to: number): Statement {
  const start = tokens[from]!.start;
  const end = to > from ? tokens[to - 1]!.end : start;
  const moved = tokens
    .slice(from, to)
    .map((token) => ({ ...token, start: token.start - start, end: token.end - start }));
  return {
    source: source.slice(start, end),
    tokens: [...moved, { kind: 'end', value: '', start: end - start, end: end - start }],
  };
}

/** Whether a part of CREATE TABLE is an index, a family, a constraint, a LIKE, or else a column. */
export function kindOfPart(part: Statement): 'index' | 'family' | 'constraint' | 'like' | 'column' {
  const [first, second] = part.tokens;
  if (isWord(first, 'index', 'inverted') || (isWord(first, 'unique') && isWord(second, 'index', 'inverted')))
    return isSign(second, '.') ? 'column' : 'index';
  if (isWord(first, 'family')) return 'family';
  if (isWord(first, 'like')) return 'like';
  if (isWord(first, 'constraint', 'primary', 'foreign', 'check') || (isWord(first, 'unique') && isSign(second, '(')))
    return 'constraint';
  return 'column';
}
