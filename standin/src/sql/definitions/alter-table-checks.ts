import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName, resolveRelation } from '../translation/relation.ts';
import { checkTypeChange } from './type-changes.ts';

/**
 * Throws StatementError for what CockroachDB refuses in ALTER TABLE. The reader has read the table's name, `path`.
 */
export async function checkAlteration(reader: StatementReader, path: string[], context: Context): Promise<void> {
  const next = reader.peek(1);
  if (isWord(reader.token, 'alter')) await checkTypeChange(reader.statement.tokens, path, context);
  if (!isWord(reader.token, 'drop')) return;
  if (isWord(next, 'constraint')) {
    const name = reader.peek(isWord(reader.peek(2), 'if') ? 4 : 2);
    await checkDropConstraint(name?.value ?? '', path, context);
  } else await checkDropColumn(reader.peek(isWord(next, 'column') ? 2 : 1), path, context);
}

async function checkDropConstraint(name: string, path: string[], context: Context): Promise<void> {
  const isUnique = await anyRow(
    context,
    `SELECT 1
    FROM pg_catalog.pg_constraint
    WHERE contype = 'u'
      AND crdb.plain_name(conname) = ${quoteText(name)}
      AND conrelid = crdb_standin.to_regclass(${quoteText(localName(context, path))})`,
  );
  if (isUnique)
    throw unimplemented(
      `cannot drop UNIQUE constraint "${name}" using ALTER TABLE DROP CONSTRAINT, use DROP INDEX CASCADE instead`,
    );
}

async function checkDropColumn(column: Token | undefined, path: string[], context: Context): Promise<void> {
  if (context.session.variables.get('sql_safe_updates') === 'on')
    throw new StatementError(
      SQLSTATE.warning,
      'rejected (sql_safe_updates = true): ALTER TABLE DROP COLUMN will remove all data in that column',
    );
  const { oid } = await resolveRelation(context, path);
  const [[key] = []] = await context.query(`SELECT array_to_json(crdb.key_columns(${oid}::oid::regclass))`);
  if (column && (JSON.parse(key ?? '[]') as string[]).includes(column.value))
    throw new StatementError(
      SQLSTATE.invalidColumnReference,
      `column "${column.value}" is referenced by the primary key`,
    );
}
