import { topLevelWord } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { precedingWordHere } from '../text/preceding-words.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Throws StatementError (featureNotSupported) for syntax that PostgreSQL and newer versions have, and that CockroachDB
 * v21.1 parses only to answer `unimplemented`: `GROUP BY ROLLUP (a)`, `DELETE FROM t USING u`. The numbers are those of
 * its issues.
 */
export function refuseUnimplemented({ tokens }: Statement): void {
  if (mentions(tokens, 'rollup', 'cube', 'grouping')) refuseGroupings(tokens);
  const using = isWord(tokens[0], 'delete') ? topLevelWord(tokens, ['using']) : -1;
  if (using < 0) return;
  const after = topLevelWord(tokens, ['where', 'order', 'limit', 'returning'], using);
  throw unimplementedSyntax(after < 0 ? tokens.at(-1)! : tokens[after]!, 40963);
}

function refuseGroupings(tokens: Token[]): void {
  for (const [i, token] of tokens.entries()) {
    const isGrouping = isWord(token, 'rollup', 'cube') && isSign(tokens[i + 1], '(') && isGrouped(tokens, i);
    if (isGrouping) throw unimplementedSyntax(tokens[i + 2]!, 46280);
    if (isWord(token, 'grouping') && isWord(tokens[i + 1], 'sets') && isSign(tokens[i + 2], '('))
      throw unimplementedSyntax(tokens[i + 3]!, 46280);
  }
}

const clauseWord = precedingWordHere(['by', 'select', 'from', 'where', 'having']);

/** Whether an item of GROUP BY begins at that token. */
function isGrouped(tokens: Token[], at: number): boolean {
  return isWord(tokens[clauseWord(tokens, at)], 'by') && (isSign(tokens[at - 1], ',') || isWord(tokens[at - 1], 'by'));
}
