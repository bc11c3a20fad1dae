import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

const KEYWORDS = ['current_timestamp', 'current_date', 'current_time', 'localtimestamp', 'localtime'];

/**
 * Has keywords for the time return that of the client's transaction, as `now()` does: it stays the same when the
 * transaction is restarted, while PostgreSQL's does not. Definitions keep the keyword, because SHOW CREATE shows it.
 *
 *     SELECT current_timestamp, current_date
 *     SELECT crdb."current_timestamp"(), crdb."current_date"()
 *
 *     CREATE TABLE t (a TIMESTAMP DEFAULT current_timestamp())
 *     CREATE TABLE t (a TIMESTAMP DEFAULT current_timestamp )
 */
export function rewriteCurrentTime({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, ...KEYWORDS)) return;
  const isQuery = isWord(tokens[0], 'select', 'insert', 'update', 'delete', 'upsert', 'with', 'values');
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, ...KEYWORDS) || isSign(tokens[i - 1], '.') || isWord(tokens[i - 1], 'as')) continue;
    const hasBrackets = isSign(tokens[i + 1], '(') && isSign(tokens[i + 2], ')');
    if (isSign(tokens[i + 1], '(') && !hasBrackets) continue;
    if (!isQuery) {
      if (hasBrackets) edits.replace(tokens[i + 1]!.start, tokens[i + 2]!.end, '');
      continue;
    }
    edits.replace(token.start, token.end, `crdb."${token.value}"${hasBrackets ? '' : '()'}`);
  }
}
