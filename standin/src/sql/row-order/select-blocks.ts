import { closesBracket, closingBracket, enclosingBracket, opensBracket } from '../text/brackets.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { isWithQuery } from '../text/with-queries.ts';

/** Where a clause begins and ends, as indexes of tokens. */
interface Range {
  from: number;
  to: number;
}

/** A table in FROM. */
interface FromTable {
  path: string[];
  /** The token by which its columns are qualified. */
  alias: Token;
}

/** One SELECT of a statement, down to where its ORDER BY would be. */
export interface SelectBlock {
  /** Everything from SELECT on. */
  all: Range;
  list: Range;
  where: Range | undefined;
  /** The tables that it reads, up to the first source that is none. */
  tables: FromTable[];
  /** Whether all its sources are tables. */
  readsTablesOnly: boolean;
  clauses: ReadonlySet<string>;
  /** Whether it reads the first rows of one table, which are quickly found through the index. */
  isPage: boolean;
  /** Index of the token before which ORDER BY belongs. */
  orderAt: number;
}

const CLAUSES = 'from where group having window order limit offset fetch for'.split(' ');
const SET_OPERATIONS = ['union', 'intersect', 'except'];
/** What ends a SELECT whose order cannot be chosen; a second SELECT without such a word is a syntax error. */
const NEXT_SELECT = [...SET_OPERATIONS, 'select'];
const JOINING = 'join inner left right full outer cross natural hash merge lookup inverted'.split(' ');
const AFTER_SOURCE = [
  ...JOINING,
  ...CLAUSES,
  ...SET_OPERATIONS,
  'on',
  'using',
  'as',
  'tablesample',
  'with',
  'returning',
];

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
): { tables: FromTable[]; readsTablesOnly: boolean } {
  const tables: FromTable[] = [];
  let readsTablesOnly = true;
  for (const i of own) {
    if (i < from || i >= to) continue;
    const isRight = isWord(tokens[i], 'right', 'full');
    const begins = i === from || isWord(tokens[i], 'join') || isSign(tokens[i], ',');
    const isTable = begins && readsTablesOnly && !isWithQuery(tokens, i + 1);
    const table = isTable ? readTable(tokens, i + 1) : undefined;
    if (table) tables.push(table);
    if (isRight || (begins && !table)) readsTablesOnly = false;
    if (isRight) tables.length = 0;
  }
  return { tables, readsTablesOnly };
}

function readTable(tokens: readonly Token[], start: number): FromTable | undefined {
  const path: string[] = [];
  let at = start;
  for (; isName(tokens[at]); at += 2) {
    path.push(tokens[at]!.value);
    if (!isSign(tokens[at + 1], '.')) break;
  }
  if (!path.length || !isName(tokens[at]) || isSign(tokens[at + 1], '(')) return undefined;
  let next = at + 1;
  if (isSign(tokens[next], '@')) next = isSign(tokens[next + 1], '{') ? closingBracket(tokens, next + 1) + 1 : next + 2;
  if (isWord(tokens[next], 'with') && isWord(tokens[next + 1], 'ordinality')) next += 2;
  const named = isWord(tokens[next], 'as') ? tokens[next + 1] : tokens[next];
  const isAlias = isName(named) && (named.kind === 'quoted' || !AFTER_SOURCE.includes(named.value));
  const afterAlias = isAlias ? tokens[next + (isWord(tokens[next], 'as') ? 2 : 1)] : undefined;
  // An alias with a list of columns renames them.
  return isSign(afterAlias, '(') ? undefined : { path, alias: isAlias ? named : tokens[at]! };
}
