import { closingBracket } from '../text/brackets.ts';
import { primaryStart } from '../text/primaries.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

/** Functions that only look at the order of the rows. */
const POSITIONS = ['row_number', 'lag', 'lead', 'ntile'];
/** Functions that take one row of the frame, which is the whole partition when nothing orders it. */
const PICKED = ['first_value', 'last_value', 'nth_value'];

/**
 * Orders a window that nobody ordered as CockroachDB reads the rows, where its function depends on the order. `over` is
 * the index of the token OVER. Functions that would see other peers or another frame are left alone.
 *
 *     row_number() OVER (PARTITION BY city)
 *     row_number() OVER (PARTITION BY city ORDER BY "users"."id")
 */
export function orderWindow(tokens: readonly Token[], over: number, order: string, edits: TextEdits): void {
  const close = isSign(tokens[over + 1], '(') ? closingBracket(tokens, over + 1) : -1;
  if (close < 0 || !isSign(tokens[over - 1], ')')) return;
  const inner = tokens.slice(over + 2, close);
  // A window that begins with a name continues one that is defined elsewhere.
  if (inner.length > 0 && !isWord(inner[0], 'partition', 'rows')) return;
  if (inner.some((token) => isWord(token, 'order', 'range', 'groups'))) return;
  const name = tokens[primaryStart(tokens, over - 1)];
  const frame = inner.find((token) => isWord(token, 'rows'));
  if (frame) edits.insert(frame.start, `ORDER BY ${order} `);
  else if (isWord(name, ...POSITIONS)) edits.insert(tokens[close]!.start, ` ORDER BY ${order}`);
  else if (isWord(name, ...PICKED))
    edits.insert(tokens[close]!.start, ` ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING`);
}
