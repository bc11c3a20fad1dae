import { topLevelWord } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isWord } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Removes RETURNING NOTHING (cockroachlabs.com/docs/stable/returning-nothing).
 *
 *     INSERT INTO t VALUES (1) RETURNING NOTHING
 *     INSERT INTO t VALUES (1)
 */
export function removeReturningNothing({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'nothing')) return;
  const at = tokens.findIndex((token, i) => isWord(token, 'returning') && isWord(tokens[i + 1], 'nothing'));
  if (at >= 0) edits.replace(tokens[at]!.start, tokens[at + 1]!.end, '');
}

/**
 * Rewrites ORDER BY and LIMIT of UPDATE and DELETE (cockroachlabs.com/docs/stable/limit-offset), which PostgreSQL does
 * not have: the statement changes the rows that a query with that order and limit returns. It copies the table's name
 * as other rewritings left it, so it must come last.
 *
 *     DELETE FROM t WHERE id > 1 ORDER BY id LIMIT 2 RETURNING id
 *     DELETE FROM t WHERE ctid IN (SELECT ctid FROM t WHERE id > 1 ORDER BY id LIMIT 2)  RETURNING id
 */
export function rewriteLimitedChange({ tokens }: Statement, edits: TextEdits): void {
  if (!isWord(tokens[0], 'update', 'delete') || !mentions(tokens, 'order', 'limit')) return;
  const first = (...words: string[]): number => {
    const at = topLevelWord(tokens, words);
    return at > 0 ? at : Infinity;
  };
  if (first('order', 'limit') === Infinity) return;
  const tableFrom = isWord(tokens[0], 'delete') ? 2 : 1;
  const tableTo = first('set', 'where', 'order', 'limit');
  const table = edits.apply(tokens[tableFrom]!.start, tokens[tableTo - 1]!.end);
  const queryFrom = first('where', 'order', 'limit');
  const queryTo = Math.min(first('returning'), tokens.length - 1);
  edits.insert(tokens[queryFrom]!.start, `WHERE ctid IN (SELECT ctid FROM ${table} `);
  edits.insert(tokens[queryTo - 1]!.end, ') ');
}
