import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { qualifiedNames } from '../sql/rewriting/qualified-names.ts';
import type { Context } from '../sql/translation/context.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';

/**
 * The other database that a statement's names are in, when they are
 * (cockroachlabs.com/docs/stable/sql-name-resolution). PostgreSQL cannot look into two databases at once: throws
 * StatementError 0A000 when a statement needs that, or is in a transaction.
 */
export async function otherDatabase(statement: Statement, context: Context): Promise<string | undefined> {
  if (
    !isWord(
      statement.tokens[0],
      'select',
      'insert',
      'update',
      'delete',
      'upsert',
      'create',
      'drop',
      'alter',
      'truncate',
      'with',
      'comment',
    )
  )
    return undefined;
  if (isWord(statement.tokens[1], 'database', 'user', 'role', 'schema')) return undefined;
  const named = qualifiedNames(statement.tokens).filter(({ isObject, parts }) => isObject && parts.length <= 3);
  const candidates = [...new Set(named.map(({ parts }) => parts[0]!.value))].filter(
    (name) => name !== context.database && !/^(public|pg_\w+|information_schema|crdb\w*)$/.test(name),
  );
  if (!candidates.length) return undefined;
  const list = candidates.map(quoteText).join(', ');
  const found = await context.query(
    `SELECT datname FROM pg_catalog.pg_database WHERE datname IN (${list}) AND datname NOT IN ('template1', 'system') AND datname NOT IN (SELECT nspname FROM pg_catalog.pg_namespace)`,
  );
  const [[database] = []] = found;
  if (database === undefined || database === null) return undefined;
  if (found.length > 1 || named.some(({ parts }) => parts[0]!.value !== database))
    throw new StatementError(
      SQLSTATE.featureNotSupported,
      'unimplemented: the stand-in for CockroachDB cannot use two databases in one statement',
    );
  if (context.session.transaction.state !== 'none')
    throw new StatementError(
      SQLSTATE.featureNotSupported,
      'unimplemented: the stand-in for CockroachDB cannot use another database inside a transaction',
    );
  return database;
}
