import { primaryStart } from '../text/primaries.ts';
import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** Words that may follow a table without being its alias. */
const AFTER_TABLE = `where order group limit offset join left right inner cross full natural on union intersect except
  having window for fetch using returning set`.split(/\s+/);

/**
 * Numbers the rows of any source with WITH ORDINALITY
 * (cockroachlabs.com/docs/stable/table-expressions#result-reordering-ordinality), which PostgreSQL has only for
 * functions.
 *
 *     SELECT * FROM t WITH ORDINALITY WHERE a > 1
 *     SELECT * FROM (SELECT *, row_number() OVER () AS ordinality FROM t ) AS t WHERE a > 1
 */
export function rewriteOrdinality({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'ordinality')) return;
  const found = tokens.flatMap((token, i) =>
    isWord(token, 'ordinality') && isWord(tokens[i - 1], 'with') && i > 1 ? [i - 1] : [],
  );
  for (const at of found) {
    const start = sourceStart(tokens, at - 1);
    if (start === undefined) continue;
    edits.insert(tokens[start]!.start, '(SELECT *, row_number() OVER () AS ordinality FROM ');
    edits.replace(tokens[at]!.start, tokens[at + 1]!.end, `)${aliasOf(tokens, start, at)}`);
  }
}

/**
 * Returns the index of the first token of the source that token `last` ends; undefined for a function, which PostgreSQL
 * numbers itself.
 */
function sourceStart(tokens: Token[], last: number): number | undefined {
  if (isSign(tokens[last], ')')) {
    const start = primaryStart(tokens, last);
    return isSign(tokens[start], '(') && !isWord(tokens[start - 1], 'from') ? start : parenthesized(tokens, start);
  }
  let at = last;
  while (!isWord(tokens[at - 1], 'from', 'join') && !isSign(tokens[at - 1], ',') && !isSign(tokens[at - 1], '(')) {
    if (at === 0) return undefined;
    at--;
  }
  return at;
}

/** Returns the index of a parenthesis after FROM; undefined for the one of ROWS FROM, and for a function. */
function parenthesized(tokens: Token[], start: number): number | undefined {
  return isSign(tokens[start], '(') && !isWord(tokens[start - 2], 'rows') ? start : undefined;
}

/** Names a table without an alias by its own name; a source in parentheses needs none. */
function aliasOf(tokens: Token[], start: number, at: number): string {
  const next = tokens[at + 2];
  const isNamed = next?.kind === 'quoted' || (next?.kind === 'word' && !AFTER_TABLE.includes(next.value));
  if (isNamed || isSign(tokens[start], '(')) return '';
  let last = start;
  while (isSign(tokens[last + 1], '.') && isName(tokens[last + 2])) last += 2;
  return ` AS ${quoteName(tokens[last]!.value)}`;
}
