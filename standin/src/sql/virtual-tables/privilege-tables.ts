import {
  DATABASE_PRIVILEGES,
  SCHEMA_PRIVILEGES,
  tablePrivileges,
  THIS_DATABASE,
  TYPE_PRIVILEGES,
} from '../access/privilege-queries.ts';
import { rowsOf, type VirtualTable, type VirtualTables } from './virtual-table.ts';

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
  // Who has ALL is not listed: CockroachDB looks only for these three.
  'information_schema.column_privileges': rowsOf(
    'grantor STRING, grantee STRING, table_catalog STRING, table_schema STRING, table_name STRING, ' +
      'column_name STRING, privilege_type STRING, is_grantable STRING',
    `
      SELECT NULL::text, p.grantee, ${THIS_DATABASE}, n.nspname::text, c.relname::text, a.attname::text,
        p.privilege_type, NULL::text
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND crdb_standin.is_client_schema(n.nspname)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
        crdb.table_privileges(c.oid::regclass) p
      WHERE c.relkind IN ('r', 'v', 'm', 'S')
        AND p.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')`,
  ),
  'information_schema.user_privileges': rowsOf(
    'grantee STRING, table_catalog STRING, privilege_type STRING, is_grantable STRING',
    `
      SELECT u.name, ${THIS_DATABASE}, p.name, NULL::text
      FROM unnest('{root,admin}'::text[]) AS u (name),
        unnest('{ALL,CREATE,DELETE,DROP,GRANT,INSERT,SELECT,UPDATE,ZONECONFIG}'::text[]) AS p (name)`,
  ),
};
