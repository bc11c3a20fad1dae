import { virtualTables } from '../../catalog/catalog.ts';
import { quoteArray } from '../text/quoting.ts';

/**
 * A query for the memberships of roles that somebody granted: `role`, `member` and `is_admin`. PostgreSQL also makes
 * the creator of a role its member: once without inheritance, and once in the creator's own name.
 */
export const ROLE_MEMBERS = `
  SELECT g.rolname::text AS role, m.rolname::text AS member, a.admin_option AND a.set_option AS is_admin
  FROM pg_catalog.pg_auth_members a
  JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
  JOIN pg_catalog.pg_roles m ON m.oid = a.member
  WHERE g.rolname !~ '^pg_'
    AND NOT m.rolsuper
    AND a.inherit_option
    AND a.grantor <> a.member`;

/** The name of the database that a query runs in. */
export const THIS_DATABASE = 'pg_catalog.current_database()::text';

/** A query for the privileges on this database. */
export const DATABASE_PRIVILEGES = `
  SELECT ${THIS_DATABASE} AS database_name, grantee, privilege AS privilege_type
  FROM crdb.database_privileges()`;

/** A query for the privileges on the schemas of this database. */
export const SCHEMA_PRIVILEGES = `
  SELECT ${THIS_DATABASE} AS database_name, schema_name, grantee, privilege_type
  FROM crdb.schema_privileges()`;

/** A query for the privileges on types. */
export const TYPE_PRIVILEGES = `
  SELECT ${THIS_DATABASE} AS database_name, schema_name, type_name, grantee, privilege_type
  FROM crdb.type_privileges()`;

/** Returns a query for the privileges on tables: everyone may read the virtual ones. */
export async function tablePrivileges(): Promise<string> {
  const names = Object.keys(await virtualTables()).filter((name) => !name.startsWith('system.'));
  return `
  SELECT ${THIS_DATABASE} AS database_name, n.nspname::text AS schema_name, c.relname::text AS table_name,
    p.grantee, p.privilege_type
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND crdb_standin.is_client_schema(n.nspname),
    crdb.table_privileges(c.oid::regclass) p
  WHERE c.relkind IN ('r', 'v', 'm', 'S')
  UNION ALL
  SELECT ${THIS_DATABASE}, split_part(v.name, '.', 1), split_part(v.name, '.', 2), 'public', 'SELECT'
  FROM unnest(${quoteArray(names)}) AS v (name)
  UNION ALL
  SELECT ${THIS_DATABASE}, 'pg_extension', v.name, 'public', 'SELECT'
  FROM unnest('{geography_columns,geometry_columns,spatial_ref_sys}'::text[]) AS v (name)`;
}
