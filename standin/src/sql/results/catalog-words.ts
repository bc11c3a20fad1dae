import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { closingBracket } from '../text/brackets.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { parseStatement } from '../text/statement.ts';
import { isName, isSign, isWord } from '../text/tokens.ts';
import { withCandidates } from './candidate-columns.ts';
import { withCounts } from './value-counts.ts';

/** Returns the rows of an internal query, outside the transaction of the error. */
type Query = (sql: string) => Promise<(string | null)[][]>;
type Completion = (error: ErrorFields, table: string, source: string, query: Query) => Promise<ErrorFields>;

const COMPLETIONS: Record<string, Completion> = {
  [SQLSTATE.checkViolation]: withExpression,
  [SQLSTATE.notNullViolation]: missingKey,
  [SQLSTATE.uniqueViolation]: withQuotedKey,
  [SQLSTATE.foreignKeyViolation]: withQuotedKey,
};

/**
 * Returns an error about a constraint with what only the catalog knows: the expression of a CHECK, the type of a key,
 * and whether a column without a value belongs to the primary key. Any other error is returned unchanged.
 *
 *     failed to satisfy CHECK constraint (check_age)
 *     failed to satisfy CHECK constraint (age > 0:::INT8)
 */
export async function withCatalogWords(error: ErrorFields, source: string, query: Query): Promise<ErrorFields> {
  if (error.code === SQLSTATE.ambiguousColumn) return await withCandidates(error, source, query).catch(() => error);
  if (error.code === SQLSTATE.insufficientPrivilege) return await withOwnership(error, query).catch(() => error);
  if (error.code === SQLSTATE.syntaxError) return await withCounts(error, source, query).catch(() => error);
  const completion = error.table && COMPLETIONS[error.code];
  if (!completion) return error;
  const table = quoteText(error.table!.map(quoteName).join('.'));
  return await completion(error, table, source, query).catch(() => error);
}

const NEEDS_OWNER = /^user (\S+) does not have (CREATE|DROP) privilege on relation (\S+)$/;

/**
 * PostgreSQL has only a table's owner change it. A user who may do so in CockroachDB, by a privilege or as a member of
 * admin, gets a refusal instead of the blame.
 */
async function withOwnership(error: ErrorFields, query: Query): Promise<ErrorFields> {
  const [, user, privilege, name] = NEEDS_OWNER.exec(error.message) ?? [];
  if (user === undefined) return error;
  const role = quoteText(user);
  const wanted = privilege === 'CREATE' ? 'REFERENCES' : 'TRUNCATE';
  const allowed = await query(`
    SELECT 1
    FROM pg_catalog.pg_class c
    WHERE c.relname = ${quoteText(name!)}
      AND (
        crdb_standin.pg_has_role(${role}, 'admin', 'MEMBER')
        OR EXISTS (
          SELECT 1
          FROM pg_catalog.aclexplode(c.relacl) x
          WHERE x.privilege_type = '${wanted}'
            AND (x.grantee = 0 OR crdb_standin.pg_has_role(${role}, x.grantee, 'USAGE'))
        )
      )`);
  return allowed.length ? notSupported("changes to another user's table, whatever the privileges").fields : error;
}

async function withExpression(error: ErrorFields, table: string, _: string, query: Query): Promise<ErrorFields> {
  const { message, constraint = '' } = error;
  if (!message.startsWith('failed to satisfy')) return error;
  const [[shown] = []] = await query(`SELECT crdb.show_create(crdb_standin.to_regclass(${table}))`);
  const start = [quoteName(constraint), constraint].map((name) => `CONSTRAINT ${name} CHECK (`);
  const line = shown?.split('\n').find((each) => start.some((words) => each.trim().startsWith(words)));
  const expression = line && /CHECK \((.*)\),?$/.exec(line)?.[1];
  return expression ? { ...error, message: `failed to satisfy CHECK constraint (${expression})` } : error;
}

/** CockroachDB reports a column of the primary key that an INSERT leaves out before it looks at any value. */
async function missingKey(error: ErrorFields, table: string, source: string, query: Query): Promise<ErrorFields> {
  const given = columnsOfInsert(source);
  if (!given) return error;
  const keys = await query(`
    SELECT a.attname
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = crdb_standin.to_regclass(${table})
      AND i.indisprimary
      AND NOT a.atthasdef
    ORDER BY a.attnum`);
  const missing = keys.map(([name]) => name!).find((name) => !given.includes(name));
  if (missing === undefined) return error;
  return { code: SQLSTATE.invalidForeignKey, message: `missing "${missing}" primary key column` };
}

/** Returns the columns that an INSERT lists; undefined when it lists none, or is another statement. */
function columnsOfInsert(source: string): string[] | undefined {
  const { tokens } = parseStatement(source);
  if (!isWord(tokens[0], 'insert', 'upsert')) return undefined;
  const open = tokens.findIndex((token) => isSign(token, '('));
  const close = open < 0 ? -1 : closingBracket(tokens, open);
  if (close < 0 || tokens.slice(0, open).some((token) => isWord(token, 'values', 'select', 'default')))
    return undefined;
  const inner = tokens.slice(open + 1, close);
  return inner.every((token) => isName(token) || isSign(token, ','))
    ? inner.filter((token) => isName(token)).map(({ value }) => value)
    : undefined;
}

const KEY = /^Key \((.*?)\)=\((.*)\) (.*)$/s;
/** Types whose values CockroachDB prints without quotes. */
const PLAIN = ['N', 'B'];

/** Writes the values of a key as constants of SQL. */
async function withQuotedKey(error: ErrorFields, table: string, _: string, query: Query): Promise<ErrorFields> {
  const [, list, written, rest] = KEY.exec(error.detail ?? '') ?? [];
  if (list === undefined) return error;
  const columns = list.split(', ');
  const values = columns.length === 1 ? [written!] : written!.split(', ');
  if (values.length !== columns.length) return error;
  const names = columns.map((name) => quoteText(name.replace(/^"(.*)"$/, '$1'))).join(', ');
  // The key may be that of the table that the constraint refers to.
  const types = await query(`
    SELECT a.attname, t.typcategory
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attname IN (${names})
      AND a.attrelid IN (
        SELECT crdb_standin.to_regclass(${table})
        UNION
        SELECT confrelid
        FROM pg_catalog.pg_constraint
        WHERE conrelid = crdb_standin.to_regclass(${table})
          AND conname = ${quoteText(error.constraint ?? '')}
      )`);
  const category = new Map(types.map(([name, letter]) => [name, letter!]));
  const quoted = values.map((value, i) =>
    PLAIN.includes(category.get(columns[i]!.replace(/^"(.*)"$/, '$1')) ?? 'N') ? value : quoteText(value),
  );
  return { ...error, detail: `Key (${list})=(${quoted.join(', ')}) ${rest}` };
}
