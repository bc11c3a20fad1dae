import { afterBracket, holdsQuery } from '../text/parentheses.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** A table where it is named: in FROM, or as what a statement changes. */
export interface NamedTable {
  path: string[];
  /** The index of its first token, and the one after its name and index hint. */
  from: number;
  to: number;
  /** The token that qualifies its columns, and its index. */
  alias: Token;
  aliasAt: number;
  /** Whether the alias is not its own name. */
  isRenamed: boolean;
  /** Whether `*` takes it for something else: renamed columns, a number for each row, a join in parentheses. */
  isWrapped: boolean;
}

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

/** Words that may follow a source without being its alias. */
const AFTER_SOURCE = new Set(
  `join inner left right full outer cross natural hash merge lookup inverted on using as with where group having window
  order limit offset fetch for union intersect except set values default returning tablesample select table`.split(
    /\s+/,
  ),
);

/** Reads the table whose name begins at token `from`; undefined when no name of a table does. */
export function readTable(tokens: readonly Token[], from: number): NamedTable | undefined {
  const path: string[] = [];
  let at = from;
  for (; isName(tokens[at]); at += 2) {
    path.push(tokens[at]!.value);
    if (!isSign(tokens[at + 1], '.')) break;
  }
  if (!path.length || !isName(tokens[at])) return undefined;
  let to = at + 1;
  if (isSign(tokens[to], '@')) to = isSign(tokens[to + 1], '{') ? afterBracket(tokens, to + 1) : to + 2;
  const isNumbered = isWord(tokens[to], 'with') && isWord(tokens[to + 1], 'ordinality');
  const named = aliasAt(tokens, isNumbered ? to + 2 : to);
  return {
    path,
    from,
    to,
    alias: tokens[named?.at ?? at]!,
    aliasAt: named?.at ?? at,
    isRenamed: named !== undefined || isNumbered,
    isWrapped: isNumbered || named?.hasColumns === true,
  };
}

/** Finds the alias that begins at token `at`, with or without AS. */
function aliasAt(tokens: readonly Token[], at: number): { at: number; to: number; hasColumns: boolean } | undefined {
  const name = isWord(tokens[at], 'as') ? at + 1 : at;
  const token = tokens[name];
  if (!isName(token) || (token.kind === 'word' && AFTER_SOURCE.has(token.value))) return undefined;
  const hasColumns = isSign(tokens[name + 1], '(');
  return { at: name, to: hasColumns ? afterBracket(tokens, name + 1) : name + 1, hasColumns };
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
  if (isWord(tokens[end], 'with') && isWord(tokens[end + 1], 'ordinality')) end += 2;
  const named = aliasAt(tokens, end);
  const to = Math.max(named?.to ?? end, at + 1);
  const qualifier = named ? tokens[named.at]!.value : table.alias.value;
  clause.items.push({ table: isCall ? undefined : table, qualifier, isInner: false, to });
  return to;
}

function readParenthesis(tokens: readonly Token[], open: number, clause: FromClause): number {
  const after = afterBracket(tokens, open);
  const isNumbered = isWord(tokens[after], 'with') && isWord(tokens[after + 1], 'ordinality');
  const named = aliasAt(tokens, isNumbered ? after + 2 : after);
  const to = named?.to ?? (isNumbered ? after + 2 : after);
  const whole = { table: undefined, qualifier: named && tokens[named.at]!.value, isInner: false, to };
  if (holdsQuery(tokens, open) || isWord(tokens[open - 2], 'rows')) clause.items.push(whole);
  else {
    const inner = readFrom(tokens, open + 1, after - 1);
    const isWrapped = named !== undefined || isNumbered;
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
