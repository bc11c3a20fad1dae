-- The information schema with CockroachDB's contents (cockroachlabs.com/docs/stable/information-schema).

-- The comment of a column without one: an empty text in v21.1 and NULL in newer versions. alembic takes the first for a
-- change of the column, so databases that it keeps get the second.
CREATE FUNCTION crdb.no_comment() RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'alembic_version' AND relkind = 'r') THEN ''
  END
$$;

-- The type under a domain. Those of PostgreSQL's information schema stand for CockroachDB's INT8, TIMESTAMPTZ and
-- STRING.
CREATE FUNCTION crdb.plain_type(type pg_catalog.pg_type) RETURNS oid
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN type.typtype <> 'd' THEN type.oid
    WHEN type.typnamespace <> 'information_schema'::regnamespace THEN type.typbasetype
    WHEN type.typbasetype = 'int4'::regtype THEN 'int8'::regtype
    WHEN type.typbasetype = 'timestamptz'::regtype THEN type.typbasetype
    ELSE 'text'::regtype
  END
$$;

-- The columns of all tables, and the hidden one of a table without a primary key. Both halves have the same types, so
-- that PostgreSQL filters before it sorts. Programs that list the columns of a table rely on the order.
CREATE VIEW crdb.information_columns AS
SELECT pg_catalog.current_database()::text AS table_catalog,
  n.nspname::text AS table_schema,
  c.relname::text AS table_name,
  a.attname::text AS column_name,
  coalesce(pg_catalog.col_description(c.oid, a.attnum), (SELECT crdb.no_comment())) AS column_comment,
  a.attnum::int8 AS ordinal_position,
  CASE WHEN a.attgenerated = '' AND a.atthasdef THEN crdb.default_of(c.oid::regclass, a.attnum) END AS column_default,
  CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable,
  CASE
    WHEN t.typelem <> 0 AND t.typlen = -1 THEN 'ARRAY'
    WHEN t.typtype = 'd' THEN pg_catalog.format_type(crdb.plain_type(t), NULL)
    WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN pg_catalog.format_type(a.atttypid, NULL)
    ELSE 'USER-DEFINED'
  END AS data_type,
  coalesce(
    information_schema._pg_char_max_length(a.atttypid, a.atttypmod),
    substring(CASE t.typtype WHEN 'd' THEN t.typname END FROM '\d+')::int4
  )::int8 AS character_maximum_length,
  information_schema._pg_char_octet_length(a.atttypid, a.atttypmod)::int8 AS character_octet_length,
  information_schema._pg_numeric_precision(a.atttypid, a.atttypmod)::int8 AS numeric_precision,
  information_schema._pg_numeric_precision_radix(a.atttypid, a.atttypmod)::int8 AS numeric_precision_radix,
  information_schema._pg_numeric_scale(a.atttypid, a.atttypmod)::int8 AS numeric_scale,
  information_schema._pg_datetime_precision(a.atttypid, a.atttypmod)::int8 AS datetime_precision,
  information_schema._pg_interval_type(a.atttypid, a.atttypmod)::text AS interval_type,
  NULL::int8 AS interval_precision,
  NULL::text AS character_set_catalog,
  NULL::text AS character_set_schema,
  NULL::text AS character_set_name,
  NULL::text AS collation_catalog,
  NULL::text AS collation_schema,
  (
    SELECT crdb.collation_name(k.collname)
    FROM pg_catalog.pg_collation k
    WHERE k.oid = a.attcollation
      AND k.collname <> 'default'
  ) AS collation_name,
  NULL::text AS domain_catalog,
  NULL::text AS domain_schema,
  NULL::text AS domain_name,
  pg_catalog.current_database()::text AS udt_catalog,
  CASE t.typtype WHEN 'd' THEN 'pg_catalog' ELSE t.typnamespace::regnamespace::text END AS udt_schema,
  (
    SELECT b.typname::text
    FROM pg_catalog.pg_type b
    WHERE b.oid = crdb.plain_type(t)
  ) AS udt_name,
  NULL::text AS scope_catalog,
  NULL::text AS scope_schema,
  NULL::text AS scope_name,
  NULL::int8 AS maximum_cardinality,
  NULL::text AS dtd_identifier,
  NULL::text AS is_self_referencing,
  CASE WHEN a.attidentity = '' THEN 'NO' ELSE 'YES' END AS is_identity,
  CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity_generation,
  NULL::text AS identity_start,
  NULL::text AS identity_increment,
  NULL::text AS identity_maximum,
  NULL::text AS identity_minimum,
  NULL::text AS identity_cycle,
  CASE WHEN a.attgenerated = '' THEN 'NEVER' ELSE 'ALWAYS' END AS is_generated,
  CASE
    WHEN a.attgenerated = '' THEN ''
    ELSE (
      SELECT crdb.expression(pg_catalog.pg_get_expr(d.adbin, d.adrelid, true))
      FROM pg_catalog.pg_attrdef d
      WHERE d.adrelid = c.oid
        AND d.adnum = a.attnum
    )
  END AS generation_expression,
  CASE c.relkind WHEN 'r' THEN 'YES' ELSE 'NO' END AS is_updatable,
  'NO'::text AS is_hidden,
  CASE
    WHEN t.typnamespace = 'information_schema'::regnamespace THEN crdb.type_name(crdb.plain_type(t), -1)
    ELSE crdb.type_name(a.atttypid, a.atttypmod)
  END AS crdb_sql_type
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('r', 'v', 'm')
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND n.nspname NOT IN ('crdb', 'crdb_hidden', 'crdb_standin', 'pg_toast')
  AND (
    crdb_standin.pg_has_role(c.relowner, 'USAGE')
    OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES')
  )
