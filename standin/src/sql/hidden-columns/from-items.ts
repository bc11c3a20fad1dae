import { afterBracket, holdsQuery } from '../text/parentheses.ts';
import { aliasAt, isNumbered, readTable, type NamedTable } from '../text/named-tables.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

/** One source of a FROM clause. */
export interface FromItem {
  table: NamedTable | undefined;
  /** What qualifies its columns; undefined for a query without a name. */
  qualifier: string | undefined;
  /** Whether it is a part of a join in parentheses that has a name, by which its columns are known outside. */
  isInner: boolean;
  /** The index after its last token. */
  to: number;
}

/** The sources between two tokens, and whether joins among them merge columns. */
export interface FromClause {
  items: FromItem[];
  isNatural: boolean;
  merges: boolean;
}

/** Reads the sources of a FROM clause: the tokens from `from` up to `to`. */
export function readFrom(tokens: readonly Token[], from: number, to: number): FromClause {
  const clause: FromClause = { items: [], isNatural: false, merges: false };
  for (let at = from; at < to; at++) {
    if (isWord(tokens[at], 'lateral')) at++;
    at = readItem(tokens, at, clause);
    for (; at < to; at = isSign(tokens[at], '(') ? afterBracket(tokens, at) : at + 1) {
      if (isSign(tokens[at], ',') || isWord(tokens[at], 'join')) break;
      if (isWord(tokens[at], 'natural')) clause.isNatural = clause.merges = true;
      else if (isWord(tokens[at], 'using')) clause.merges = true;
    }
  }
  return clause;
}

/** Adds the source that begins at token `at` to the clause, and returns the index after it. */
function readItem(tokens: readonly Token[], at: number, clause: FromClause): number {
  if (isSign(tokens[at], '(')) return readParenthesis(tokens, at, clause);
  if (isWord(tokens[at], 'rows') && isWord(tokens[at + 1], 'from')) return readParenthesis(tokens, at + 2, clause);
  const table = readTable(tokens, at);
  if (!table) return at + 1;
  const isCall = isSign(tokens[table.to], '(');
  let end = isCall ? afterBracket(tokens, table.to) : table.to;
  if (isNumbered(tokens, end)) end += 2;
  const named = aliasAt(tokens, end);
  const to = Math.max(named?.to ?? end, at + 1);
  const qualifier = named ? tokens[named.at]!.value : table.alias.value;
  clause.items.push({ table: isCall ? undefined : table, qualifier, isInner: false, to });
  return to;
}

function readParenthesis(tokens: readonly Token[], open: number, clause: FromClause): number {
  const after = afterBracket(tokens, open);
  const hasNumbers = isNumbered(tokens, after);
  const end = hasNumbers ? after + 2 : after;
  const named = aliasAt(tokens, end);
  const to = named?.to ?? end;
  const whole = { table: undefined, qualifier: named && tokens[named.at]!.value, isInner: false, to };
  if (holdsQuery(tokens, open) || isWord(tokens[open - 2], 'rows')) clause.items.push(whole);
  else {
    const inner = readFrom(tokens, open + 1, after - 1);
    const isWrapped = named !== undefined || hasNumbers;
    clause.merges ||= inner.merges;
    clause.isNatural ||= inner.isNatural;
    for (const item of inner.items) {
      if (item.table) item.table.isWrapped ||= isWrapped;
      clause.items.push({ ...item, isInner: item.isInner || isWrapped });
    }
    if (isWrapped) clause.items.push(whole);
  }
  return to;
}
