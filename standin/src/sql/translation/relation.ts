import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import type { Context } from './context.ts';

/**
 * Returns a qualified name as PostgreSQL writes it in this database. In database `bank`, both `bank.accounts` and
 * `bank.public.accounts` become `"public"."accounts"`.
 */
export function localName({ database }: Pick<Context, 'database'>, path: string[]): string {
  const isQualified = path.length > 1 && path[0] === database;
  const [, ...inner] = path;
  if (!isQualified) return path.map(quoteName).join('.');
  return (inner.length === 1 ? ['public', ...inner] : inner).map(quoteName).join('.');
}

/** A table, view, sequence or index that exists. */
interface Relation {
  oid: string;
  /** `relkind` of PostgreSQL's pg_class: `r` for a table, `v` for a view, `S` for a sequence. */
  kind: string;
  /** As PostgreSQL writes it in this database. */
  name: string;
}

/** Finds a relation by its qualified name. Throws StatementError (undefinedTable) when there is none. */
export async function resolveRelation(context: Context, path: string[]): Promise<Relation> {
  const name = localName(context, path);
  const [found] = await context.query(
    `SELECT c.oid, c.relkind
    FROM pg_catalog.pg_class c
    WHERE c.oid = crdb_standin.to_regclass(${quoteText(name)})`,
  );
  if (!found) throw noSuchRelation(path);
  return { oid: found[0]!, kind: found[1]!, name };
}

/**
 * As `resolveRelation`, for a SHOW: throws StatementError (insufficientPrivilege) for a relation on which the client's
 * user has no privilege.
 */
export async function resolveShown(context: Context, path: string[]): Promise<Relation> {
  const relation = await resolveRelation(context, path);
  if (context.user === 'root') return relation;
  const [[visible] = []] = await context.query(`SELECT crdb.may_see(${relation.oid})`);
  if (visible === 't') return relation;
  const message = `user ${context.user} has no privileges on relation ${path.at(-1)}`;
  throw new StatementError(SQLSTATE.insufficientPrivilege, message);
}

/** Whether there is a relation with this qualified name. */
export async function relationExists(context: Context, path: string[]): Promise<boolean> {
  const [[oid] = []] = await context.query(
    `SELECT crdb_standin.to_regclass(${quoteText(localName(context, path))})::pg_catalog.oid`,
  );
  return oid !== null && oid !== undefined;
}

/** Returns the error about a relation that does not exist. */
export function noSuchRelation(path: string[]): StatementError {
  return new StatementError(SQLSTATE.undefinedTable, `relation "${path.join('.')}" does not exist`);
}

/** Returns the error about a new object whose database or schema does not exist. */
export function cannotCreate(path: string[]): StatementError {
  return new StatementError(
    SQLSTATE.invalidSchemaName,
    `cannot create "${path.join('.')}" because the target database or schema does not exist`,
    { hint: 'verify that the current database and search_path are valid and/or the target database exists' },
  );
}

/** Returns the schema that stands before an object's name; undefined when nothing does. A database means `public`. */
export function schemaOfPath({ database }: Pick<Context, 'database'>, before: string[]): string | undefined {
  return before.length === 1 && before[0] === database ? 'public' : before.at(-1);
}
