import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { quoteArray } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { resolveRelation } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { executeAtOnce } from './at-once.ts';
import { columnTypes } from './column-types.ts';
import { refuseUnindexable } from './index-columns.ts';
import { readBuckets } from './column-parts.ts';
import { noteBuckets, noteDescending } from './definition-notes.ts';
import { requireHashSharding } from './hash-sharding.ts';
import { addShard, dropShards, noteShard, shardColumn } from './shard-columns.ts';
import { readElements } from './table-elements.ts';

const FINALIZED_LATER: ErrorFields = {
  severity: 'NOTICE',
  code: SQLSTATE.successfulCompletion,
  message:
    'primary key changes are finalized asynchronously; further schema changes on this table may be restricted until ' +
    'the job completes',
};

/**
 * `ALTER PRIMARY KEY USING COLUMNS (…)` (cockroachlabs.com/docs/stable/alter-primary-key), which the reader is at.
 * Throws StatementError, also for a key that foreign keys of other tables refer to: in PostgreSQL they need it.
 */
export function alterPrimaryKey(reader: StatementReader, path: string[], context: Context): Local {
  reader.expect('alter', 'primary', 'key', 'using', 'columns');
  const { elements, after } = readElements(reader.statement, reader.at);
  const hash = readBuckets(reader.statement.tokens, after);
  reader.at = hash ? hash.to : after;
  reader.expectEnd();
  if (hash) requireHashSharding(hash.buckets, context);
  const columns = elements.map(({ tokens }) => tokens[0]!.value);
  const descending = elements.filter(({ tokens }) => isWord(tokens[1], 'desc')).map(({ tokens }) => tokens[0]!.value);
  const run = async (): Promise<void> => {
    const { oid, name } = await resolveRelation(context, path);
    const types = await columnTypes(path, context);
    refuseUnindexable(columns, types);
    const shard = hash && shardColumn(columns, hash.buckets, types);
    const isReferenced = `SELECT 1 FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confrelid = ${oid}`;
    if (await anyRow(context, isReferenced))
      throw notSupported('ALTER PRIMARY KEY of a table that foreign keys refer to');
    await executeAtOnce(context, [
      ...(shard ? [addShard(name, shard)] : []),
      `SELECT crdb.alter_primary_key(${oid}::oid::regclass, ${quoteArray(columns)})`,
      ...noteDescending(name, descending),
      ...(hash ? [noteBuckets(name, hash.buckets, true)] : []),
      ...(shard ? [noteShard(name, shard, true)] : []),
      dropShards(name),
    ]);
  };
  return local('ALTER TABLE', run, [FINALIZED_LATER]);
}
