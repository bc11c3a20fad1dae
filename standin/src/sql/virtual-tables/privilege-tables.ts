import { virtualTables } from '../../catalog/catalog.ts';
import { quoteArray } from '../text/quoting.ts';
import { rowsOf, type VirtualTable, type VirtualTables } from './virtual-table.ts';

const DATABASE = 'pg_catalog.current_database()::text';

/** A query for the privileges on this database. */
export const DATABASE_PRIVILEGES = `
  SELECT ${DATABASE} AS database_name, grantee, privilege AS privilege_type
  FROM crdb.database_privileges()`;

/** A query for the privileges on the schemas of this database. */
export const SCHEMA_PRIVILEGES = `
  SELECT ${DATABASE} AS database_name, schema_name, grantee, privilege_type
  FROM crdb.schema_privileges()`;

/** A query for the privileges on types. */
export const TYPE_PRIVILEGES = `
  SELECT ${DATABASE} AS database_name, schema_name, type_name, grantee, privilege_type
  FROM crdb.type_privileges()`;

/** Returns a query for the privileges on tables: everyone may read the virtual ones. */
export async function tablePrivileges(): Promise<string> {
  const names = Object.keys(await virtualTables()).filter((name) => !name.startsWith('system.'));
  return `
  SELECT ${DATABASE} AS database_name, n.nspname::text AS schema_name, c.relname::text AS table_name,
    p.grantee, p.privilege_type
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND crdb_standin.is_client_schema(n.nspname),
    crdb.table_privileges(c.oid::regclass) p
  WHERE c.relkind IN ('r', 'v', 'm', 'S')
  UNION ALL
  SELECT ${DATABASE}, split_part(v.name, '.', 1), split_part(v.name, '.', 2), 'public', 'SELECT'
  FROM unnest(${quoteArray(names)}) AS v (name)
  UNION ALL
  SELECT ${DATABASE}, 'pg_extension', v.name, 'public', 'SELECT'
  FROM unnest('{geography_columns,geometry_columns,spatial_ref_sys}'::text[]) AS v (name)`;
}

const OF_TABLES: VirtualTable = {
  columns:
    'grantor STRING, grantee STRING, table_catalog STRING, table_schema STRING, table_name STRING, ' +
    'privilege_type STRING, is_grantable STRING, with_hierarchy STRING',
  /** Returns the query of `tablePrivileges`, with more columns. */
  rows: async () => `
    SELECT NULL::text, p.grantee, p.database_name, p.schema_name, p.table_name, p.privilege_type, NULL::text,
      CASE p.privilege_type WHEN 'SELECT' THEN 'YES' ELSE 'NO' END
    FROM (${await tablePrivileges()}) p`,
};

/** The tables about privileges (cockroachlabs.com/docs/stable/information-schema). */
export const PRIVILEGE_TABLES: VirtualTables = {
  'crdb_internal.cluster_database_privileges': rowsOf(
    'database_name STRING, grantee STRING, privilege_type STRING',
    DATABASE_PRIVILEGES,
  ),
  'information_schema.schema_privileges': rowsOf(
    'grantee STRING, table_catalog STRING, table_schema STRING, privilege_type STRING, is_grantable STRING',
    `SELECT p.grantee, p.database_name, p.schema_name, p.privilege_type, NULL::text FROM (${SCHEMA_PRIVILEGES}) p`,
  ),
  'information_schema.type_privileges': rowsOf(
    'grantee STRING, type_catalog STRING, type_schema STRING, type_name STRING, privilege_type STRING',
    `
      SELECT p.grantee, p.database_name, p.schema_name, p.type_name, p.privilege_type
      FROM (${TYPE_PRIVILEGES}) p`,
  ),
  'information_schema.table_privileges': OF_TABLES,
  'information_schema.role_table_grants': OF_TABLES,
  'information_schema.user_privileges': rowsOf(
    'grantee STRING, table_catalog STRING, privilege_type STRING, is_grantable STRING',
    `
      SELECT u.name, ${DATABASE}, p.name, NULL::text
      FROM unnest('{root,admin}'::text[]) AS u (name),
        unnest('{ALL,CREATE,DELETE,DROP,GRANT,INSERT,SELECT,UPDATE,ZONECONFIG}'::text[]) AS p (name)`,
  ),
};