UNION ALL
SELECT pg_catalog.current_database()::text,
  n.nspname::text,
  c.relname::text,
  'rowid'::text,
  (SELECT crdb.no_comment()),
  (SELECT max(attnum) + 1 FROM pg_catalog.pg_attribute WHERE attrelid = c.oid)::int8,
  'unique_rowid()'::text,
  'NO'::text,
  'bigint'::text,
  NULL::int8,
  NULL::int8,
  64::int8,
  2::int8,
  0::int8,
  NULL::int8,
  NULL::text,
  NULL::int8,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  pg_catalog.current_database()::text,
  'pg_catalog'::text,
  'int8'::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::int8,
  NULL::text,
  NULL::text,
  'NO'::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  NULL::text,
  'NEVER'::text,
  ''::text,
  'YES'::text,
  'YES'::text,
  'INT8'::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND n.nspname !~ '^(pg_|crdb|information_schema)'
  AND crdb.key_columns(c.oid::regclass) IS NULL
ORDER BY table_schema, table_name, ordinal_position;

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
    ELSE crdb.plain_name(constraint_name)
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
    ELSE crdb.plain_name(constraint_name)
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

CREATE FUNCTION crdb.referential_action(letter "char") RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE letter
    WHEN 'c' THEN 'CASCADE'
    WHEN 'n' THEN 'SET NULL'
    WHEN 'd' THEN 'SET DEFAULT'
    WHEN 'r' THEN 'RESTRICT'
    ELSE 'NO ACTION'
  END
$$;

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

CREATE VIEW crdb.information_referential_constraints AS
SELECT pg_catalog.current_database()::text AS constraint_catalog,
  n.nspname::text AS constraint_schema,
  k.conname::text AS constraint_name,
  pg_catalog.current_database()::text AS unique_constraint_catalog,
  rn.nspname::text AS unique_constraint_schema,
  crdb.index_name(k.conindid, i.indisprimary) AS unique_constraint_name,
  CASE k.confmatchtype WHEN 'f' THEN 'FULL' ELSE 'NONE' END AS match_option,
  crdb.referential_action(k.confupdtype) AS update_rule,
  crdb.referential_action(k.confdeltype) AS delete_rule,
  c.relname::text AS table_name,
  r.relname::text AS referenced_table_name
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
WHERE k.contype = 'f';

-- A foreign key uses the columns that it refers to.
CREATE VIEW crdb.information_constraint_column_usage AS
SELECT pg_catalog.current_database()::text AS table_catalog,
  n.nspname::text AS table_schema,
  c.relname::text AS table_name,
  a.attname::text AS column_name,
  pg_catalog.current_database()::text AS constraint_catalog,
  kn.nspname::text AS constraint_schema,
  k.conname::text AS constraint_name
FROM crdb.pg_constraint k
JOIN pg_catalog.pg_namespace kn ON kn.oid = k.connamespace
JOIN pg_catalog.pg_class c ON c.oid = CASE k.contype WHEN 'f' THEN k.confrelid ELSE k.conrelid END
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a
  ON a.attrelid = c.oid
  AND a.attnum = ANY (CASE k.contype WHEN 'f' THEN k.confkey ELSE k.conkey END)
WHERE n.nspname !~ '^(pg_|crdb|information_schema)';

-- Everybody may read what this file and those before it created.
GRANT SELECT ON ALL TABLES IN SCHEMA crdb TO PUBLIC;
