import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { bracketDepths } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import type { ColumnParts } from './column-parts.ts';

/** The integer types of SERIAL and its kin, and PostgreSQL's types that make a sequence. */
const SERIALS = new Map([
  ['serial', { type: 'int8', sequence: 'bigserial' }],
  ['serial2', { type: 'int8', sequence: 'smallserial' }],
  ['smallserial', { type: 'int8', sequence: 'smallserial' }],
  ['serial4', { type: 'int8', sequence: 'serial' }],
  ['serial8', { type: 'int8', sequence: 'bigserial' }],
  ['bigserial', { type: 'int8', sequence: 'bigserial' }],
]);

/** How the session makes SERIAL columns: with `unique_rowid()` unless `serial_normalization` says otherwise. */
export function makesSequences({ session }: Context): boolean {
  const mode = session.variables.get('serial_normalization') ?? 'rowid';
  if (mode === 'virtual_sequence') throw notSupported('virtual sequences');
  return mode !== 'rowid';
}

/** Whether the column is a SERIAL. */
export function isSerial({ tokens }: Statement): boolean {
  return tokens[1]?.kind === 'word' && SERIALS.has(tokens[1].value);
}

/**
 * Rewrites a column of CREATE TABLE or ADD COLUMN for PostgreSQL, except for its type
 * (cockroachlabs.com/docs/stable/create-table, serial, computed-columns). CockroachDB's SERIAL numbers rows with
 * unique_rowid(), where PostgreSQL would make a sequence; a computed column needs no GENERATED ALWAYS, and a virtual
 * one is stored here. Families, buckets and NOT VISIBLE are only noted. Throws StatementError for what the stand-in
 * does not have.
 *
 *     id SERIAL, total INT AS (a + b) VIRTUAL FAMILY f
 *     id int8 NOT NULL DEFAULT unique_rowid(), total INT GENERATED ALWAYS AS (a + b) STORED
 */
export function rewriteColumn(
  column: Statement,
  { family, hash }: ColumnParts,
  edits: Pick<TextEdits, 'replace'>,
  context: Context,
): void {
  const { tokens } = column;
  const type = tokens[1];
  const serial = type?.kind === 'word' ? SERIALS.get(type.value) : undefined;
  if (serial) {
    const text = makesSequences(context) ? serial.sequence : `${serial.type} NOT NULL DEFAULT unique_rowid()`;
    edits.replace(type!.start, type!.end, text);
  }
  if (isWord(type, 'xml'))
    throw new StatementError(SQLSTATE.featureNotSupported, 'at or near ")": syntax error: unimplemented: this syntax');
  for (const part of [family, hash]) if (part) edits.replace(tokens[part.from]!.start, tokens[part.to - 1]!.end, '');
  const depths = bracketDepths(tokens);
  for (const [i, token] of tokens.entries()) {
    if (depths[i]! > 0) continue;
    checkWord(column, i);
    if (isWord(token, 'not') && isWord(tokens[i + 1], 'visible')) edits.replace(token.start, tokens[i + 1]!.end, '');
    if (isWord(token, 'virtual') && i > 1) edits.replace(token.start, token.end, 'STORED');
    if (isWord(token, 'as') && isSign(tokens[i + 1], '(') && !isWord(tokens[i - 1], 'always'))
      edits.replace(token.start, token.end, 'GENERATED ALWAYS AS');
  }
}

/** Throws StatementError for a word that begins something that the stand-in or CockroachDB does not have. */
function checkWord(column: Statement, at: number): void {
  const token = column.tokens[at];
  const next = column.tokens[at + 1];
  if (isWord(token, 'auto_increment', 'deferrable') && at > 0) throw syntaxError(column, token!);
  if (isWord(token, 'on') && isWord(next, 'update') && !isReference(column, at))
    throw notSupported('ON UPDATE expressions');
  if (isWord(token, 'identity')) throw notSupported('identity columns');
}

/** Whether a foreign key begins before that token, so that ON UPDATE is a part of it. */
function isReference(column: Statement, at: number): boolean {
  return column.tokens.slice(0, at).some((token) => isWord(token, 'references'));
}
