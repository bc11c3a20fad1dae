-- PostgreSQL's functions that CockroachDB does not have. They leave pg_catalog, so that nobody finds them: the error is
-- that of a function that does not exist. PostgreSQL itself, its views and our functions with bodies of the form
-- `RETURN …` know functions by their OIDs, and keep them.

-- Nobody may use this schema.
CREATE SCHEMA crdb_hidden;
-- Those that the stand-in's own functions and statements call by name. They reveal and change nothing.
CREATE SCHEMA crdb_standin;
GRANT USAGE ON SCHEMA crdb_standin TO PUBLIC;

-- Whether clients keep their objects in a schema: not those of PostgreSQL and of the stand-in, nor for temporary ones.
CREATE FUNCTION crdb_standin.is_client_schema(name name) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN name !~ '^(pg_|crdb|information_schema)';

-- Moves PostgreSQL's functions of these names. An object file that defines a function anew, with CockroachDB's
-- signatures, begins with it.
CREATE FUNCTION crdb_hidden.hide(VARIADIC names text[]) RETURNS void
LANGUAGE sql AS $$
  UPDATE pg_catalog.pg_proc
  SET pronamespace = 'crdb_hidden'::regnamespace
  WHERE pronamespace = 'pg_catalog'::regnamespace
    AND proname::text = ANY (names)
$$;

UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_standin'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname IN (
    'acldefault', 'array_dims', 'array_fill', 'array_ndims', 'cardinality', 'current_setting', 'date_part', 'format',
    'get_byte', 'inet_send', 'isfinite', 'jsonb_object_keys', 'justify_interval', 'make_date', 'make_interval',
    'make_time', 'make_timestamp', 'normalize', 'pg_control_system', 'pg_event_trigger_ddl_commands', 'pg_has_role',
    'pg_total_relation_size', 'regexp_count', 'regexp_match', 'regexp_matches', 'regexp_substr', 'scale', 'string_to_table',
    'to_char',
    'to_date', 'to_number', 'to_regclass', 'to_regnamespace', 'to_regrole', 'to_regtype', 'to_timestamp',
    'trim_scale'
  );

UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_hidden'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname::text <> ALL (string_to_array(:'functions', ' '))
  -- What PostgreSQL's parser and its triggers of foreign keys and deferred constraints look up by name.
  AND proname <> ALL (ARRAY['position', 'unique_key_recheck']::name[])
  AND proname NOT LIKE 'RI_FKey_%';

-- Defines a function that is written in C in PostgreSQL, with CockroachDB's types: its INT8 is no other value than
-- PostgreSQL's INT4 for a result, but an argument must not exceed INT4.
CREATE FUNCTION crdb_hidden.define(signature text, result text, source text, traits text DEFAULT 'IMMUTABLE STRICT')
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE crdb_standin.format(
    'CREATE FUNCTION pg_catalog.%s RETURNS %s LANGUAGE internal %s PARALLEL SAFE AS %L',
    signature,
    result,
    traits,
    source
  );
END
$$;

-- An argument for PostgreSQL's functions, which take INT4 where CockroachDB's take INT8. Their texts and arrays
-- cannot be so long that the difference shows.
CREATE FUNCTION crdb_standin.int4(value int8) RETURNS int4
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN value > 2147483647 THEN 2147483647
  WHEN value < -2147483647 THEN -2147483647
  ELSE value::int4
END;

-- Ends a statement with an error, where a value of this type is expected. It is not immutable, or PostgreSQL would
-- evaluate it before the condition that guards it; functions that call it may say that they are.
CREATE FUNCTION crdb_standin.fail(code text, message text, result anyelement) RETURNS anyelement
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  -- Anybody can call it, and a message that begins with `[exit` would end the server.
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = regexp_replace(message, '^\[exit', ' [exit');
END
$$;

-- Defines a function that is no more than an error: PostgreSQL would find a function for these types by casts that
-- CockroachDB does not make. `types` are PostgreSQL's, `shown` CockroachDB's.
CREATE FUNCTION crdb_hidden.refuse(name text, types text, shown text, result text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE crdb_standin.format(
    'CREATE FUNCTION pg_catalog.%I(%s) RETURNS %s LANGUAGE sql STABLE RETURN crdb_standin.fail(%L, %L, NULL::%3$s)',
    name,
    types,
    result,
    '42883',
    crdb_standin.format('unknown signature: %s(%s)', name, shown)
  );
END
$$;
