import type { Edits } from './edits.ts';
import type { Token } from './lexer.ts';
import { isSign, isWord, quoteName, type Statement } from './statement.ts';

const RELATION_FOLLOWS = [
  'from',
  'join',
  'into',
  'update',
  'table',
  'truncate',
  'references',
  'on',
  'exists',
  'view',
  'sequence',
  'only',
  'index',
  'like',
  'type',
  'copy',
];
/** Words that begin a list of something else than tables. */
const OTHER_LISTS = [
  'select',
  'where',
  'set',
  'by',
  'values',
  'returning',
  'having',
  'limit',
  'offset',
  'distinct',
  'partition',
  'to',
  'array',
];

/** The names of a statement with a dot in them: the tokens of its parts, and whether a table may stand there. */
export function dottedNames(tokens: Token[]): { parts: Token[]; relation: boolean }[] {
  const found: { parts: Token[]; relation: boolean }[] = [];
  const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted';
  for (let i = 0; i < tokens.length; i++) {
    if (!isName(tokens[i]) || !isSign(tokens[i + 1], '.')) continue;
    const at = i;
    const before = tokens[at - 1];
    const parts = [tokens[i]!];
    while (isSign(tokens[i + 1], '.') && isName(tokens[i + 2])) {
      parts.push(tokens[i + 2]!);
      i += 2;
    }
    if (parts.length > 1)
      found.push({
        parts,
        relation: isWord(before, ...RELATION_FOLLOWS) || (isSign(before, ',') && inTableList(tokens, at - 1)),
      });
  }
  return found;
}

/** Whether a comma stands between tables: the word that began its list tells. */
function inTableList(tokens: Token[], comma: number): boolean {
  let depth = 0;
  for (let i = comma; i >= 0; i--) {
    if (isSign(tokens[i], ')')) depth++;
    if (isSign(tokens[i], '(') && depth-- === 0) return false;
    if (depth === 0 && isWord(tokens[i], ...OTHER_LISTS)) return false;
    if (depth === 0 && isWord(tokens[i], ...RELATION_FOLLOWS)) return true;
  }
  return false;
}

/**
 * `database.table` and `database.schema.table` of the database that one is in
 * (cockroachlabs.com/docs/stable/sql-name-resolution).
 */
export function rewriteNames(statement: Statement, edits: Edits, database: string): void {
  for (const { parts, relation } of dottedNames(statement.tokens)) {
    const [first, second] = parts as [Token, Token];
    if (first.value !== database) continue;
    if (parts.length === 2) {
      if (relation && !isWord(statement.tokens[0], 'show')) edits.replace(first.start, first.end, quoteName('public'));
    } else edits.replace(first.start, second.start, '');
  }
}
