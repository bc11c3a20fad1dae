-- Functions about PostgreSQL's catalogs, with CockroachDB's types: where PostgreSQL takes INT4, CockroachDB takes INT8.
SELECT crdb_hidden.hide('col_description', 'format_type', 'generate_subscripts', 'pg_encoding_to_char');
SELECT crdb_hidden.define('format_type(oid, int8)', 'text', 'format_type', 'STABLE');
SELECT crdb_hidden.define('generate_subscripts(anyarray, int8)', 'SETOF int8', 'generate_subscripts_nodir');
SELECT crdb_hidden.define('generate_subscripts(anyarray, int8, bool)', 'SETOF int8', 'generate_subscripts');
SELECT crdb_hidden.define('pg_encoding_to_char(int8)', 'name', 'PG_encoding_to_char', 'STABLE STRICT');

CREATE FUNCTION pg_catalog.col_description(rel oid, attnum int8) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT description
  FROM pg_catalog.pg_description
  WHERE objoid = rel
    AND classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND objsubid = attnum
$$;

CREATE FUNCTION pg_catalog.generate_subscripts("array" anyarray) RETURNS SETOF int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT generate_subscripts("array", 1)
$$;

-- PostgreSQL calls the collations of its library ICU after their language, as `sv-x-icu`.
CREATE FUNCTION crdb.collation_name(collation_name name) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(collation_name::text, '-x-icu$', '')
$$;
