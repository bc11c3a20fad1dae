import { closingBracket, listItems } from '../text/brackets.ts';
import { primaryEnd } from '../text/primaries.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

const COMPARISONS = new Set('= <> != < > <= >= ~ ~* !~ !~* @> <@ && << >> ? ?| ?&'.split(' '));
const QUERIES = ['select', 'values', 'with', 'table'];

/**
 * Makes an array of the list that ANY, SOME and ALL compare with
 * (cockroachlabs.com/docs/stable/scalar-expressions#array-comparison), where PostgreSQL takes a query or an array in
 * parentheses.
 *
 *     SELECT a = ANY (1, 2), b LIKE ALL ARRAY['x%'], c NOT IN ()
 *     SELECT a = ANY (ARRAY[1, 2]), b LIKE ALL (ARRAY['x%']), c <> ALL ('{}')
 */
export function rewriteAnyLists({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'any', 'some', 'all', 'in')) return;
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'in') && isSign(tokens[i + 1], '(') && isSign(tokens[i + 2], ')'))
      rewriteEmptyIn(tokens, i, edits);
    if (!isWord(token, 'any', 'some', 'all') || !isComparison(tokens[i - 1])) continue;
    if (isSign(tokens[i + 1], '(')) rewriteList(tokens, i + 1, edits);
    else if (i + 1 < tokens.length - 1) {
      edits.insert(tokens[i + 1]!.start, '(');
      edits.insert(tokens[primaryEnd(tokens, i + 1) - 1]!.end, ')');
    }
  }
}

function isComparison(token: Token | undefined): boolean {
  return (token?.kind === 'sign' && COMPARISONS.has(token.value)) || isWord(token, 'like', 'ilike');
}

/** Rewrites the list in parentheses that begins at token `open`; `((1, 2))` is the same list as `(1, 2)`. */
function rewriteList(tokens: Token[], open: number, edits: TextEdits): void {
  let list = open;
  while (isSign(tokens[list + 1], '(') && closingBracket(tokens, list + 1) === closingBracket(tokens, list) - 1) list++;
  const first = tokens[list + 1];
  if (isSign(first, ')')) return edits.insert(first!.start, "'{}'");
  const { items, after } = listItems(tokens, list);
  if (items.length < 2 || isWord(first, ...QUERIES)) return;
  edits.insert(tokens[list]!.end, 'ARRAY[');
  edits.insert(tokens[after - 1]!.start, ']');
}

/** Rewrites IN with an empty list, in which nothing is; CockroachDB takes it, and PostgreSQL does not. */
function rewriteEmptyIn(tokens: Token[], at: number, edits: TextEdits): void {
  const not = tokens[at - 1]!;
  const isNegated = isWord(not, 'not');
  const start = isNegated ? not.start : tokens[at]!.start;
  edits.replace(start, tokens[at + 2]!.end, `${isNegated ? '<> ALL' : '= ANY'} ('{}')`);
}
