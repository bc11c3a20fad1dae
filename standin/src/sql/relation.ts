import { SqlError } from '../protocol/problem.ts';
import type { Context } from './plan.ts';
import { quoteName, quoteText } from './statement.ts';

/** A name with its qualifiers as PostgreSQL takes it in this database. Throws 0A000 for a name in another database. */
export function localName(context: Pick<Context, 'database'>, path: string[]): string {
  const inner =
    path[0] === context.database && path.length > 1 ? (path.length === 2 ? ['public', path[1]!] : path.slice(1)) : path;
  return inner.map(quoteName).join('.');
}

/** Finds a table, view or sequence. Throws SqlError 42P01 when there is none. */
export async function resolveRelation(
  context: Context,
  path: string[],
): Promise<{ oid: string; kind: string; name: string }> {
  const name = localName(context, path);
  const [found] = await context.ask(
    `SELECT c.oid, c.relkind FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(${quoteText(name)})`,
  );
  if (!found) throw new SqlError('42P01', `relation "${path.join('.')}" does not exist`);
  return { oid: found[0]!, kind: found[1]!, name };
}

/** Throws SqlError 42602 when the client's database is not there. */
export async function mustExist(context: Context): Promise<void> {
  const [present] = await context.ask(
    `SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(context.database)}`,
  );
  if (!present) throw new SqlError('42602', 'no database or schema specified');
}
