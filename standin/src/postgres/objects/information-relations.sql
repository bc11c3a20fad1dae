-- The schemas, tables, views, sequences and indexes in the information schema, with CockroachDB's contents
-- (cockroachlabs.com/docs/stable/information-schema).

CREATE VIEW crdb.information_schemata AS
SELECT pg_catalog.current_database()::text AS catalog_name,
  nspname::text AS schema_name,
  NULL::text AS default_character_set_name,
  NULL::text AS sql_path,
  CASE WHEN nspname <> 'public' AND crdb_standin.is_client_schema(nspname) THEN 'YES' ELSE 'NO' END
    AS crdb_is_user_defined
FROM pg_catalog.pg_namespace
WHERE nspname NOT IN ('crdb', 'crdb_hidden', 'crdb_standin')
  AND nspname !~ '^pg_(toast|temp)';

CREATE VIEW crdb.information_tables AS
SELECT table_catalog::text,
  table_schema::text,
  table_name::text,
  CASE
    WHEN table_schema IN ('pg_catalog', 'information_schema', 'crdb_internal') THEN 'SYSTEM VIEW'
    ELSE table_type::text
  END AS table_type,
  is_insertable_into::text,
  1::int8 AS version
FROM information_schema.tables
WHERE table_schema <> 'crdb';

CREATE VIEW crdb.information_statistics AS
SELECT pg_catalog.current_database()::text AS table_catalog,
  n.nspname::text AS table_schema,
  c.relname::text AS table_name,
  CASE WHEN i.non_unique THEN 'YES' ELSE 'NO' END AS non_unique,
  n.nspname::text AS index_schema,
  i.index_name,
  i.seq_in_index,
  i.column_name,
  NULL::text AS "COLLATION",
  NULL::int8 AS cardinality,
  i.direction,
  CASE WHEN i.storing THEN 'YES' ELSE 'NO' END AS storing,
  CASE WHEN i.implicit THEN 'YES' ELSE 'NO' END AS implicit
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
  crdb.listed_index_columns(c.oid::regclass) i
WHERE c.relkind = 'r'
  AND crdb_standin.is_client_schema(n.nspname);

CREATE VIEW crdb.information_views AS
SELECT pg_catalog.current_database()::text AS table_catalog,
  schemaname::text AS table_schema,
  viewname::text AS table_name,
  definition AS view_definition,
  NULL::text AS check_option,
  'NO'::text AS is_updatable,
  'NO'::text AS is_insertable_into,
  'NO'::text AS is_trigger_updatable,
  'NO'::text AS is_trigger_deletable,
  'NO'::text AS is_trigger_insertable_into
FROM crdb.pg_views;

CREATE VIEW crdb.information_sequences AS
SELECT pg_catalog.current_database()::text AS sequence_catalog,
  n.nspname::text AS sequence_schema,
  c.relname::text AS sequence_name,
  'bigint'::text AS data_type,
  64::int8 AS numeric_precision,
  2::int8 AS numeric_precision_radix,
  0::int8 AS numeric_scale,
  s.seqstart::text AS start_value,
  s.seqmin::text AS minimum_value,
  s.seqmax::text AS maximum_value,
  s.seqincrement::text AS increment,
  'NO'::text AS cycle_option
FROM crdb.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace;
