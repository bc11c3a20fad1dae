-- Functions on arrays, and on values of any type
-- (cockroachlabs.com/docs/v21.1/functions-and-operators#array-functions).
SELECT crdb_hidden.hide('array_position', 'num_nonnulls', 'num_nulls', 'pg_typeof');
UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_standin'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname IN ('array_positions', 'array_to_string');

SELECT crdb_hidden.define(signature, 'int8', source, 'IMMUTABLE')
FROM (
  VALUES
    ('array_position("array" anycompatiblearray, elem anycompatible)', 'array_position'),
    ('num_nulls(VARIADIC "any")', 'pg_num_nulls'),
    ('num_nonnulls(VARIADIC "any")', 'pg_num_nonnulls')
) AS f (signature, source);
CREATE FUNCTION pg_catalog.array_positions("array" anycompatiblearray, elem anycompatible) RETURNS int8[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT crdb_standin.array_positions("array", elem)::int8[]
$$;

-- CockroachDB writes a delimiter after each value but a last one, also when only NULLs follow.
CREATE FUNCTION pg_catalog.array_to_string(input anyarray, delim text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb_standin.array_to_string(input, delim)
    || CASE
      WHEN input[array_upper(input, 1)] IS NULL AND array_upper(array_remove(input, NULL), 1) > 0 THEN delim
      ELSE ''
    END
$$;
CREATE FUNCTION pg_catalog.array_to_string(input anyarray, delimiter text, "null" text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN "null" IS NULL THEN pg_catalog.array_to_string(input, delimiter)
    ELSE crdb_standin.array_to_string(input, delimiter, "null")
  END
$$;

CREATE FUNCTION crdb_standin.type_of("any") RETURNS regtype
LANGUAGE internal STABLE PARALLEL SAFE AS 'pg_typeof';
-- A constant in quotes is a string.
CREATE FUNCTION pg_catalog.pg_typeof(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'text';
CREATE FUNCTION pg_catalog.pg_typeof(val varchar) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'character varying';
CREATE FUNCTION pg_catalog.pg_typeof(val name) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'name';
CREATE FUNCTION pg_catalog.pg_typeof(val bpchar) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'character';
-- Stands for NULL without a type (rewriting/overloaded-functions.ts).
CREATE FUNCTION pg_catalog.pg_typeof(val tid) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'unknown';
CREATE FUNCTION pg_catalog.pg_typeof(val anyelement) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb_standin.type_of(val)::text
$$;
-- Constants that are integers, which are INT8 in CockroachDB.
CREATE FUNCTION pg_catalog.pg_typeof(val int4[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'bigint[]';

-- `ARRAY['a'] || 'b'` appends a string; to PostgreSQL, 'b' would be an array.
CREATE FUNCTION crdb_standin.append_text(input text[], elem text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_append(input, elem);
CREATE FUNCTION crdb_standin.prepend_text(elem text, input text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_prepend(elem, input);
CREATE OPERATOR crdb.|| (FUNCTION = crdb_standin.append_text, LEFTARG = text[], RIGHTARG = text);
CREATE OPERATOR crdb.|| (FUNCTION = crdb_standin.prepend_text, LEFTARG = text, RIGHTARG = text[]);

-- The locale, where PostgreSQL has a collation of ICU. A parsed body would always have the default collation.
CREATE FUNCTION crdb_standin.collation_for(str text) RETURNS text
LANGUAGE internal STABLE PARALLEL SAFE AS 'pg_collation_for';
CREATE FUNCTION pg_catalog.pg_collation_for(str text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.replace(pg_catalog.replace(crdb_standin.collation_for(str), '-x-icu', ''), '-', '_')
$$;

-- Booleans are written out.
CREATE FUNCTION pg_catalog.array_to_string(input bool[], delim text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.array_to_string(input::text[], delim);
CREATE FUNCTION pg_catalog.array_to_string(input bool[], delimiter text, "null" text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.array_to_string(input::text[], delimiter, "null");
