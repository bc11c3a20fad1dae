import { enclosingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { mentions } from '../text/mentions.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

const OPERATORS = ['=', '<>', '!=', '<', '>', '<=', '>=', '@>', '<@', '&&', '||'];

/**
 * Lets an empty array take its type from its place (cockroachlabs.com/docs/stable/array): from the column that it is
 * written to, or the other operand. PostgreSQL wants a cast of it, but none of a string. In other places CockroachDB
 * knows no type either.
 *
 *     INSERT INTO t VALUES (1, ARRAY[])
 *     INSERT INTO t VALUES (1, '{}')
 */
export function rewriteEmptyArrays({ tokens }: Statement, edits: TextEdits): void {
  const isEmptyArray = (at: number): boolean =>
    isWord(tokens[at], 'array') && isSign(tokens[at + 1], '[') && isSign(tokens[at + 2], ']');
  if (!tokens.some((_, i) => isEmptyArray(i))) return;
  for (const [i, token] of tokens.entries()) {
    const after = tokens[i + 3];
    if (!isEmptyArray(i) || isSign(after, '::') || isSign(after, ':::')) continue;
    const list = enclosingBracket(tokens, i);
    const isItem = startsItem(tokens[i - 1]) && endsItem(after) && isTypedList(tokens, list);
    if (isItem || isWord(tokens[i - 1], 'default') || isOperator(tokens[i - 1]) || isOperator(after))
      edits.replace(token.start, tokens[i + 2]!.end, `'{}'`);
  }
}

function isOperator(token: Token | undefined): boolean {
  return OPERATORS.some((operator) => isSign(token, operator));
}

function startsItem(token: Token | undefined): boolean {
  return isSign(token, '(') || isSign(token, ',');
}

function endsItem(token: Token | undefined): boolean {
  return isSign(token, ')') || isSign(token, ',');
}

/** Whether the list whose bracket is token `open` has types from elsewhere: a row to insert, or COALESCE. */
function isTypedList(tokens: readonly Token[], open: number): boolean {
  const before = tokens[open - 1];
  if (isWord(before, 'coalesce', 'ifnull', 'nullif', 'if')) return true;
  const isRow = isWord(before, 'values') || isSign(before, ',');
  return isRow && mentions(tokens, 'insert', 'upsert');
}
