import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { topLevelWord } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';

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
  const isAllowed = context.session.variables.get('enable_experimental_alter_column_type_general') === 'on';
  if (at < 0 || isAllowed) return;
  const column = tokens[at - (isWord(tokens[at - 1], 'data') ? 3 : 1)]!;
  const from = await typeOfColumn(column.value, path, context);
  const to = tokens[at + 1]?.value ?? '';
  const limit = isSign(tokens[at + 2], '(') ? Number(tokens[at + 3]!.value) : Infinity;
  if (!from || from.shown === shownType(tokens.slice(at + 1)) || isWiderString(from, to, limit)) return;
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
  /** As SHOW prints it. */
  shown: string;
}

/** The type of a column; undefined when the table has no such column. */
async function typeOfColumn(column: string, path: string[], context: Context): Promise<ColumnType | undefined> {
  const { oid } = await resolveRelation(context, path);
  const [found] = await context.query(
    `SELECT pg_catalog.format_type(atttypid, NULL), atttypmod, crdb.type_name(atttypid, atttypmod)
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attname = ${quoteText(column)}`,
  );
  if (!found) return undefined;
  // For varchar(n) the modifier is n plus four bytes for the length; it is -1 without n.
  const modifier = Number(found[1]);
  return { name: found[0]!, limit: modifier === -1 ? undefined : modifier - 4, shown: found[2]! };
}

function isWiderString(from: ColumnType, to: string, limit: number): boolean {
  const areStrings = ['text', 'character varying'].includes(from.name) && ['varchar', 'string', 'text'].includes(to);
  return areStrings && (from.limit === undefined || limit >= from.limit);
}
