import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { bracketDepths } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';

/** Where `serial_normalization` is `sql_sequence`, SERIAL makes a sequence, as in PostgreSQL: by that type. */
const SERIALS = new Map([
  ['serial', 'bigserial'],
  ['serial2', 'smallserial'],
  ['serial4', 'serial'],
  ['serial8', 'bigserial'],
  ['bigserial', 'bigserial'],
  ['smallserial', 'smallserial'],
]);

/** Returns CockroachDB's error about a hash-sharded index. The session variable that allows them is off by default. */
export function hashShardedIndexError(): StatementError {
  return new StatementError(
    SQLSTATE.featureNotSupported,
    'hash sharded indexes require the experimental_enable_hash_sharded_indexes session variable',
  );
}

/**
 * Rewrites a column of CREATE TABLE or ADD COLUMN for PostgreSQL, except for its type
 * (cockroachlabs.com/docs/stable/create-table, serial, computed-columns). CockroachDB's SERIAL numbers rows with
 * unique_rowid(), where PostgreSQL would make a sequence; a computed column needs no GENERATED ALWAYS. Throws
 * StatementError for what the stand-in does not have.
 *
 *     id SERIAL, total INT AS (a + b) STORED
 *     id int8 NOT NULL DEFAULT unique_rowid(), total INT GENERATED ALWAYS AS (a + b) STORED
 */
export function rewriteColumn(column: Statement, edits: Pick<TextEdits, 'replace'>, { session }: Context): void {
  const { tokens } = column;
  const type = tokens[1];
  const serial = SERIALS.get(type?.value ?? '');
  if (type?.kind === 'word' && serial !== undefined) {
    const isSequence = session.variables.get('serial_normalization') === 'sql_sequence';
    edits.replace(type.start, type.end, isSequence ? serial : 'int8 NOT NULL DEFAULT unique_rowid()');
  }
  if (isWord(type, 'xml'))
    throw new StatementError(SQLSTATE.featureNotSupported, 'at or near ")": syntax error: unimplemented: this syntax');
  const depths = bracketDepths(tokens);
  for (const [i, token] of tokens.entries()) {
    if (depths[i]! > 0) continue;
    checkWord(column, i);
    if (isWord(token, 'as') && isSign(tokens[i + 1], '(') && !isWord(tokens[i - 1], 'always'))
      edits.replace(token.start, token.end, 'GENERATED ALWAYS AS');
  }
}

/** Throws StatementError for a word that begins something that the stand-in or CockroachDB does not have. */
function checkWord(column: Statement, at: number): void {
  const token = column.tokens[at];
  const next = column.tokens[at + 1];
  if (isWord(token, 'virtual')) throw notSupported('VIRTUAL computed columns');
  if (isWord(token, 'family') && at > 1) throw notSupported('column families given with a column');
  if (isWord(token, 'auto_increment', 'deferrable') && at > 0) throw syntaxError(column, token!);
  if (isWord(token, 'on') && isWord(next, 'update') && !isReference(column, at))
    throw notSupported('ON UPDATE expressions');
  if (isWord(token, 'using') && isWord(next, 'hash')) throw hashShardedIndexError();
  if (isWord(token, 'not') && isWord(next, 'visible')) throw notSupported('NOT VISIBLE columns');
  if (isWord(token, 'identity')) throw notSupported('identity columns');
}

/** Whether a foreign key begins before that token, so that ON UPDATE is a part of it. */
function isReference(column: Statement, at: number): boolean {
  return column.tokens.slice(0, at).some((token) => isWord(token, 'references'));
}
