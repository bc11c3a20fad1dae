import type { Edits } from './edits.ts';
import type { Token } from './lexer.ts';
import { isSign, isWord, type Statement } from './statement.ts';

const ENDS = [
  'limit',
  'offset',
  'fetch',
  'for',
  'returning',
  'union',
  'intersect',
  'except',
  'rows',
  'range',
  'groups',
  'with',
];

/**
 * CockroachDB puts NULLs first, and last when descending (cockroachlabs.com/docs/stable/order-by); PostgreSQL the other
 * way round.
 */
export function rewriteOrder(statement: Statement, edits: Edits): void {
  const { tokens } = statement;
  for (let i = 0; i + 1 < tokens.length; i++) {
    if (isWord(tokens[i], 'order') && isWord(tokens[i + 1], 'by')) placeNulls(tokens, i + 2, edits);
  }
}

function placeNulls(tokens: Token[], from: number, edits: Edits): void {
  let depth = 0;
  let start = from;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    const over =
      token.kind === 'end' || (depth === 0 && (isSign(token, ')') || isSign(token, ']') || isWord(token, ...ENDS)));
    if ((over || (depth === 0 && isSign(token, ','))) && i > start) {
      const said = tokens
        .slice(start, i)
        .some((each, n) => isWord(each, 'nulls') && isWord(tokens[start + n + 1], 'first', 'last'));
      if (!said) edits.insert(tokens[i - 1]!.end, isWord(tokens[i - 1], 'desc') ? ' NULLS LAST' : ' NULLS FIRST');
      start = i + 1;
    }
    if (over) return;
    if (isSign(token, '(') || isSign(token, '[')) depth++;
    if (isSign(token, ')') || isSign(token, ']')) depth--;
  }
}
