-- The information schema with CockroachDB's contents (cockroachlabs.com/docs/stable/information-schema).

-- The columns of all tables, and the hidden one of a table without a primary key.
CREATE VIEW crdb.information_columns AS
SELECT c.table_catalog::text,
  c.table_schema::text,
  c.table_name::text,
  c.column_name::text,
  c.ordinal_position::int8,
  CASE
    WHEN c.is_generated = 'ALWAYS' THEN NULL
    ELSE crdb.default_of(k.oid::regclass, a.attnum)
  END AS column_default,
  c.is_nullable::text,
  c.data_type::text,
  coalesce(
    c.character_maximum_length,
    substring(c.domain_name FROM '\d+')::int4
  )::int8 AS character_maximum_length,
  c.character_octet_length::int8,
  (c.numeric_precision)::int8 AS numeric_precision,
  c.numeric_precision_radix::int8,
  c.numeric_scale::int8,
  c.datetime_precision::int8,
  c.interval_type::text,
  c.character_set_name::text,
  c.collation_name::text,
  NULL::text AS domain_catalog,
  NULL::text AS domain_schema,
  NULL::text AS domain_name,
  c.udt_catalog::text,
  c.udt_schema::text,
  c.udt_name::text,
  c.is_identity::text,
  c.identity_generation::text,
  c.is_generated::text,
  CASE
    WHEN c.is_generated = 'ALWAYS' THEN crdb.expression(c.generation_expression)
    ELSE ''
  END AS generation_expression,
  c.is_updatable::text,
  'NO'::text AS is_hidden,
  crdb.type_name(a.atttypid, a.atttypmod) AS crdb_sql_type,
  coalesce(pg_catalog.col_description(k.oid, a.attnum), '') AS column_comment
FROM information_schema.columns c
JOIN pg_catalog.pg_namespace n ON n.nspname = c.table_schema
JOIN pg_catalog.pg_class k ON k.relname = c.table_name AND k.relnamespace = n.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.oid AND a.attname = c.column_name
WHERE c.table_schema <> 'crdb'
UNION ALL
SELECT pg_catalog.current_database(),
  n.nspname,
  k.relname,
  'rowid',
  (SELECT max(attnum) + 1 FROM pg_catalog.pg_attribute WHERE attrelid = k.oid),
  'unique_rowid()',
  'NO',
  'bigint',
  NULL,
  NULL,
  64,
  2,
  0,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  pg_catalog.current_database(),
  'pg_catalog',
  'int8',
  'NO',
  NULL,
  'NEVER',
  '',
  'YES',
  'YES',
  'INT8',
  ''
FROM pg_catalog.pg_class k
JOIN pg_catalog.pg_namespace n ON n.oid = k.relnamespace
WHERE k.relkind = 'r'
  AND n.nspname !~ '^(pg_|crdb|information_schema)'
  AND crdb.key_columns(k.oid::regclass) IS NULL;

CREATE VIEW crdb.information_schemata AS
SELECT pg_catalog.current_database()::text AS catalog_name,
  nspname::text AS schema_name,
  NULL::text AS default_character_set_name,
  NULL::text AS sql_path
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

CREATE VIEW crdb.information_table_constraints AS
SELECT constraint_catalog::text,
  constraint_schema::text,
  CASE
    WHEN constraint_type = 'PRIMARY KEY' AND constraint_name ~ '_pkey\d*$' THEN 'primary'
    ELSE constraint_name::text
  END AS constraint_name,
  table_catalog::text,
  table_schema::text,
  table_name::text,
  constraint_type::text,
  is_deferrable::text,
  initially_deferred::text
FROM information_schema.table_constraints
WHERE table_schema <> 'crdb'
  AND NOT (constraint_type = 'CHECK' AND constraint_name ~ '_not_null$');

CREATE VIEW crdb.information_key_column_usage AS
SELECT constraint_catalog::text,
  constraint_schema::text,
  CASE
    WHEN constraint_name ~ '_pkey\d*$' THEN 'primary'
    ELSE constraint_name::text
  END AS constraint_name,
  table_catalog::text,
  table_schema::text,
  table_name::text,
  column_name::text,
  ordinal_position::int8,
  position_in_unique_constraint::int8
FROM information_schema.key_column_usage
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
  crdb.index_columns(c.oid::regclass) i
WHERE c.relkind = 'r'
  AND n.nspname !~ '^(pg_|crdb|information_schema)';

-- Everybody may read what this file and those before it created.
GRANT SELECT ON ALL TABLES IN SCHEMA crdb TO PUBLIC;
