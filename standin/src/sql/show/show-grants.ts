import { columnsOf } from '../../protocol/columns.ts';
import { notSupported } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isName, isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { IS_ADMIN, requireDatabase, requireSameDatabase } from '../translation/lookups.ts';
import { resolveRelation } from '../translation/relation.ts';
import type { Forward } from '../translation/translation.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';

/** In CockroachDB root and admin have no options, so their attributes in PostgreSQL are not listed. */
const USERS = `
  SELECT r.rolname::text AS username,
    concat_ws(
      ', ',
      CASE WHEN r.rolcreatedb AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEDB' END,
      CASE WHEN r.rolcreaterole AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEROLE' END,
      CASE WHEN NOT r.rolcanlogin AND r.rolname <> 'admin' THEN 'NOLOGIN' END
    ) AS options,
    ARRAY(
      SELECT b.rolname::text
      FROM pg_catalog.pg_auth_members m
      JOIN pg_catalog.pg_roles b ON b.oid = m.roleid
      WHERE m.member = r.oid
        AND m.inherit_option
        AND (r.rolname <> 'root' OR b.rolname = 'admin')
      GROUP BY 1
      ORDER BY 1
    ) AS member_of
  FROM pg_catalog.pg_roles r
  WHERE r.rolname !~ '^(pg_|sandbox_admin)'
  ORDER BY 1`;

/** cockroachlabs.com/docs/stable/show-users, show-roles */
const showUsers: ShowReader = (reader, { user }) => {
  const kind = reader.oneOf('users', 'roles');
  if (!kind) return undefined;
  reader.expectEnd();
  const refusal = quoteText(`user ${user} does not have SELECT privilege on relation users`);
  return {
    kind: 'forward',
    sql: `
      WITH allowed AS MATERIALIZED (
        SELECT crdb_standin.refuse('42501', ${refusal})
        WHERE NOT ${IS_ADMIN}
      )
      SELECT x.*
      FROM (${USERS}) x
      WHERE NOT EXISTS (SELECT 1 FROM allowed)
      ORDER BY 1`,
    tag: `SHOW ${kind.toUpperCase()} {rows}`,
    columns: columnsOf({ username: 'text', options: 'text', member_of: 'textArray' }),
  };
};

/** cockroachlabs.com/docs/stable/show-grants: on one table, one database, or roles, and for all users or for some. */
const showGrants: ShowReader = async (reader, context) => {
  if (!reader.skip('grants', 'on')) return undefined;
  if (reader.skip('role')) {
    const role = reader.atEnd || isWord(reader.token, 'for') ? undefined : reader.name();
    return grantsOnRoles(role, readUsers(reader));
  }
  if (reader.skip('database')) {
    const database = reader.name();
    return await grantsOnDatabase(database, readUsers(reader), context);
  }
  const isOther = isName(reader.peek(1)) && !isWord(reader.peek(1), 'for');
  const kind = isOther ? reader.oneOf('schema', 'type') : undefined;
  if (kind) throw notSupported(`SHOW GRANTS ON ${kind.toUpperCase()}`);
  reader.skip('table');
  if (isSign(reader.token, '*')) throw notSupported('SHOW GRANTS ON *');
  const path = reader.path();
  if (isSign(reader.token, ',')) throw notSupported('SHOW GRANTS on several objects');
  return await grantsOnTable(path, readUsers(reader), context);
};

/** Reads `FOR user, …` to the end. Returns the condition on a column of users. Throws StatementError (syntaxError). */
function readUsers(reader: StatementReader): (column: string) => string {
  const users = reader.skip('for') ? reader.names() : undefined;
  reader.expectEnd();
  return (column) => (users ? `${column} IN (${users.map(quoteText).join(', ')})` : 'true');
}

function grantsOnRoles(role: string | undefined, isAsked: (column: string) => string): Forward {
  return {
    kind: 'forward',
    sql: `
      SELECT g.rolname::text AS role_name, m.rolname::text AS member, bool_or(a.admin_option) AS is_admin
      FROM pg_catalog.pg_auth_members a
      JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
      JOIN pg_catalog.pg_roles m ON m.oid = a.member
      WHERE g.rolname !~ '^pg_'
        AND (m.rolname <> 'root' OR g.rolname = 'admin')
        ${role === undefined ? '' : `AND g.rolname = ${quoteText(role)}`}
        AND ${isAsked('m.rolname')}
      GROUP BY 1, 2
      ORDER BY 1, 2`,
    tag: 'SHOW GRANTS ON ROLE {rows}',
    columns: columnsOf({ role_name: 'text', member: 'text', is_admin: 'bool' }),
  };
}

async function grantsOnDatabase(
  database: string,
  isAsked: (column: string) => string,
  context: Context,
): Promise<Forward> {
  await requireDatabase(context, database);
  requireSameDatabase(context, database);
  return {
    kind: 'forward',
    sql: `
      SELECT ${quoteText(database)}::text AS database_name, grantee, privilege AS privilege_type
      FROM (
        SELECT 'admin', 'ALL'
        UNION
        SELECT 'root', 'ALL'
        UNION
        SELECT grantee, privilege FROM crdb.standin_database_grants
      ) AS g (grantee, privilege)
      WHERE ${isAsked('grantee')}
      ORDER BY 2, 3`,
    tag: 'SHOW GRANTS {rows}',
    columns: columnsOf({ database_name: 'text', grantee: 'text', privilege_type: 'text' }),
  };
}

async function grantsOnTable(path: string[], isAsked: (column: string) => string, context: Context): Promise<Forward> {
  const { oid } = await resolveRelation(context, path);
  return {
    kind: 'forward',
    sql: `
      SELECT ${quoteText(context.database)}::text AS database_name,
        n.nspname::text AS schema_name,
        c.relname::text AS table_name,
        p.grantee,
        p.privilege_type
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
        crdb.table_privileges(c.oid::regclass) p
      WHERE c.oid = ${oid}
        AND ${isAsked('p.grantee')}
      ORDER BY 4, 5`,
    tag: 'SHOW GRANTS {rows}',
    columns: columnsOf({
      database_name: 'text',
      schema_name: 'text',
      table_name: 'text',
      grantee: 'text',
      privilege_type: 'text',
    }),
  };
}

/** The readers of SHOW for users and privileges. */
export const SHOW_GRANTS_AND_ROLES = { users: showUsers, grants: showGrants } satisfies Partial<ShowReaders>;
