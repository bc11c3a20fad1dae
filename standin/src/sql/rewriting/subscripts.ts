import { unimplemented, type StatementError } from '../../protocol/statement-error.ts';
import { closingBracket, enclosingBracket, listItems } from '../text/brackets.ts';
import { primaryStart } from '../text/primaries.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Puts an array or a call in parentheses before a subscript (cockroachlabs.com/docs/stable/array), as PostgreSQL
 * demands it. Throws StatementError (featureNotSupported) for slices, second subscripts and arrays of arrays, which
 * CockroachDB does not have.
 *
 *     SELECT ARRAY[1, 2][1], f(a)[2]
 *     SELECT (ARRAY[1, 2])[1], (f(a))[2]
 */
export function rewriteSubscripts({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, '[')) return;
  for (const [i, token] of tokens.entries()) {
    refuseNested(tokens, i);
    if (!isSign(token, '[') || !isSubscript(tokens, i)) continue;
    const isBracketed = isSign(tokens[i - 1], ')') || isSign(tokens[i - 1], ']');
    const start = isBracketed ? primaryStart(tokens, i - 1) : nameStart(tokens, i - 1);
    refuseSlice(tokens, start, i);
    if (isSign(tokens[i - 1], ']') && !isWord(tokens[start], 'array'))
      throw notImplemented('multidimensional indexing', 32552);
    const isCall = isSign(tokens[i - 1], ')') && isName(tokens[start]);
    const isArray = isWord(tokens[start], 'array');
    if (!isCall && !isArray) continue;
    edits.insert(tokens[start]!.start, '(');
    edits.insert(tokens[i - 1]!.end, ')');
  }
}

/** Whether a bracket follows something that can have a subscript, and is not that of an array or of a type. */
function isSubscript(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (isSign(before, ')') || isSign(before, ']')) return !isSign(tokens[at + 1], ']');
  return isName(before) && !isWord(before, 'array', 'from', 'join') && !isSign(tokens[at + 1], ']');
}

function nameStart(tokens: Token[], last: number): number {
  let at = last;
  while (isSign(tokens[at - 1], '.') && isName(tokens[at - 2])) at -= 2;
  return at;
}

/** Throws StatementError when the subscript whose bracket is token `open` is a slice. */
function refuseSlice(tokens: Token[], start: number, open: number): void {
  const close = closingBracket(tokens, open);
  const isSlice = tokens
    .slice(open + 1, close < 0 ? open : close)
    .some((token, i) => isSign(token, ':') && enclosingBracket(tokens, open + 1 + i) === open);
  if (!isSlice) return;
  throw notImplemented(`ARRAY slicing in ${written(tokens.slice(start, close + 1))}`, 32551);
}

function notImplemented(construct: string, issue: number): StatementError {
  const hint = 'You have attempted to use a feature that is not yet implemented.\n';
  return unimplemented(construct, { hint: `${hint}See: https://go.crdb.dev/issue-v/${issue}/v21.1` });
}

/** Throws StatementError for an array of arrays, written out. */
function refuseNested(tokens: Token[], at: number): void {
  if (!isWord(tokens[at], 'array') || !isSign(tokens[at + 1], '[')) return;
  for (const { from, to } of listItems(tokens, at + 1).items) {
    const open = isWord(tokens[from], 'array') ? from + 1 : from;
    if (isSign(tokens[open], '[') && closingBracket(tokens, open) === to - 1)
      throw notImplemented('arrays cannot have arrays as element type', 32552);
  }
}

/** Returns tokens as CockroachDB prints them. */
function written(tokens: Token[]): string {
  return tokens.map((token) => (isWord(token, 'array') ? 'ARRAY' : isSign(token, ',') ? ', ' : token.value)).join('');
}
