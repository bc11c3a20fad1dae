import type { Edits } from './edits.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/**
 * `table@index` and `table@{…}` choose an index
 * (cockroachlabs.com/docs/stable/table-expressions#force-index-selection); the answer is the same without.
 */
export function dropIndexHints(statement: Statement, edits: Edits): void {
  const { tokens } = statement;
  if (!isWord(tokens[0], 'select', 'insert', 'update', 'delete', 'upsert', 'with', '(')) return;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (
      !isSign(token, '@') ||
      !before ||
      before.end !== token.start ||
      (before.kind !== 'word' && before.kind !== 'quoted')
    )
      continue;
    let end = i + 1;
    if (isSign(tokens[end], '{')) while (tokens[end] && !isSign(tokens[end], '}')) end++;
    else if (tokens[end]?.kind !== 'word' && tokens[end]?.kind !== 'quoted') continue;
    edits.remove(token.start, tokens[end]?.end ?? token.end);
  }
}
