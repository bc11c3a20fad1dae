-- The constraints in the information schema, with CockroachDB's contents
-- (cockroachlabs.com/docs/stable/information-schema).

-- Whether a constraint is the key of hidden columns, which is not listed.
CREATE FUNCTION crdb.is_hidden_key(schema_name name, table_name name, called name) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = schema_name
      AND c.relname = table_name
      AND k.conname = called
      AND k.contype IN ('p', 'u')
      AND crdb.is_hidden_index(k.conindid)
  )
$$;

-- Columns that are NOT NULL, as the constraints that the information schema has for them.
CREATE VIEW crdb.not_null_constraints AS
SELECT n.nspname::text AS schema_name,
  c.relname::text AS table_name,
  n.oid::text || '_' || c.oid::text || '_' || a.attnum::text || '_not_null' AS constraint_name,
  a.attname::text AS column_name
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND crdb_standin.is_client_schema(n.nspname)
WHERE a.attnotnull
  AND a.attnum > 0
  AND NOT a.attisdropped;

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
  AND NOT (constraint_type = 'CHECK' AND constraint_name ~ '_not_null$')
  AND NOT crdb.is_hidden_key(table_schema, table_name, constraint_name)
UNION ALL
SELECT pg_catalog.current_database()::text,
  schema_name,
  constraint_name,
  pg_catalog.current_database()::text,
  schema_name,
  table_name,
  'CHECK',
  'NO',
  'NO'
FROM crdb.not_null_constraints;

CREATE VIEW crdb.information_check_constraints AS
SELECT pg_catalog.current_database()::text AS constraint_catalog,
  n.nspname::text AS constraint_schema,
  k.conname::text AS constraint_name,
  regexp_replace(crdb.constraint_details(k.oid), '^CHECK ', '') AS check_clause
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace AND crdb_standin.is_client_schema(n.nspname)
WHERE k.contype = 'c'
UNION ALL
SELECT pg_catalog.current_database()::text, schema_name, constraint_name, quote_ident(column_name) || ' IS NOT NULL'
FROM crdb.not_null_constraints;

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
WHERE crdb_standin.is_client_schema(table_schema)
  AND NOT crdb.is_hidden_key(table_schema, table_name, constraint_name);

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
WHERE crdb_standin.is_client_schema(n.nspname);

-- Everybody may read what this file and those before it created.
GRANT SELECT ON ALL TABLES IN SCHEMA crdb TO PUBLIC;
