import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { enclosingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { near, unimplementedSyntax } from '../text/syntax-error.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** Keywords, so they are rewritten everywhere. The session decides which type they stand for. */
const INTEGERS = ['int', 'integer'];

/**
 * Rewritten only where the grammar expects a type, because a column may have such a name
 * (cockroachlabs.com/docs/stable/data-types).
 */
const TYPES = new Map([
  ['string', 'text'],
  ['int64', 'int8'],
  ['bytes', 'bytea'],
  ['blob', 'bytea'],
  ['float', 'float8'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ['bool', 'bool'],
  ['json', 'jsonb'],
  ['datetime', 'timestamp'],
  ['timestamptz', 'timestamptz'],
]);

/**
 * Rewrites types to PostgreSQL's names, and type annotations (`:::`) to casts. `integer` is the type that INT stands
 * for.
 *
 *     SELECT x::STRING, y:::INT, CAST(z AS BYTES)
 *     SELECT x::text, y::int8, CAST(z AS bytea)
 */
export function rewriteTypeNames(statement: Statement, edits: TextEdits, integer: 'int4' | 'int8'): void {
  const { tokens } = statement;
  if (statement.definesColumn) return rewriteColumnType(tokens, edits);
  const defines = isWord(tokens[0], 'create', 'alter', 'prepare');
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isSign(token, ':::')) edits.replace(token.start, token.end, '::');
    if (token.kind !== 'word' || isSign(tokens[i + 1], '.') || isSign(tokens[i - 1], '.')) continue;
    const isCast = isCastTo(tokens, i) || isTyped(tokens, i);
    const isColumn = !isCast && defines && mayDefineColumn(tokens[i - 1]);
    if (isWord(tokens[i - 1], 'as') && !isCast) continue;
    if (isColumn && !isColumnType(tokens, i)) continue;
    if (isCast || isColumn) checkArrayType(tokens, i);
    const isInteger = INTEGERS.includes(token.value);
    const type = isInteger ? integer : isCast || isColumn ? TYPES.get(token.value) : undefined;
    if (type !== undefined) edits.replace(token.start, token.end, withLimit(type, tokens[i + 1]));
  }
}

/**
 * Rewrites the type in a column's definition. STRING(n) becomes one domain for every n.
 *
 *     a STRING(20)
 *     a crdb."string(20)"
 */
function rewriteColumnType(tokens: Token[], edits: TextEdits): void {
  const token = tokens[1];
  if (token?.kind !== 'word') return;
  checkArrayType(tokens, 1);
  const type = TYPES.get(token.value);
  if (token.value === 'string' && isSign(tokens[2], '(') && isSign(tokens[4], ')'))
    edits.replace(token.start, tokens[4]!.end, `crdb."string(${Number.parseInt(tokens[3]!.value, 10)})"`);
  else if (type !== undefined) edits.replace(token.start, token.end, withLimit(type, tokens[2]));
}

/** Throws StatementError (featureNotSupported) for arrays of JSON, and for arrays of arrays. */
function checkArrayType(tokens: readonly Token[], at: number): void {
  if (!isSign(tokens[at + 1], '[')) return;
  const afterFirst = isSign(tokens[at + 2], ']') ? at + 3 : at + 4;
  if (isSign(tokens[afterFirst], '[')) throw unimplementedSyntax(tokens[afterFirst]!, 32552);
  if (!isWord(tokens[at], 'json', 'jsonb')) return;
  throw new StatementError(
    SQLSTATE.featureNotSupported,
    `at or near "${near(tokens[afterFirst]!)}": syntax error: unimplemented: arrays of jsonb not allowed`,
    { hint: unimplementedSyntax(tokens[afterFirst]!, 23468).fields.hint },
  );
}

/** Replaces STRING(n) by its domain: PostgreSQL's text has no limit. */
function withLimit(type: string, next: Token | undefined): string {
  if (!isSign(next, '(')) return type;
  return type === 'text' ? 'varchar' : type === 'float8' ? 'float' : type;
}

/** Whether the token must be a type: after `::`, or in `CAST(… AS type)`. */
function isCastTo(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  if (isSign(before, '::') || isSign(before, ':::')) return true;
  if (isSign(before, '(') || isSign(before, ','))
    return mentions(tokens, 'of', 'annotate_type') && isInTypeList(tokens, enclosingBracket(tokens, at), before);
  if (!isWord(before, 'as') || !(isSign(next, ')') || isSign(next, '(') || isSign(next, '['))) return false;
  return isWord(tokens[enclosingBracket(tokens, at) - 1], 'cast');
}

/** Whether the bracket holds types, as in `IS OF (INT, STRING)`, or a type after its comma, as in ANNOTATE_TYPE. */
function isInTypeList(tokens: Token[], open: number, before: Token | undefined): boolean {
  if (isWord(tokens[open - 1], 'of')) return isWord(tokens[open - 2], 'is', 'not');
  return isWord(tokens[open - 1], 'annotate_type') && isSign(before, ',');
}

/** Whether the token is the type of a constant, as in `BYTES 'a'` and `STRING(3) 'a'`. */
function isTyped(tokens: Token[], at: number): boolean {
  const hasLimit = isSign(tokens[at + 1], '(') && tokens[at + 2]?.kind === 'number' && isSign(tokens[at + 3], ')');
  const next = tokens[hasLimit ? at + 4 : at + 1];
  return (next?.kind === 'string' || next?.kind === 'escape') && !isWord(tokens[at - 1], 'as', 'from', 'join');
}

function mayDefineColumn(before: Token | undefined): boolean {
  return isName(before) || isSign(before, '(') || isSign(before, ',');
}

/** Whether the token is the type of a column, which follows the column's name, or of a parameter of PREPARE. */
function isColumnType(tokens: Token[], at: number): boolean {
  if (isWord(tokens[0], 'prepare')) return true;
  const before = tokens[at - 1];
  if (!isName(before)) return false;
  const lead = tokens[at - 2];
  return isWord(before, 'type') || isSign(lead, '(') || isSign(lead, ',') || isWord(lead, 'column', 'add', 'exists');
}
