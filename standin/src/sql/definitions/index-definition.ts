import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteName } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { readBuckets } from './column-parts.ts';
import { noteBuckets, notePredicate } from './definition-notes.ts';
import { familyOf } from './expressions/parse-type.ts';
import type { ColumnTypes } from './expressions/type-of.ts';
import { requireHashSharding } from './hash-sharding.ts';
import { refuseDuplicates, refuseExpressions, refuseUnindexable } from './index-columns.ts';
import { markedName } from './index-names.ts';
import { checkExpression } from './schema-expressions.ts';
import { addShard, noteShard, shardColumn } from './shard-columns.ts';
import { readElements } from './table-elements.ts';

/** What comes before the columns in CREATE INDEX. */
interface IndexHead {
  unique?: boolean;
  inverted?: boolean;
  name?: string;
  /** The columns of the table's primary key. */
  key?: readonly string[];
}

/**
 * Returns PostgreSQL's CREATE INDEX for an index of CREATE TABLE, or for what follows the table in CREATE INDEX
 * (cockroachlabs.com/docs/stable/create-index), and the statements that note what PostgreSQL does not keep. `types` are
 * those of the table's columns. Throws StatementError.
 *
 *     INDEX by_city (city) STORING (name) WHERE id > 0
 *     CREATE INDEX "by_city" ON "users" (city) INCLUDE (name) WHERE id > 0;
 *     SELECT crdb.note_index('"users"'::pg_catalog.regclass, 'expression', false, …)
 */
export function createIndexStatements(
  definition: Statement,
  table: string[],
  types: ColumnTypes,
  context: Context,
  head: IndexHead = {},
): string[] {
  const reader = new StatementReader(definition);
  const unique = reader.skip('unique') || head.unique === true;
  const isInverted = reader.skip('inverted') || head.inverted === true;
  reader.skip('index');
  const name = head.name ?? (isSign(reader.token, '(') || isWord(reader.token, 'using') ? undefined : reader.name());
  reader.skip('using', 'btree');
  const inverted = reader.skip('using', 'gin') || reader.skip('using', 'gist') || isInverted;
  if (inverted) checkInverted(reader, types, unique);
  refuseExpressions(definition, reader.at);
  const columns = readColumns(reader, context);
  const hash = readBuckets(definition.tokens, reader.at);
  if (!hash && isWord(reader.token, 'using')) throw reader.syntaxError();
  if (hash) {
    requireHashSharding(hash.buckets, context);
    reader.at = hash.to;
  }
  const stored = reader.oneOf('storing', 'covering', 'include') ? readColumns(reader, context) : undefined;
  if (inverted && stored)
    throw new StatementError(SQLSTATE.featureNotSupported, "inverted indexes don't support stored columns");
  const condition = reader.skip('where') ? definition.tokens.slice(reader.at, -1) : undefined;
  if (condition) checkExpression(condition, 'index predicate', types);
  const where = condition ? ` WHERE ${readRest(reader, context)}` : '';
  if (!condition) reader.expectEnd();
  if (!inverted) refuseUnindexable(columns.names, types);
  else if (columns.names.length > 1) throw notSupported('inverted indexes of several columns');
  const shard = hash && shardColumn(columns.names, hash.buckets, types);
  const parts = [table.at(-1)!, shard?.name ?? [], ...columns.names, unique ? 'key' : 'idx'];
  const ownName = parts.flat().join('_');
  refuseDuplicates({
    index: name ?? ownName,
    columns: columns.names,
    stored: stored?.names ?? [],
    key: head.key ?? [],
  });
  // PostgreSQL names all other indexes as CockroachDB does.
  const generated = unique || shard || stored ? markedName(ownName, true) : undefined;
  const called = name === undefined ? generated : markedName(name);
  const relation = localName(context, table);
  const method = inverted ? ' USING gin' : '';
  return [
    ...(shard ? [addShard(relation, shard)] : []),
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${called === undefined ? '' : quoteName(called)} ON ${relation}${method} ` +
      `${columns.text}${stored ? ` INCLUDE ${stored.text}` : ''}${where}`,
    ...(condition ? notePredicate(relation, condition, types) : []),
    ...(hash ? [noteBuckets(relation, hash.buckets, false)] : []),
    ...(shard ? [noteShard(relation, shard, false)] : []),
  ];
}

/** CockroachDB's names of types in its message about inverted indexes. */
const TYPE_NAMES = new Map([
  ['INT8', 'int'],
  ['FLOAT8', 'float'],
]);

/** Throws StatementError when an inverted index cannot be made of the columns, whose list comes next. */
function checkInverted(reader: StatementReader, types: ColumnTypes, unique: boolean): void {
  if (unique) throw new StatementError(SQLSTATE.syntaxError, "inverted indexes can't be unique");
  const last = readElements(reader.statement, reader.at).elements.at(-1)?.tokens[0]?.value ?? '';
  const type = types.get(last);
  if (type === undefined || type.endsWith('[]') || type === 'JSONB') return;
  const family = familyOf(type);
  throw new StatementError(
    SQLSTATE.featureNotSupported,
    `column ${last} of type ${TYPE_NAMES.get(family) ?? family.toLowerCase()} is not allowed as the last column ` +
      'in an inverted index',
    { hint: 'see the documentation for more information about inverted indexes' },
  );
}

/** Reads a list of columns; its text has the parentheses. */
function readColumns(reader: StatementReader, context: Context): { names: string[]; text: string } {
  const { elements, after } = readElements(reader.statement, reader.at);
  if (reader.token.value !== '(') throw reader.syntaxError();
  reader.at = after;
  return {
    names: elements.map(({ tokens }) => tokens[0]!.value),
    text: `(${elements.map((column) => rewriteForPostgres(column, context).apply()).join(', ')})`,
  };
}

function readRest({ statement, at }: StatementReader, context: Context): string {
  return rewriteForPostgres(substatement(statement, at, statement.tokens.length - 1), context).apply();
}
