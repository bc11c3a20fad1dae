import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Removes index hints (cockroachlabs.com/docs/stable/table-expressions#force-index-selection), which PostgreSQL does
 * not have. The answer is the same without them.
 *
 *     SELECT * FROM t@primary, u@{FORCE_INDEX=i}
 *     SELECT * FROM t, u
 */
export function removeIndexHints({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, '@')) return;
  if (!isWord(tokens[0], 'select', 'insert', 'update', 'delete', 'upsert', 'with')) return;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (!isSign(token, '@') || !isName(before) || before.end !== token.start) continue;
    let last = i + 1;
    if (isSign(tokens[last], '{')) while (tokens[last] && !isSign(tokens[last], '}')) last++;
    else if (!isName(tokens[last])) continue;
    edits.remove(token.start, tokens[last]?.end ?? token.end);
  }
}
