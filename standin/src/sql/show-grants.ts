import { SqlError } from '../protocol/problem.ts';
import { columnsOf } from './columns.ts';
import { resolveRelation } from './relation.ts';
import type { Show, Shows } from './show.ts';
import { mustBeHere } from './show-table.ts';
import { quoteText } from './statement.ts';

/** cockroachlabs.com/docs/stable/show-users, show-roles */
const showUsers: Show = (words, { user }) => {
  const kind = words.one('users', 'roles');
  if (!kind) return undefined;
  words.end();
  const tag = `SHOW ${kind.toUpperCase()} {rows}`;
  const columns = columnsOf('username:25,options:25,member_of:1009');
  const sql = `SELECT r.rolname::text AS username, concat_ws(', ', CASE WHEN r.rolcreatedb AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEDB' END, CASE WHEN r.rolcreaterole AND r.rolname NOT IN ('root', 'admin') THEN 'CREATEROLE' END,
      CASE WHEN NOT r.rolcanlogin AND r.rolname <> 'admin' THEN 'NOLOGIN' END) AS options,
    ARRAY(SELECT b.rolname::text FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON b.oid = m.roleid WHERE m.member = r.oid AND m.inherit_option AND (r.rolname <> 'root' OR b.rolname = 'admin') GROUP BY 1 ORDER BY 1) AS member_of
    FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^(pg_|sandbox_admin)' ORDER BY 1`;
  const refuse = `SELECT crdb_internal.refuse('42501', ${quoteText(`user ${user} does not have SELECT privilege on relation users`)}) WHERE NOT pg_catalog.pg_has_role('admin', 'MEMBER')`;
  return {
    kind: 'run',
    sql: `WITH allowed AS MATERIALIZED (${refuse}) SELECT x.* FROM (${sql}) x WHERE NOT EXISTS (SELECT 1 FROM allowed) ORDER BY 1`,
    tag,
    columns,
  };
};

/** cockroachlabs.com/docs/stable/show-grants */
const showGrants: Show = async (words, context) => {
  if (!words.skip('grants')) return undefined;
  if (words.skip('on', 'role')) {
    const role = words.ended ? undefined : words.name();
    words.end();
    return {
      kind: 'run',
      sql: `SELECT g.rolname::text AS role_name, m.rolname::text AS member, bool_or(a.admin_option) AS is_admin FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles g ON g.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member
        WHERE g.rolname !~ '^pg_' AND (m.rolname <> 'root' OR g.rolname = 'admin') ${role === undefined ? '' : `AND g.rolname = ${quoteText(role)}`} GROUP BY 1, 2 ORDER BY 1, 2`,
      tag: 'SHOW GRANTS ON ROLE {rows}',
      columns: columnsOf('role_name:25,member:25,is_admin:16'),
    };
  }
  if (words.skip('on', 'database')) {
    const database = words.name();
    words.end();
    const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(database)}`);
    if (!found) throw new SqlError('3D000', `database "${database}" does not exist`);
    mustBeHere(database, context);
    return {
      kind: 'run',
      sql: `SELECT ${quoteText(database)}::text AS database_name, grantee, privilege AS privilege_type FROM (SELECT 'admin', 'ALL' UNION SELECT 'root', 'ALL' UNION SELECT grantee, privilege FROM crdb.database_grants) AS g (grantee, privilege) ORDER BY 2, 3`,
      tag: 'SHOW GRANTS {rows}',
      columns: columnsOf('database_name:25,grantee:25,privilege_type:25'),
    };
  }
  if (!words.skip('on')) return undefined;
  words.skip('table');
  const path = words.path();
  words.end();
  const { oid } = await resolveRelation(context, path);
  return {
    kind: 'run',
    sql: `SELECT ${quoteText(context.database)}::text AS database_name, n.nspname::text AS schema_name, c.relname::text AS table_name, p.grantee, p.privilege_type
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, crdb.table_privileges(c.oid::regclass) p WHERE c.oid = ${oid} ORDER BY 4, 5`,
    tag: 'SHOW GRANTS {rows}',
    columns: columnsOf('database_name:25,schema_name:25,table_name:25,grantee:25,privilege_type:25'),
  };
};

export const SHOW_GRANTS_AND_ROLES = { users: showUsers, grants: showGrants } satisfies Partial<Shows>;
