import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteName } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { hashShardedIndexError } from './column-definition.ts';
import { readElements } from './table-elements.ts';

/** What comes before the columns in CREATE INDEX. */
interface IndexHead {
  unique?: boolean;
  inverted?: boolean;
  name?: string;
}

/**
 * Returns PostgreSQL's CREATE INDEX for an index of CREATE TABLE, or for what follows the table in CREATE INDEX
 * (cockroachlabs.com/docs/stable/create-index). Throws StatementError.
 *
 *     INDEX by_city (city) STORING (name)
 *     CREATE INDEX "by_city" ON "users" (city) INCLUDE (name)
 */
export function createIndexStatement(
  definition: Statement,
  table: string[],
  context: Context,
  head: IndexHead = {},
): string {
  const reader = new StatementReader(definition);
  const unique = reader.skip('unique') || head.unique === true;
  const inverted = reader.skip('inverted') || head.inverted === true;
  reader.skip('index');
  const name = head.name ?? (reader.token.kind === 'sign' ? undefined : reader.name());
  const create = (kind: 'INDEX' | 'UNIQUE INDEX', indexName: string | undefined): string =>
    `CREATE ${kind} ${indexName === undefined ? '' : quoteName(indexName)} ON ${localName(context, table)}`;
  reader.skip('using', 'btree');
  if (reader.skip('using', 'gin') || inverted)
    return `${create('INDEX', name)} USING gin ${readColumns(reader, context)}`;
  const columns = readColumns(reader, context);
  if (reader.skip('using', 'hash')) throw hashShardedIndexError();
  const stored = reader.oneOf('storing', 'covering', 'include') ? ` INCLUDE ${readColumns(reader, context)}` : '';
  const where = reader.skip('where') ? ` WHERE ${readRest(reader, context)}` : '';
  if (!where) reader.expectEnd();
  if (!unique) return `${create('INDEX', name)} ${columns}${stored}${where}`;
  return `${create('UNIQUE INDEX', name ?? uniqueName(table.at(-1)!, definition))} ${columns}${stored}${where}`;
}

/**
 * Returns the name of a unique index without a name in the statement: it is named like a unique constraint. PostgreSQL
 * names all other indexes as CockroachDB does.
 */
function uniqueName(table: string, definition: Statement): string {
  const open = definition.tokens.findIndex((token) => isSign(token, '('));
  const columns = readElements(definition, open).elements.map((column) => column.tokens[0]!.value);
  return [table, ...columns, 'key'].join('_');
}

/** Reads a list of columns and returns it with its parentheses. */
function readColumns(reader: StatementReader, context: Context): string {
  const { elements, after } = readElements(reader.statement, reader.at);
  if (reader.token.value !== '(') throw reader.syntaxError();
  reader.at = after;
  return `(${elements.map((column) => rewriteForPostgres(column, context).apply()).join(', ')})`;
}

function readRest({ statement, at }: StatementReader, context: Context): string {
  return rewriteForPostgres(substatement(statement, at, statement.tokens.length - 1), context).apply();
}
