import { unimplemented, type StatementError } from '../protocol/statement-error.ts';
import { qualifiedNames } from '../sql/rewriting/qualified-names.ts';
import type { Context } from '../sql/translation/context.ts';
import { quoteText } from '../sql/text/quoting.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';

/** Statements that may name relations, by their first word. */
const NAMING = ['select', 'insert', 'update', 'delete', 'upsert', 'with', 'truncate', 'comment'];
const DEFINING = ['create', 'drop', 'alter'];
/** These name other kinds of objects, as in `CREATE DATABASE a`. */
const NO_RELATIONS = ['database', 'user', 'role', 'schema'];
/** Schemas that every database has. */
const SCHEMA = /^(public|pg_\w+|information_schema|crdb\w*)$/;

/**
 * Returns the other database that a statement's names refer to; undefined when they refer to the session's own
 * (cockroachlabs.com/docs/stable/sql-name-resolution). PostgreSQL cannot use two databases at once: throws
 * StatementError when a statement needs that, or when it is in a transaction.
 */
export async function otherDatabase(
  { tokens }: Statement,
  { database: own, query, session }: Context,
): Promise<string | undefined> {
  if (!isWord(tokens[0], ...NAMING, ...DEFINING) || isWord(tokens[1], ...NO_RELATIONS)) return undefined;
  const named = qualifiedNames(tokens).filter(({ isObject, parts }) => isObject && parts.length <= 3);
  const firsts = [...new Set(named.map(({ parts }) => parts[0]!.value))];
  const candidates = firsts.filter((name) => name !== own && !SCHEMA.test(name));
  if (!candidates.length) return undefined;
  const found = await query(`
    SELECT datname
    FROM pg_catalog.pg_database
    WHERE datname IN (${candidates.map(quoteText).join(', ')})
      AND datname NOT IN ('template1', 'system')
      AND datname NOT IN (SELECT nspname FROM pg_catalog.pg_namespace)`);
  const [[database] = []] = found;
  if (database === undefined || database === null) return undefined;
  if (found.length > 1 || named.some(({ parts }) => parts[0]!.value !== database))
    throw cannot('use two databases in one statement');
  if (session.transaction.state !== 'none') throw cannot('use another database inside a transaction');
  return database;
}

function cannot(what: string): StatementError {
  return unimplemented(`the stand-in for CockroachDB cannot ${what}`);
}
