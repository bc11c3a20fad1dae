import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { topLevelWord } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { isWidening } from './type-widening.ts';

/** CockroachDB's names of types in its message about a change of type, by PostgreSQL's. */
const TYPE_NAMES = new Map([
  ['bigint', 'int'],
  ['integer', 'int'],
  ['text', 'string'],
  ['character varying', 'varchar'],
  ['numeric', 'decimal'],
]);

/** Other names of types, by the one that SHOW prints. */
const SHOWN_TYPES: Record<string, string[]> = {
  INT8: ['INT', 'INTEGER', 'BIGINT', 'INT64'],
  INT4: ['INT4'],
  INT2: ['SMALLINT'],
  FLOAT8: ['FLOAT', 'DOUBLEPRECISION'],
  DECIMAL: ['DEC', 'NUMERIC'],
  BOOL: ['BOOLEAN'],
  STRING: ['TEXT'],
  VARCHAR: ['CHARACTERVARYING', 'CHARVARYING'],
  TIMESTAMPTZ: ['TIMESTAMPWITHTIMEZONE'],
  TIMESTAMP: ['TIMESTAMPWITHOUTTIMEZONE'],
  BYTES: ['BYTEA', 'BLOB'],
  JSONB: ['JSON'],
};

/** Returns the type at the beginning of these tokens as SHOW prints it: `DECIMAL(10,2)`. */
function shownType(tokens: Token[]): string {
  const end = topLevelWord(tokens, ['collate', 'using']);
  const type = tokens.slice(0, end < 0 ? undefined : end).map(({ value }) => value.toUpperCase());
  const [, name = '', more = ''] = /^(\w+)(.*)$/.exec(type.join('')) ?? [];
  const shown = Object.entries(SHOWN_TYPES).find(([, names]) => names.includes(name))?.[0] ?? name;
  return `${shown}${more}`;
}

/**
 * Checks `ALTER COLUMN … [SET DATA] TYPE …`: CockroachDB keeps the type or widens strings, unless a variable allows
 * more. Throws StatementError (featureNotSupported).
 */
export async function checkTypeChange(tokens: Token[], path: string[], context: Context): Promise<void> {
  const at = tokens.findIndex((token) => isWord(token, 'type'));
  if (at < 0) return;
  const column = tokens[at - (isWord(tokens[at - 1], 'data') ? 3 : 1)]!;
  const from = await typeOfColumn(column.value, path, context);
  const given = tokens.slice(at + 1, -1);
  const wanted = shownType(given);
  if (!from || from.shown === wanted) return;
  if (isWidening(from.shown, wanted)) return;
  if (context.session.variables.get('enable_experimental_alter_column_type_general') === 'on') {
    if (from.isIndexed)
      throw unimplemented(
        'ALTER COLUMN TYPE requiring rewrite of on-disk data is currently not supported for columns that are part of ' +
          'an index',
      );
    return;
  }
  const to = tokens[at + 1]?.value ?? '';
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

/** The type of a column: PostgreSQL's name for it, and as SHOW prints it. */
interface ColumnType {
  name: string;
  shown: string;
  /** Whether an index has the column, also as a stored one. */
  isIndexed: boolean;
}

/** The type of a column; undefined when the table has no such column. */
async function typeOfColumn(column: string, path: string[], context: Context): Promise<ColumnType | undefined> {
  const { oid } = await resolveRelation(context, path);
  const [found] = await context.query(
    `SELECT pg_catalog.format_type(atttypid, NULL),
      crdb.type_name(atttypid, atttypmod),
      EXISTS (SELECT 1 FROM pg_catalog.pg_index WHERE indrelid = attrelid AND attnum = ANY (indkey))
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attname = ${quoteText(column)}`,
  );
  return found && { name: found[0]!, shown: found[1]!, isIndexed: found[2] === 't' };
}
