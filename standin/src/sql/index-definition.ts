import { SqlError } from '../protocol/problem.ts';
import type { Context } from './plan.ts';
import { rewriteCommon } from './query.ts';
import { localName } from './relation.ts';
import { quoteName, type Statement } from './statement.ts';
import { listParts } from './table-parts.ts';
import { Words } from './words.ts';

/**
 * `[UNIQUE] [INVERTED] INDEX [name] (columns) [STORING (columns)] [WHERE …]` of CREATE TABLE, and the tail of CREATE
 * INDEX, as PostgreSQL's CREATE INDEX (cockroachlabs.com/docs/stable/create-index).
 */
export function indexStatement(
  part: Statement,
  table: string[],
  context: Context,
  given: { unique?: boolean; inverted?: boolean; name?: string; concurrently?: boolean } = {},
): string {
  const words = new Words(part);
  const unique = words.skip('unique') || given.unique === true;
  const inverted = words.skip('inverted') || given.inverted === true;
  words.skip('index');
  const name = given.name ?? (words.token.kind === 'sign' ? undefined : words.name());
  words.skip('using', 'btree');
  if (words.skip('using', 'gin') || inverted)
    return `CREATE INDEX ${quoteOptional(name)} ON ${localName(context, table)} USING gin ${columnList(part, words, context)}`;
  const columns = columnList(part, words, context);
  if (words.skip('using', 'hash'))
    throw new SqlError(
      '0A000',
      'hash sharded indexes require the experimental_enable_hash_sharded_indexes session variable',
    );
  const stored = words.one('storing', 'covering', 'include') ? ` INCLUDE ${columnList(part, words, context)}` : '';
  const where = words.skip('where') ? ` WHERE ${rest(part, words, context)}` : '';
  if (!where) words.end();
  const made = name ?? defaultName(table.at(-1)!, part, unique);
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteOptional(made)} ON ${localName(context, table)} ${columns}${stored}${where}`;
}

const quoteOptional = (name: string | undefined): string => (name === undefined ? '' : quoteName(name));

/**
 * A unique index without a name is called as a unique constraint would be; the others PostgreSQL names as CockroachDB
 * does.
 */
function defaultName(table: string, part: Statement, unique: boolean): string | undefined {
  if (!unique) return undefined;
  const open = part.tokens.findIndex(({ kind, value }) => kind === 'sign' && value === '(');
  return [table, ...listParts(part, open).parts.map((column) => column.tokens[0]!.value), 'key'].join('_');
}

function columnList(part: Statement, words: Words, context: Context): string {
  const { parts, after } = listParts(part, words.at);
  if (words.token.value !== '(') throw words.wrong();
  words.at = after;
  return `(${parts.map((column) => rewriteCommon(column, context).apply()).join(', ')})`;
}

function rest(part: Statement, words: Words, context: Context): string {
  const { source, tokens } = part;
  const start = words.token.start;
  const moved = tokens
    .slice(words.at)
    .map((token) => ({ ...token, start: token.start - start, end: token.end - start }));
  return rewriteCommon({ source: source.slice(start), tokens: moved }, context).apply();
}
