-- The columns in the information schema, with CockroachDB's contents
-- (cockroachlabs.com/docs/stable/information-schema).

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

-- The columns of all tables. Programs that list the columns of a table rely on the order.
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
  CASE WHEN crdb.is_hidden(c.oid, a.attnum) THEN 'YES' ELSE 'NO' END AS is_hidden,
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
ORDER BY table_schema, table_name, ordinal_position;
