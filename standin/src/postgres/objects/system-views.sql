-- PostgreSQL's system views, and two functions about its catalogs, with CockroachDB's contents
-- (cockroachlabs.com/docs/stable/pg-catalog).
CREATE FUNCTION crdb.pg_get_constraintdef(id oid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT crdb.constraint_details(id)
$$;
CREATE FUNCTION crdb.pg_get_constraintdef(id oid, pretty bool) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT crdb.constraint_details(id)
$$;

-- Includes a sequence that a column's DEFAULT reads although the column does not own it.
CREATE FUNCTION crdb.pg_get_serial_sequence(rel text, col text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    pg_catalog.pg_get_serial_sequence(rel, col),
    (
      SELECT n.nspname || '.' || s.relname
      FROM pg_catalog.pg_attrdef d
      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      JOIN pg_catalog.pg_depend p ON p.classid = 'pg_catalog.pg_attrdef'::regclass AND p.objid = d.oid
      JOIN pg_catalog.pg_class s ON s.oid = p.refobjid AND s.relkind = 'S'
      JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
      WHERE d.adrelid = rel::regclass
        AND a.attname = col
      LIMIT 1
    )
  )
$$;

-- An index as a statement that makes it.
CREATE FUNCTION crdb.pg_get_indexdef(index_oid oid) RETURNS text
LANGUAGE sql STABLE STRICT AS $$
  SELECT 'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END
    || 'INDEX ' || quote_ident(crdb.index_name(x.indexrelid, x.indisprimary))
    || ' ON ' || quote_ident(pg_catalog.current_database())
    || '.' || quote_ident(n.nspname)
    || '.' || quote_ident(t.relname)
    || ' USING btree (' || (
      SELECT string_agg(quote_ident(k.column_name) || ' ' || k.direction, ', ' ORDER BY k.seq_in_index)
      FROM crdb.index_columns(x.indrelid::regclass) k
      WHERE k.index_name = crdb.index_name(x.indexrelid, x.indisprimary)
        AND NOT k.implicit
        AND NOT k.storing
    ) || ')' || coalesce(' WHERE ' || crdb.expression(pg_catalog.pg_get_expr(x.indpred, x.indrelid, true)), '')
  FROM pg_catalog.pg_index x
  JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  WHERE x.indexrelid = index_oid
$$;

-- One column of it; the whole index for the number 0.
CREATE FUNCTION crdb.pg_get_indexdef(index_oid oid, place int8, pretty bool) RETURNS text
LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE place
    WHEN 0 THEN crdb.pg_get_indexdef(index_oid)
    ELSE pg_catalog.pg_get_indexdef(index_oid, place::int4, pretty)
  END
$$;

CREATE VIEW crdb.pg_indexes AS
SELECT x.indexrelid AS crdb_oid,
  n.nspname AS schemaname,
  t.relname AS tablename,
  crdb.index_name(x.indexrelid, x.indisprimary)::name AS indexname,
  NULL::name AS tablespace,
  crdb.pg_get_indexdef(x.indexrelid) AS indexdef
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE crdb_standin.is_client_schema(n.nspname);

CREATE VIEW crdb.pg_tables AS
SELECT *
FROM pg_catalog.pg_tables
WHERE schemaname <> 'crdb';

CREATE VIEW crdb.pg_available_extensions AS
SELECT name, default_version, installed_version, comment
FROM pg_catalog.pg_available_extensions
WHERE false;

CREATE VIEW crdb.pg_stat_activity AS
SELECT *
FROM pg_catalog.pg_stat_activity
WHERE false;

