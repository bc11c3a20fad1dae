import { bracketDepths } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** Words that end the list of ORDER BY. */
const AFTER_LIST = 'limit offset fetch for returning union intersect except rows range groups with'.split(' ');

/**
 * Says where NULLs go (cockroachlabs.com/docs/stable/order-by): CockroachDB sorts them first, and last in descending
 * order. PostgreSQL does the opposite.
 *
 *     SELECT a FROM t ORDER BY a, b DESC
 *     SELECT a FROM t ORDER BY a NULLS FIRST, b DESC NULLS LAST
 */
export function rewriteOrderBy({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'order')) return;
  const depths = bracketDepths(tokens);
  for (let i = 0; i + 1 < tokens.length; i++)
    if (isWord(tokens[i], 'order') && isWord(tokens[i + 1], 'by')) placeNulls(tokens, depths, i + 2, edits);
}

function placeNulls(tokens: Token[], depths: readonly number[], from: number, edits: TextEdits): void {
  const depth = depths[from - 1]!;
  let start = from;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    const isInList = depths[i] === depth;
    const ends = token.kind === 'end' || depths[i]! < depth || (isInList && isWord(token, ...AFTER_LIST));
    if ((ends || (isInList && isSign(token, ','))) && i > start) {
      placeNullsOf(tokens.slice(start, i), edits);
      start = i + 1;
    }
    if (ends) return;
  }
}

/** Places the NULLs of one expression of the list, unless it says where they go. */
function placeNullsOf(expression: Token[], edits: TextEdits): void {
  const saysWhere = expression.some((token, i) => isWord(token, 'nulls') && isWord(expression[i + 1], 'first', 'last'));
  const last = expression.at(-1)!;
  if (!saysWhere) edits.insert(last.end, isWord(last, 'desc') ? ' NULLS LAST' : ' NULLS FIRST');
}
