import { CLAUSES, SET_OPERATIONS } from '../text/clause-words.ts';
import { readTable, type NamedTable } from '../text/named-tables.ts';
import { closingBracket, enclosingBracket } from '../text/brackets.ts';
import { followingClauses } from '../text/following-clauses.ts';
import { onceForTokens } from '../text/once-for-tokens.ts';
import { holdsQuery } from '../text/parentheses.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { readFrom, type FromClause } from './from-items.ts';

/** Tokens from index `from` up to but not including `to`. */
export interface Range {
  from: number;
  to: number;
}

/** A query or a change of rows, at any depth of a statement: where names mean the columns of its tables. */
export interface Scope extends Range {
  verb: 'select' | 'insert' | 'update' | 'delete' | 'table';
  /** The table that it changes. */
  target: NamedTable | undefined;
  sources: FromClause;
  /** What it returns: the list of SELECT, or RETURNING. */
  list: Range | undefined;
  /** The index of the first token of what INSERT writes. */
  rowsAt: number;
  /** Whether an INSERT lists columns. */
  hasColumns: boolean;
}

const BEFORE_TABLE = ['as', 'all', 'distinct', 'explain', 'analyze', ...SET_OPERATIONS];
const NO_SOURCES: FromClause = { items: [], isNatural: false, merges: false };

/** Finds the queries and changes of rows in a statement. */
export const scopesOf = onceForTokens((tokens): readonly Scope[] => {
  const scopes: Scope[] = [];
  const rows = new Set<number>();
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word' || isSign(tokens[i - 1], '.')) continue;
    const next = tokens[i + 1];
    if (token.value === 'select') scopes.push(readSelect(tokens, i));
    else if ((token.value === 'insert' || token.value === 'upsert') && isWord(next, 'into'))
      add(scopes, readInsert(tokens, i), rows);
    else if (token.value === 'update' && isName(next) && !isWord(tokens[i - 1], 'for', 'do', 'on', 'key'))
      add(scopes, readChange(tokens, i, 'update', i + 1));
    else if (token.value === 'delete' && isWord(next, 'from')) add(scopes, readChange(tokens, i, 'delete', i + 2));
    else if (token.value === 'table' && isName(next) && (rows.has(i) || beginsQuery(tokens, i)))
      add(scopes, readWholeTable(tokens, i));
  }
  return scopes;
});

function add(scopes: Scope[], scope: Scope | undefined, rows?: Set<number>): void {
  if (!scope) return;
  scopes.push(scope);
  rows?.add(scope.rowsAt);
}

/** Whether TABLE stands where a query does, as in `CREATE TABLE a AS TABLE b`. */
function beginsQuery(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before === undefined || isSign(before, '(') || isWord(before, ...BEFORE_TABLE);
}

const following = followingClauses({
  /** What a SELECT ends before. */
  end: [...SET_OPERATIONS, 'returning', 'conflict'],
  clause: CLAUSES,
  sources: ['from', 'using'],
  returning: ['returning'],
  afterSources: ['where', 'order', 'limit', 'returning'],
});

/** Returns the index after a scope that begins at a token: where its bracket closes, or the statement ends. */
function endOf(tokens: readonly Token[], at: number): number {
  const around = enclosingBracket(tokens, at);
  const close = around < 0 ? -1 : closingBracket(tokens, around);
  return close < 0 ? tokens.length - 1 : close;
}

function readSelect(tokens: readonly Token[], at: number): Scope {
  const end = endOf(tokens, at);
  const next = Math.min(following(tokens, at, 'end'), end);
  const to = isWord(tokens[next], 'conflict') ? next - 1 : next;
  const from = Math.min(following(tokens, at, 'clause'), to);
  const clause = isWord(tokens[from], 'from')
    ? readFrom(tokens, from + 1, Math.min(following(tokens, from, 'clause'), to))
    : NO_SOURCES;
  return {
    verb: 'select',
    from: at,
    to,
    target: undefined,
    sources: clause,
    list: { from: at + 1, to: from },
    rowsAt: -1,
    hasColumns: false,
  };
}

function readInsert(tokens: readonly Token[], at: number): Scope | undefined {
  const target = readTable(tokens, at + 2, true);
  if (!target) return undefined;
  const to = endOf(tokens, at);
  const after = target.isRenamed ? target.aliasAt + 1 : target.to;
  const hasColumns = isSign(tokens[after], '(') && !holdsQuery(tokens, after);
  const returning = following(tokens, at, 'returning');
  return {
    verb: 'insert',
    from: at,
    to,
    target: { ...target, to: after, isWrapped: false },
    sources: NO_SOURCES,
    list: returning < to ? { from: returning + 1, to } : undefined,
    rowsAt: after,
    hasColumns,
  };
}

function readChange(
  tokens: readonly Token[],
  at: number,
  verb: 'update' | 'delete',
  targetAt: number,
): Scope | undefined {
  const target = readTable(tokens, targetAt, true);
  if (!target) return undefined;
  const to = endOf(tokens, at);
  const from = following(tokens, target.to - 1, 'sources');
  const returning = following(tokens, at, 'returning');
  return {
    verb,
    from: at,
    to,
    target,
    sources: from < to ? readFrom(tokens, from + 1, Math.min(following(tokens, from, 'afterSources'), to)) : NO_SOURCES,
    list: returning < to ? { from: returning + 1, to } : undefined,
    rowsAt: -1,
    hasColumns: false,
  };
}

function readWholeTable(tokens: readonly Token[], at: number): Scope | undefined {
  const table = readTable(tokens, at + 1, true);
  if (!table) return undefined;
  return {
    verb: 'table',
    from: at,
    to: table.to,
    target: table,
    sources: NO_SOURCES,
    list: undefined,
    rowsAt: -1,
    hasColumns: false,
  };
}

/** The tables that a scope changes and reads. */
export function tablesOf({ target, sources }: Scope): NamedTable[] {
  return [target, ...sources.items.map(({ table }) => table)].flatMap((table) => table ?? []);
}
