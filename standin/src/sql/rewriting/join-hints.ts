import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isWord } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Removes join hints (cockroachlabs.com/docs/stable/cost-based-optimizer#join-hints), which PostgreSQL does not have.
 * The answer is the same without them.
 *
 *     SELECT * FROM t INNER HASH JOIN u USING (id)
 *     SELECT * FROM t INNER  JOIN u USING (id)
 */
export function removeJoinHints({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'join')) return;
  for (const [i, token] of tokens.entries()) {
    const isHint = isWord(token, 'hash', 'merge', 'lookup', 'inverted') && isWord(tokens[i + 1], 'join');
    if (isHint && isWord(tokens[i - 1], 'inner', 'left', 'right', 'full', 'outer'))
      edits.replace(token.start, token.end, '');
  }
}
