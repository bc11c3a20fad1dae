import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName, resolveRelation } from '../translation/relation.ts';

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
      AND conname = ${quoteText(name)}
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

/** CockroachDB's names of types in its message about a change of type, by PostgreSQL's. */
const TYPE_NAMES = new Map([
  ['bigint', 'int'],
  ['integer', 'int'],
  ['text', 'string'],
  ['character varying', 'varchar'],
  ['numeric', 'decimal'],
]);

/** `ALTER COLUMN … [SET DATA] TYPE …`: CockroachDB only widens strings, unless a variable allows more. */
async function checkTypeChange(tokens: Token[], path: string[], context: Context): Promise<void> {
  const at = tokens.findIndex((token) => isWord(token, 'type'));
  const isAllowed = context.session.variables.get('enable_experimental_alter_column_type_general') === 'on';
  if (at < 0 || isAllowed) return;
  const column = tokens[at - (isWord(tokens[at - 1], 'data') ? 3 : 1)]!;
  const from = await typeOfColumn(column.value, path, context);
  const to = tokens[at + 1]?.value ?? '';
  const limit = Number(tokens[at + 3]?.value ?? Infinity);
  if (!from || isWiderString(from, to, limit)) return;
  throw new StatementError(
    SQLSTATE.featureNotSupported,
    `ALTER COLUMN TYPE from ${TYPE_NAMES.get(from.name) ?? from.name} to ${to} is only supported experimentally`,
    {
      hint:
        'you can enable alter column type general support by running ' +
        '`SET enable_experimental_alter_column_type_general = true`',
    },
  );
}

/** The type of a column: PostgreSQL's name for it, and how many characters it holds; undefined without a limit. */
interface ColumnType {
  name: string;
  limit: number | undefined;
}

/** The type of a column; undefined when the table has no such column. */
async function typeOfColumn(column: string, path: string[], context: Context): Promise<ColumnType | undefined> {
  const { oid } = await resolveRelation(context, path);
  const [found] = await context.query(
    `SELECT pg_catalog.format_type(atttypid, NULL), atttypmod
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attname = ${quoteText(column)}`,
  );
  if (!found) return undefined;
  // For varchar(n) the modifier is n plus four bytes for the length; it is -1 without n.
  const modifier = Number(found[1]);
  return { name: found[0]!, limit: modifier === -1 ? undefined : modifier - 4 };
}

function isWiderString(from: ColumnType, to: string, limit: number): boolean {
  const areStrings = ['text', 'character varying'].includes(from.name) && ['varchar', 'string', 'text'].includes(to);
  return areStrings && (from.limit === undefined || limit >= from.limit);
}
