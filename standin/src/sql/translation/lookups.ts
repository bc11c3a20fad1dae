import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { Context } from './context.ts';

/** Whether the cluster has a database with this name. */
export async function databaseExists(context: Context, name: string): Promise<boolean> {
  return await anyRow(
    context,
    `SELECT 1
    FROM pg_catalog.pg_database
    WHERE datname = ${quoteText(name)}`,
  );
}

/** Throws StatementError (invalidCatalogName) when the cluster has no database with this name. */
export async function requireDatabase(context: Context, name: string): Promise<void> {
  if (!(await databaseExists(context, name))) throw noSuchDatabase(name);
}

/** Returns the error about a database that does not exist. */
export function noSuchDatabase(name: string): StatementError {
  return new StatementError(SQLSTATE.invalidCatalogName, `database "${name}" does not exist`);
}

/** Throws StatementError (invalidName) when the client's own database does not exist. */
export async function requireOwnDatabase(context: Context): Promise<void> {
  if (!(await databaseExists(context, context.database)))
    throw new StatementError(SQLSTATE.invalidName, 'no database or schema specified');
}

/**
 * Throws StatementError for any database but the client's own: invalidCatalogName when there is none with this name,
 * else featureNotSupported.
 */
export async function requireSameDatabase(context: Context, name: string): Promise<void> {
  if (name === context.database) return;
  await requireDatabase(context, name);
  throw unimplemented(
    `the stand-in for CockroachDB cannot show what is in another database (${name}); connect to it or USE it`,
  );
}

/** Whether the database has a schema with this name. */
export async function schemaExists(context: Context, name: string): Promise<boolean> {
  return await anyRow(
    context,
    `SELECT 1
    FROM pg_catalog.pg_namespace
    WHERE nspname = ${quoteText(name)}`,
  );
}

/** Whether the cluster has a user or role with this name. */
export async function roleExists(context: Context, name: string): Promise<boolean> {
  return await anyRow(
    context,
    `SELECT 1
    FROM pg_catalog.pg_roles
    WHERE rolname = ${quoteText(name)}`,
  );
}

/** A SQL expression: whether the user that runs it is a member of admin. */
export const IS_ADMIN = "crdb_standin.pg_has_role('admin', 'MEMBER')";

/** Whether the client's user is a member of admin. */
export async function isAdmin(context: Context): Promise<boolean> {
  const [[answer] = []] = await context.query(`SELECT ${IS_ADMIN}`);
  return answer === 't';
}

/** Whether a query returns rows. */
export async function anyRow(context: Context, sql: string): Promise<boolean> {
  return (await context.query(sql)).length > 0;
}
