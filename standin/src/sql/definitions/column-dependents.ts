import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { keyColumns } from './column-types.ts';

/** The column of a table that a statement drops or renames. */
interface Column {
  name: string;
  oid: string;
}

/**
 * Throws StatementError for `[COLUMN] [IF EXISTS] name [CASCADE]`, at which the reader stands, where CockroachDB does
 * not drop that column. It is added to `gone`, the columns that the same statement has dropped before.
 */
export async function checkDropColumn(
  reader: StatementReader,
  path: string[],
  gone: Set<string>,
  context: Context,
): Promise<void> {
  if (context.session.variables.get('sql_safe_updates') === 'on')
    throw new StatementError(
      SQLSTATE.warning,
      'rejected (sql_safe_updates = true): ALTER TABLE DROP COLUMN will remove all data in that column',
    );
  reader.skip('column');
  reader.skip('if', 'exists');
  const { oid } = await resolveRelation(context, path);
  const column = { name: reader.token.value, oid };
  if ((await keyColumns(oid, context)).includes(column.name))
    throw new StatementError(
      SQLSTATE.invalidColumnReference,
      `column "${column.name}" is referenced by the primary key`,
    );
  await refuseComputed(column, gone, context);
  gone.add(column.name);
  context.session.transaction.schema.noteDroppedPart(path.at(-1)!, column.name);
  if (!isWord(reader.peek(1), 'cascade')) await refuseReferenced(column, context);
}

/** PostgreSQL drops a column with the columns that are computed from it. */
async function refuseComputed({ name, oid }: Column, gone: Set<string>, context: Context): Promise<void> {
  const found = await context.query(
    `SELECT c.attname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attrdef f ON f.oid = d.objid
    JOIN pg_catalog.pg_attribute c ON c.attrelid = f.adrelid AND c.attnum = f.adnum
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
      AND d.refobjid = ${oid}
      AND a.attname = ${quoteText(name)}
      AND c.attgenerated <> ''
      AND c.attnum <> a.attnum
    ORDER BY c.attnum`,
  );
  const computed = found.find(([column]) => !gone.has(column!));
  if (computed)
    throw new StatementError(
      SQLSTATE.invalidColumnReference,
      `column "${name}" is referenced by computed column "${computed[0]}"`,
    );
}

/** Without CASCADE, a column stays that foreign keys of other tables refer to: CockroachDB names their index. */
async function refuseReferenced({ name, oid }: Column, context: Context): Promise<void> {
  const [found] = await context.query(
    `SELECT crdb.index_name(k.conindid, false), c.relname
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)
    WHERE k.contype = 'f'
      AND k.confrelid = ${oid}
      AND k.conrelid <> k.confrelid
      AND a.attname = ${quoteText(name)}
    LIMIT 1`,
  );
  if (found)
    throw new StatementError(
      SQLSTATE.uncategorized,
      `"${found[0]}" is referenced by foreign key from table "${found[1]}"`,
    );
}

/**
 * Throws StatementError for `[COLUMN] name TO name`, at which the reader stands, where CockroachDB does not rename the
 * column: a view reads it.
 */
export async function checkRenameColumn(reader: StatementReader, path: string[], context: Context): Promise<void> {
  if (!isWord(reader.peek(1), 'to')) reader.skip('column');
  const name = reader.name();
  reader.expect('to');
  if (reader.token.kind === 'quoted' && reader.token.value === '')
    throw new StatementError(SQLSTATE.syntaxError, 'empty column name');
  const { oid } = await resolveRelation(context, path);
  const [view] = await context.query(
    `SELECT v.relname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      AND d.refobjid = ${oid}
      AND a.attname = ${quoteText(name)}
    ORDER BY v.oid
    LIMIT 1`,
  );
  if (view)
    throw new StatementError(
      SQLSTATE.dependentObjectsStillExist,
      `cannot rename column "${name}" because view "${view[0]}" depends on it`,
      { hint: `you can drop ${view[0]} instead.` },
    );
}

/** Throws StatementError for `[COLUMN] name DROP STORED`, at which the reader stands, of a virtual column. */
export async function checkDropStored(reader: StatementReader, path: string[], context: Context): Promise<void> {
  reader.skip('column');
  const name = reader.name();
  if (!reader.skip('drop', 'stored')) return;
  const { oid } = await resolveRelation(context, path);
  const [[isVirtual] = []] = await context.query(
    `SELECT crdb.noted('virtual', d.oid, ${oid}::pg_catalog.oid::pg_catalog.regclass) IS NOT NULL
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = ${oid}
      AND a.attname = ${quoteText(name)}`,
  );
  if (isVirtual === 't')
    throw new StatementError(SQLSTATE.invalidColumnDefinition, `column "${name}" is not a stored computed column`);
}
