import { closesBracket, closingBracket, enclosingBracket, opensBracket } from '../text/brackets.ts';
import { CLAUSES, SET_OPERATIONS } from '../text/clause-words.ts';
import { readTable, type NamedTable } from '../text/named-tables.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { isWithQuery } from '../text/with-queries.ts';

/** Where a clause begins and ends, as indexes of tokens. */
interface Range {
  from: number;
  to: number;
}

/** One SELECT of a statement, down to where its ORDER BY would be. */
export interface SelectBlock {
  /** Everything from SELECT on. */
  all: Range;
  list: Range;
  where: Range | undefined;
  /** The tables that it reads, up to the first source that is none. */
  tables: NamedTable[];
  /** Whether all its sources are tables. */
  readsTablesOnly: boolean;
  clauses: ReadonlySet<string>;
  /** Whether it reads the first rows of one table, which are quickly found through the index. */
  isPage: boolean;
  /** Index of the token before which ORDER BY belongs. */
  orderAt: number;
}

/** What ends a SELECT whose order cannot be chosen; a second SELECT without such a word is a syntax error. */
const NEXT_SELECT = [...SET_OPERATIONS, 'select'];

/** Finds the SELECTs whose rows, in order, are those of the statement or of a source in FROM. */
export function selectBlocks(tokens: readonly Token[]): SelectBlock[] {
  const blocks: SelectBlock[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (!isWord(token, 'select') || isSign(tokens[i + 1], ',')) continue;
    const block = readBlock(tokens, i);
    if (block && (block.clauses.has('limit') || keepsOrder(tokens, i))) blocks.push(block);
  }
  return blocks;
}

/** Whether the order of this SELECT's rows can be seen: in IN and EXISTS it cannot. */
function keepsOrder(tokens: readonly Token[], at: number): boolean {
  if (enclosingBracket(tokens, at) < 0) return true;
  const open = tokens[at - 1];
  if (!isSign(open, '(')) return false;
  const before = tokens[at - 2];
  return isWord(before, 'from', 'join', 'lateral', 'as', 'array', 'materialized') || isSign(before, ',');
}

function readBlock(tokens: readonly Token[], at: number): SelectBlock | undefined {
  if (isWord(tokens[at - 1], 'all', ...SET_OPERATIONS)) return undefined;
  const { own, end } = ownTokens(tokens, at);
  const here = (words: readonly string[]): number[] => own.filter((i) => isWord(tokens[i], ...words));
  if (isWord(tokens[end], ...NEXT_SELECT)) return undefined;
  const starts = here(CLAUSES).filter((i) => isClause(tokens, i));
  const [from] = starts;
  if (!isWord(tokens[from ?? -1], 'from')) return undefined;
  const returning = here(['returning', 'on']).find(
    (i) => isWord(tokens[i], 'returning') || isWord(tokens[i + 1], 'conflict'),
  );
  const stop = returning ?? end;
  const rangeOf = (start: number): Range => ({ from: start, to: starts.find((next) => next > start) ?? stop });
  const where = starts.find((i) => isWord(tokens[i], 'where'));
  const { tables, readsTablesOnly } = readTables(tokens, own, rangeOf(from!));
  const clauses = new Set(starts.map((i) => tokens[i]!.value));
  return {
    all: { from: at, to: end },
    list: { from: at + 1, to: from! },
    where: where === undefined ? undefined : rangeOf(where),
    tables,
    readsTablesOnly,
    clauses,
    isPage: clauses.has('limit') && !where && !clauses.has('order') && tables.length === 1 && readsTablesOnly,
    orderAt: starts.find((i) => isWord(tokens[i], 'limit', 'offset', 'fetch', 'for')) ?? stop,
  };
}

/**
 * Returns the indexes of the tokens after that SELECT which are in the same brackets, and where it ends: at the end of
 * these brackets, or where another SELECT begins.
 */
function ownTokens(tokens: readonly Token[], at: number): { own: number[]; end: number } {
  const own: number[] = [];
  for (let i = at + 1; ; i++) {
    const token = tokens[i];
    if (!token || token.kind === 'end' || closesBracket(token) || isSign(token, ';')) return { own, end: i };
    if (isWord(token, ...NEXT_SELECT)) return { own, end: i };
    own.push(i);
    if (!opensBracket(token)) continue;
    const close = closingBracket(tokens, i);
    if (close < 0) return { own, end: tokens.length };
    own.push(close);
    i = close;
  }
}

/** Whether a word begins a clause: not in IS DISTINCT FROM, and not as a part of a name. */
function isClause(tokens: readonly Token[], at: number): boolean {
  return !isWord(tokens[at - 1], 'distinct', 'as') && !isSign(tokens[at - 1], '.') && !isSign(tokens[at + 1], '.');
}

function readTables(
  tokens: readonly Token[],
  own: readonly number[],
  { from, to }: Range,
): { tables: NamedTable[]; readsTablesOnly: boolean } {
  const tables: NamedTable[] = [];
  let readsTablesOnly = true;
  for (const i of own) {
    if (i < from || i >= to) continue;
    const isRight = isWord(tokens[i], 'right', 'full');
    const begins = i === from || isWord(tokens[i], 'join') || isSign(tokens[i], ',');
    const isTable = begins && readsTablesOnly && !isWithQuery(tokens, i + 1);
    const table = isTable ? readPlainTable(tokens, i + 1) : undefined;
    if (table) tables.push(table);
    if (isRight || (begins && !table)) readsTablesOnly = false;
    if (isRight) tables.length = 0;
  }
  return { tables, readsTablesOnly };
}

/** Reads a table that has its own names of columns; undefined for a call, and where an alias renames columns. */
function readPlainTable(tokens: readonly Token[], at: number): NamedTable | undefined {
  const table = readTable(tokens, at);
  return table && !isSign(tokens[table.aliasAt + 1], '(') ? table : undefined;
}
