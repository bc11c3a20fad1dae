import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName, resolveRelation } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { columnTypes } from './column-types.ts';
import { createIndexStatements } from './index-definition.ts';

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
    await resolveRelation(context, path);
    if (ifNotExists && name !== undefined && (await indexExists(name, context))) return;
    const types = await columnTypes(path, context);
    await context.execute(...createIndexStatements(definition, path, types, context, { ...kind, name }));
  });
}

async function indexExists(name: string, context: Context): Promise<boolean> {
  return await anyRow(
    context,
    `SELECT 1
    FROM pg_catalog.pg_class
    WHERE relname = ${quoteText(name)}
      AND relkind = 'i'
      AND relnamespace = 'public'::regnamespace`,
  );
}

function dropIndex(reader: StatementReader, context: Context): Local {
  reader.skip('concurrently');
  const ifExists = reader.skip('if', 'exists');
  const path = reader.path();
  const name = reader.skip('@') ? reader.name() : path.at(-1)!;
  const cascade = reader.oneOf('cascade', 'restrict') === 'cascade';
  reader.expectEnd();
  const run = async (): Promise<void> => {
    const index = await findIndex(name, context);
    if (!index && ifExists) return;
    if (!index) throw new StatementError(SQLSTATE.undefinedObject, `index "${name}" does not exist`);
    if (index.constraint && !cascade)
      throw new StatementError(SQLSTATE.dependentObjectsStillExist, `index "${name}" is in use as unique constraint`, {
        hint: 'use CASCADE if you really want to drop it.',
      });
    await context.execute(
      index.constraint
        ? `ALTER TABLE ${index.table} DROP CONSTRAINT ${quoteName(index.constraint)} CASCADE`
        : `DROP INDEX ${localName(context, [index.schema, name])}${cascade ? ' CASCADE' : ''}`,
    );
  };
  return local('DROP INDEX', run, [RECLAIMED_LATER]);
}

/** An index: its schema, and if it belongs to a unique constraint, that constraint and its table. */
interface Index {
  schema: string;
  constraint: string | null;
  table: string | null;
}

async function findIndex(name: string, context: Context): Promise<Index | undefined> {
  const [found] = await context.query(
    `SELECT n.nspname, k.conname, k.conrelid::regclass
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = c.oid AND k.contype = 'u'
    WHERE c.relkind = 'i'
      AND c.relname = ${quoteText(name)}
      AND pg_catalog.pg_table_is_visible(c.oid)`,
  );
  return found && { schema: found[0]!, constraint: found[1]!, table: found[2]! };
}
