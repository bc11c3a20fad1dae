-- PostgreSQL's catalogs of views, sequences and defaults without the stand-in's own objects
-- (cockroachlabs.com/docs/stable/pg-catalog).
CREATE VIEW crdb.pg_views AS
SELECT n.nspname AS schemaname,
  c.relname AS viewname,
  pg_catalog.pg_get_userbyid(c.relowner) AS viewowner,
  crdb.view_query(c.oid::regclass) AS definition
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v'
  AND crdb_standin.is_client_schema(n.nspname);

CREATE VIEW crdb.pg_matviews AS
SELECT n.nspname AS schemaname,
  c.relname AS matviewname,
  pg_catalog.pg_get_userbyid(c.relowner) AS matviewowner,
  NULL::name AS tablespace,
  c.relhasindex AS hasindexes,
  c.relispopulated AS ispopulated,
  crdb.view_query(c.oid::regclass) AS definition
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm'
  AND crdb_standin.is_client_schema(n.nspname);

-- The sequences of the database, without the one that makes row ids.
CREATE VIEW crdb.pg_sequence AS
SELECT s.*
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
WHERE c.relnamespace <> 'crdb'::regnamespace;

-- `adsrc` and `adbin` are the text of the default as CockroachDB writes it for programs of PostgreSQL: with casts, and
-- numbers without their types.
CREATE FUNCTION crdb.catalog_expression(expression text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT replace(regexp_replace(expression, ':::(INT8|DECIMAL|FLOAT8|BOOL)$', ''), ':::', '::')
$$;
CREATE VIEW crdb.pg_attrdef AS
SELECT d.oid,
  d.adrelid,
  d.adnum,
  crdb.catalog_expression(crdb.default_of(d.adrelid::regclass, d.adnum)) AS adbin,
  crdb.catalog_expression(crdb.default_of(d.adrelid::regclass, d.adnum)) AS adsrc
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
WHERE c.relnamespace <> 'crdb'::regnamespace;

-- Their expressions are already text.
CREATE FUNCTION crdb.pg_get_expr(expression text, rel oid) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN expression;
CREATE FUNCTION crdb.pg_get_expr(expression text, rel oid, pretty bool) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN expression;

-- The schemas of search_path, without the stand-in's own, which it adds to every search_path.
CREATE FUNCTION crdb.current_schemas(include_implicit bool) RETURNS text[]
LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN include_implicit THEN '{pg_catalog,pg_extension}'::text[] ELSE '{}' END
    || ARRAY(
      SELECT schema::text
      FROM unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s (schema, place)
      WHERE schema <> ALL ('{crdb,pg_catalog,pg_extension}'::name[])
      ORDER BY place
    )
$$;

-- The type with this name; NULL when there is none. Newer than v21.1: psycopg's `TypeInfo.fetch` asks for it from
-- version 22.2 on.
CREATE FUNCTION crdb.to_regtype(name text) RETURNS regtype
LANGUAGE sql STABLE STRICT AS $$
  SELECT crdb_standin.to_regtype(name)
$$;

-- CockroachDB has no ranges.
CREATE VIEW crdb.pg_range AS
SELECT *
FROM pg_catalog.pg_range
WHERE false;

-- Collations have CockroachDB's names.
CREATE VIEW crdb.pg_collation AS
SELECT oid,
  crdb.collation_name(collname) AS collname,
  collnamespace,
  collowner,
  collprovider,
  collisdeterministic,
  collencoding,
  collcollate,
  collctype,
  collversion
FROM pg_catalog.pg_collation;
