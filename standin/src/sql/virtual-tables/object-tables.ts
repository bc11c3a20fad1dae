import { rowsOf, type VirtualTables } from './virtual-table.ts';

/** The schemas whose objects are the stand-in's or PostgreSQL's own. */
const OWN_SCHEMAS = 'crdb_standin.is_client_schema(n.nspname)';
/** PostgreSQL's relations that a client created, with their schemas. */
const RELATIONS = `pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND ${OWN_SCHEMAS}`;
const INDEXES = `pg_catalog.pg_index x
  JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND ${OWN_SCHEMAS}`;
/** The places of indexes in their tables, which are CockroachDB's ids of indexes: the primary key has 1. */
const INDEX_ID = `row_number() OVER (PARTITION BY x.indrelid ORDER BY NOT x.indisprimary, x.indexrelid)::int8`;
const DATABASE_ID = '(SELECT oid::int8 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())';

/**
 * The tables of crdb_internal about databases, tables, columns and indexes: of the database that one is in
 * (cockroachlabs.com/docs/stable/crdb-internal). Ids are PostgreSQL's, as in its catalogs.
 */
export const OBJECT_TABLES: VirtualTables = {
  'crdb_internal.databases': rowsOf(
    'id INT8, name STRING, owner NAME, primary_region STRING, regions STRING[], survival_goal STRING',
    `
      SELECT oid::int8, datname::text, pg_catalog.pg_get_userbyid(datdba), NULL::text, '{}'::text[], NULL::text
      FROM pg_catalog.pg_database
      WHERE datname <> 'template1'`,
  ),
  'crdb_internal.tables': rowsOf(
    'table_id INT8, parent_id INT8, name STRING, database_name STRING, version INT8, mod_time TIMESTAMP, ' +
      'mod_time_logical DECIMAL, format_version STRING, state STRING, sc_lease_node_id INT8, ' +
      'sc_lease_expiration_time TIMESTAMP, drop_time TIMESTAMP, audit_mode STRING, schema_name STRING, ' +
      'parent_schema_id INT8, locality STRING',
    `
      SELECT c.oid::int8, ${DATABASE_ID}, c.relname::text, pg_catalog.current_database()::text,
        1::int8, NULL::timestamp,
        NULL::numeric, 'InterleavedFormatVersion'::text, 'PUBLIC'::text, NULL::int8,
        NULL::timestamp, NULL::timestamp, 'DISABLED'::text, n.nspname::text,
        n.oid::int8, NULL::text
      FROM ${RELATIONS}
      WHERE c.relkind IN ('r', 'v', 'm', 'S')`,
  ),
  'crdb_internal.create_statements': rowsOf(
    'database_id INT8, database_name STRING, schema_name STRING, descriptor_id INT8, descriptor_type STRING, ' +
      'descriptor_name STRING, create_statement STRING, state STRING, create_nofks STRING, ' +
      'alter_statements STRING[], validate_statements STRING[], has_partitions BOOL, is_multi_region BOOL, ' +
      'is_virtual BOOL, is_temporary BOOL',
    `
      SELECT ${DATABASE_ID}, pg_catalog.current_database()::text, n.nspname::text, c.oid::int8,
        CASE c.relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'view' END,
        c.relname::text, s.create_statement, 'PUBLIC'::text,
        regexp_replace(s.create_statement, E'\n\tCONSTRAINT \\\\S+ FOREIGN KEY [^\n]*', '', 'g'),
        k.added, k.validated, false, false, false, c.relpersistence = 't'
      FROM ${RELATIONS}
      CROSS JOIN LATERAL (
        SELECT CASE c.relkind
          WHEN 'r' THEN crdb.show_create(c.oid::regclass)
          WHEN 'S' THEN crdb.show_create_sequence(c.oid::regclass)
          ELSE crdb.show_create_view(c.oid::regclass)
        END AS create_statement
      ) s
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg('ALTER TABLE ' || name || ' ADD CONSTRAINT ' || line), '{}') AS added,
          coalesce(
            array_agg('ALTER TABLE ' || name || ' VALIDATE CONSTRAINT ' || substring(line FROM '^\\S+')),
            '{}'
          ) AS validated
        FROM (
          SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, m.found[1] AS line
          FROM crdb_standin.regexp_matches(
            s.create_statement,
            E'\n\tCONSTRAINT (\\\\S+ FOREIGN KEY [^\n]*),',
            'g'
          ) AS m (found)
        ) f
      ) k
      WHERE c.relkind IN ('r', 'v', 'm', 'S')`,
  ),
  'crdb_internal.create_type_statements': rowsOf(
    'database_id INT8, database_name STRING, schema_name STRING, descriptor_id INT8, descriptor_name STRING, ' +
      'create_statement STRING, enum_members STRING[]',
    `
      SELECT ${DATABASE_ID}, pg_catalog.current_database()::text, n.nspname::text, t.oid::int8, t.typname::text,
        'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS ENUM ('
          || (SELECT string_agg(quote_literal(m), ', ') FROM unnest(e.members) m) || ')',
        e.members
      FROM pg_catalog.pg_type t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace AND ${OWN_SCHEMAS}
      CROSS JOIN LATERAL (
        SELECT array_agg(enumlabel::text ORDER BY enumsortorder) AS members
        FROM pg_catalog.pg_enum
        WHERE enumtypid = t.oid
      ) e
      WHERE t.typtype = 'e'`,
  ),
  'crdb_internal.table_indexes': rowsOf(
    'descriptor_id INT8, descriptor_name STRING, index_id INT8, index_name STRING, index_type STRING, ' +
      'is_unique BOOL, is_inverted BOOL',
    `
      SELECT c.oid::int8, c.relname::text, ${INDEX_ID}, crdb.index_name(x.indexrelid, x.indisprimary),
        CASE WHEN x.indisprimary THEN 'primary' ELSE 'secondary' END, x.indisunique,
        (SELECT i.relam <> 403 FROM pg_catalog.pg_class i WHERE i.oid = x.indexrelid)
      FROM ${INDEXES}`,
  ),
  'crdb_internal.index_columns': rowsOf(
    'descriptor_id INT8, descriptor_name STRING, index_id INT8, index_name STRING, column_type STRING, ' +
      'column_id INT8, column_name STRING, column_direction STRING, implicit BOOL',
    `
      SELECT i.table_id, i.table_name, i.index_id, k.index_name,
        CASE WHEN k.storing THEN 'storing' WHEN k.implicit THEN 'extra' ELSE 'key' END, a.attnum::int8,
        k.column_name, CASE WHEN k.storing THEN NULL ELSE k.direction END, k.implicit
      FROM (
        SELECT c.oid AS rel, c.oid::int8 AS table_id, c.relname::text AS table_name, ${INDEX_ID} AS index_id,
          crdb.index_name(x.indexrelid, x.indisprimary) AS name
        FROM ${INDEXES}
      ) i
      CROSS JOIN LATERAL crdb.listed_index_columns(i.rel::regclass) k
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.rel AND a.attname = k.column_name
      WHERE k.index_name = i.name`,
  ),
};
