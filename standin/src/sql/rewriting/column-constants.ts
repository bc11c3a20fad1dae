import { bracketDepths, closingBracket, listItems, topLevelWord } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** Words that end the list of SELECT. */
const AFTER_LIST = 'from where group having window union limit order offset for'.split(' ');
/** The constants that PostgreSQL may read as int4. */
const INTEGER = /^\d{1,18}$/;

/**
 * Makes integer constants INT8 where they are columns of a view, or in the first part of a recursive query
 * (cockroachlabs.com/docs/stable/common-table-expressions#recursive-common-table-expressions). That part decides on the
 * types of the columns, and PostgreSQL refuses the INT8 that the second part computes from them.
 *
 *     WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT n FROM t
 *     WITH RECURSIVE t (n) AS (SELECT 1::int8 AS "?column?" UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT n FROM t
 */
export function rewriteColumnConstants({ tokens }: Statement, edits: TextEdits): void {
  if (isWord(tokens[0], 'create') && tokens.slice(1, 5).some((token) => isWord(token, 'view'))) {
    const as = topLevelWord(tokens, ['as']);
    if (as > 0) widenColumns(tokens.slice(as + 1, -1), edits);
  }
  if (!mentions(tokens, 'recursive')) return;
  if (!tokens.some((token, i) => isWord(token, 'with') && isWord(tokens[i + 1], 'recursive'))) return;
  for (const [i, token] of tokens.entries()) {
    if (!isSign(token, '(') || !isWord(tokens[i - 1], 'as', 'materialized')) continue;
    widenColumns(tokens.slice(i + 1, closingBracket(tokens, i)), edits);
  }
}

function widenColumns(query: Token[], edits: TextEdits): void {
  if (isWord(query[0], 'values')) widenRows(query, edits);
  else if (isWord(query[0], 'select')) widenList(query, edits);
}

function widenRows(body: Token[], edits: TextEdits): void {
  for (let at = 1; isSign(body[at], '('); at++) {
    const { items, after } = listItems(body, at);
    for (const { from, to } of items) widen(body.slice(from, to), edits, '');
    at = after;
  }
}

function widenList(body: Token[], edits: TextEdits): void {
  const depths = bracketDepths(body);
  let start = isWord(body[1], 'all', 'distinct') ? 2 : 1;
  for (let i = start; i <= body.length; i++) {
    const ends = i === body.length || (depths[i] === 0 && isWord(body[i], ...AFTER_LIST));
    if (!ends && !(depths[i] === 0 && isSign(body[i], ','))) continue;
    widen(body.slice(start, i), edits, ' AS "?column?"');
    start = i + 1;
    if (ends) return;
  }
}

/** Widens an item that is a constant, or an array of constants. A constant that has no name gets this one. */
function widen(item: Token[], edits: TextEdits, name: string): void {
  const at = isSign(item[0], '-') ? 1 : 0;
  const constant = item[at];
  if (constant && isInteger(constant) && (item.length === at + 1 || isWord(item[at + 1], 'as')))
    edits.insert(constant.end, `::int8${item.length === at + 1 ? name : ''}`);
  if (!isWord(item[0], 'array')) return;
  for (const element of listItems(item, 1).items)
    if (element.to === element.from + 1 && isInteger(item[element.from]!))
      edits.insert(item[element.from]!.end, '::int8');
}

function isInteger({ kind, value }: Token): boolean {
  return kind === 'number' && INTEGER.test(value);
}
