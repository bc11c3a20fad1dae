-- PostgreSQL's functions that CockroachDB does not have. They leave pg_catalog, so that nobody finds them: the error is
-- that of a function that does not exist. PostgreSQL itself, its views and our functions with bodies of the form
-- `RETURN …` know functions by their OIDs, and keep them.

-- Nobody may use this schema.
CREATE SCHEMA crdb_hidden;
-- Those that the stand-in's own functions and statements call by name. They reveal and change nothing.
CREATE SCHEMA crdb_standin;
GRANT USAGE ON SCHEMA crdb_standin TO PUBLIC;

-- Moves PostgreSQL's functions of these names. An object file that defines a function anew, with CockroachDB's
-- signatures, begins with it.
CREATE FUNCTION crdb_hidden.hide(VARIADIC names text[]) RETURNS void
LANGUAGE sql AS $$
  UPDATE pg_catalog.pg_proc
  SET pronamespace = 'crdb_hidden'::regnamespace
  WHERE pronamespace = 'pg_catalog'::regnamespace
    AND proname::text = ANY (names)
$$;

-- As an integer of PostgreSQL's functions, which take INT4 where CockroachDB's take INT8. Their texts and arrays cannot
-- be so long that the difference shows.
CREATE FUNCTION crdb_standin.int4(value int8) RETURNS int4
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.int4(least(greatest(value, -2147483647), 2147483647));

UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_standin'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname IN (
    'acldefault', 'cardinality', 'format', 'make_date', 'make_interval', 'make_time', 'make_timestamp', 'normalize',
    'pg_control_system', 'pg_event_trigger_ddl_commands', 'pg_has_role', 'regexp_count', 'regexp_match',
    'regexp_matches', 'regexp_substr', 'scale', 'to_char', 'to_date', 'to_number', 'to_regclass', 'to_regnamespace',
    'to_regrole', 'to_regtype', 'to_timestamp', 'trim_scale', 'array_dims', 'array_fill', 'array_ndims', 'date_part',
    'string_to_table'
  );

UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_hidden'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname::text <> ALL (string_to_array(:'functions', ' '))
  -- What PostgreSQL's parser and its triggers of foreign keys and deferred constraints look up by name.
  AND proname <> ALL (ARRAY['position', 'unique_key_recheck']::name[])
  AND proname NOT LIKE 'RI_FKey_%';
