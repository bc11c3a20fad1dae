import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../../protocol/statement-error.ts';
import { lex } from '../text/lexer.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isName } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { executeAtOnce } from './at-once.ts';
import { columnTypes, keyColumns } from './column-types.ts';
import { makeUniqueIndex } from './deferred-index.ts';
import { findIndex, noSuchIndex, readIndexName, type Index } from './find-index.ts';
import { withOwnSyntax } from './own-syntax.ts';
import { requireFreePart } from './free-name.ts';
import { createIndexStatements } from './index-definition.ts';
import { dropShards } from './shard-columns.ts';

const RECLAIMED_LATER: ErrorFields = {
  severity: 'NOTICE',
  code: SQLSTATE.successfulCompletion,
  message: 'the data for dropped indexes is reclaimed asynchronously',
  hint: 'The reclamation delay can be customized in the zone configuration for the table.',
};

/**
 * CREATE INDEX and DROP INDEX (cockroachlabs.com/docs/stable/create-index, drop-index); undefined for any other
 * statement. Throws StatementError.
 */
export function translateIndex(statement: Statement, context: Context): Local | undefined {
  const reader = new StatementReader(statement);
  if (reader.skip('drop', 'index')) return dropIndex(reader, context);
  if (!reader.skip('create')) return undefined;
  const unique = reader.skip('unique');
  const inverted = reader.skip('inverted');
  if (!reader.skip('index')) return undefined;
  return createIndex(reader, { unique, inverted }, context);
}

function createIndex(reader: StatementReader, kind: { unique: boolean; inverted: boolean }, context: Context): Local {
  reader.skip('concurrently');
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const name = reader.skip('on') ? undefined : reader.name();
  if (name !== undefined) reader.expect('on');
  const path = reader.path();
  const definition = substatement(reader.statement, reader.at, reader.statement.tokens.length - 1);
  return local('CREATE INDEX', async () => {
    const { oid } = await resolveRelation(context, path);
    if (ifNotExists && name !== undefined && (await findIndex({ path, isOfTable: true, index: name }, context))) return;
    if (name !== undefined) requireFreePart(path.at(-1)!, `@${name}`, context);
    const types = await columnTypes(path, context);
    const key = await keyColumns(oid, context);
    const statements = createIndexStatements(definition, path, types, context, { ...kind, name, key });
    await withOwnSyntax(reader.statement, () =>
      kind.unique ? makeUniqueIndex(path.at(-1)!, statements, context) : executeAtOnce(context, statements),
    );
  });
}

function dropIndex(reader: StatementReader, context: Context): Local {
  reader.skip('concurrently');
  const ifExists = reader.skip('if', 'exists');
  const names = [readIndexName(reader)];
  while (reader.skip(',')) names.push(readIndexName(reader));
  const cascade = reader.oneOf('cascade', 'restrict') === 'cascade';
  reader.expectEnd();
  const run = async (): Promise<void> => {
    const drops: string[] = [];
    const dropped: [table: string, index: string][] = [];
    for (const name of names) {
      const index = await findIndex(name, context);
      if (index) drops.push(dropStatement(index, name.index, cascade), dropShards(index.table));
      if (index) dropped.push([nameOf(index.table), name.index]);
      else if (!ifExists) throw noSuchIndex(name.index);
    }
    await executeAtOnce(context, drops);
    for (const [table, index] of dropped) context.session.transaction.schema.noteDroppedPart(table, `@${index}`);
  };
  return local('DROP INDEX', run, [RECLAIMED_LATER]);
}

/** The last part of a name that PostgreSQL has quoted. */
function nameOf(quoted: string): string {
  return lex(quoted).findLast((token) => isName(token))?.value ?? '';
}

/** Returns PostgreSQL's statement that drops an index. Throws StatementError for one that CockroachDB keeps. */
function dropStatement({ name, table, constraint, isPrimary }: Index, called: string, cascade: boolean): string {
  if (isPrimary)
    throw new StatementError(SQLSTATE.featureNotSupported, 'cannot drop the primary index of a table using DROP INDEX');
  if (constraint === null) return `DROP INDEX ${name}${cascade ? ' CASCADE' : ''}`;
  if (cascade) return `ALTER TABLE ${table} DROP CONSTRAINT ${constraint} CASCADE`;
  throw new StatementError(SQLSTATE.dependentObjectsStillExist, `index "${called}" is in use as unique constraint`, {
    hint: 'use CASCADE if you really want to drop it.',
  });
}
