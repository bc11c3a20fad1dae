-- Functions on JSON, which is JSONB in CockroachDB (cockroachlabs.com/docs/v21.1/jsonb).
SELECT crdb_hidden.hide(
  'array_to_json', 'json_agg', 'json_array_elements', 'json_array_elements_text', 'json_array_length',
  'json_build_array', 'json_build_object', 'json_each', 'json_each_text', 'json_extract_path',
  'json_extract_path_text', 'json_object', 'json_object_agg', 'json_object_keys', 'json_strip_nulls', 'json_typeof',
  'jsonb_array_length', 'jsonb_each', 'jsonb_each_text', 'jsonb_object_agg', 'jsonb_pretty',
  'jsonb_strip_nulls', 'row_to_json', 'to_json'
);
-- The stand-in's own statements pass rows of other databases as JSON.
UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_standin'::regnamespace
WHERE oid = 'crdb_hidden.json_array_elements(json)'::regprocedure;

SELECT crdb_hidden.define(signature, result, source)
FROM (
  VALUES
    ('json_array_elements(input jsonb, OUT value jsonb)', 'SETOF jsonb', 'jsonb_array_elements'),
    ('json_array_elements_text(input jsonb, OUT value text)', 'SETOF text', 'jsonb_array_elements_text'),
    ('json_array_length("json" jsonb)', 'int8', 'jsonb_array_length'),
    ('jsonb_array_length("json" jsonb)', 'int8', 'jsonb_array_length'),
    ('json_extract_path(from_json jsonb, VARIADIC path text[])', 'jsonb', 'jsonb_extract_path'),
    ('json_extract_path_text(from_json jsonb, VARIADIC path text[])', 'text', 'jsonb_extract_path_text'),
    ('json_object(texts text[])', 'jsonb', 'jsonb_object'),
    ('json_object(keys text[], "values" text[])', 'jsonb', 'jsonb_object_two_arg'),
    ('json_typeof(val jsonb)', 'text', 'jsonb_typeof'),
    ('json_remove_path(val jsonb, path text[])', 'jsonb', 'jsonb_delete_path'),
    ('json_set(val jsonb, path text[], "to" jsonb, create_missing bool)', 'jsonb', 'jsonb_set'),
    ('array_to_json("array" anyarray)', 'jsonb', 'to_jsonb'),
    ('row_to_json("row" record)', 'jsonb', 'to_jsonb'),
    ('to_json(val anyelement)', 'jsonb', 'to_jsonb')
) AS f (signature, result, source);
SELECT crdb_hidden.define(signature, 'jsonb', source, 'STABLE')
FROM (
  VALUES
    ('json_build_array(VARIADIC "any")', 'jsonb_build_array'),
    ('json_build_array()', 'jsonb_build_array_noargs'),
    ('json_build_object(VARIADIC "any")', 'jsonb_build_object'),
    ('json_build_object()', 'jsonb_build_object_noargs')
) AS f (signature, source);
CREATE FUNCTION pg_catalog.json_extract_path(from_json jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN from_json;
CREATE FUNCTION pg_catalog.jsonb_extract_path(from_json jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN from_json;
CREATE FUNCTION pg_catalog.json_extract_path_text(from_json jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.json_extract_path_text(from_json, VARIADIC '{}'::text[]);
CREATE FUNCTION pg_catalog.jsonb_extract_path_text(from_json jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.json_extract_path_text(from_json, VARIADIC '{}'::text[]);
CREATE FUNCTION pg_catalog.json_set(val jsonb, path text[], "to" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_set(val, path, "to", true);
CREATE FUNCTION pg_catalog.json_strip_nulls(from_json jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.jsonb_strip_nulls(from_json);
CREATE FUNCTION pg_catalog.jsonb_strip_nulls(from_json jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.jsonb_strip_nulls(from_json);
CREATE FUNCTION pg_catalog.array_to_json("array" anyarray, pretty_bool bool) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN pretty_bool IS NULL THEN NULL
    WHEN pretty_bool THEN crdb_standin.fail('0A000', 'array_to_json(): pretty printing is not supported', NULL::jsonb)
    ELSE array_to_json("array")
  END
$$;

CREATE AGGREGATE pg_catalog.json_agg(anyelement) (
  SFUNC = crdb_hidden.jsonb_agg_transfn,
  STYPE = internal,
  FINALFUNC = crdb_hidden.jsonb_agg_finalfn
);
-- Keys are strings.
CREATE AGGREGATE pg_catalog.json_object_agg(text, "any") (
  SFUNC = crdb_hidden.jsonb_object_agg_transfn,
  STYPE = internal,
  FINALFUNC = crdb_hidden.jsonb_object_agg_finalfn
);
CREATE AGGREGATE pg_catalog.jsonb_object_agg(text, "any") (
  SFUNC = crdb_hidden.jsonb_object_agg_transfn,
  STYPE = internal,
  FINALFUNC = crdb_hidden.jsonb_object_agg_finalfn
);

-- CockroachDB orders the keys of an object as bytes; PostgreSQL puts shorter ones first.
CREATE FUNCTION crdb_standin.ordered_keys(input jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $$
  SELECT key
  FROM crdb_standin.jsonb_object_keys(input) AS key
  ORDER BY key COLLATE "C"
$$;
CREATE FUNCTION pg_catalog.jsonb_object_keys(input jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $$
  SELECT crdb_standin.ordered_keys(input)
$$;
CREATE FUNCTION pg_catalog.json_object_keys(input jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $$
  SELECT crdb_standin.ordered_keys(input)
$$;
DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY '{json_each,jsonb_each}'::text[] LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION pg_catalog.%I(input jsonb, OUT key text, OUT value jsonb) RETURNS SETOF record
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $$
          SELECT k, input -> k FROM crdb_standin.ordered_keys(input) AS k
        $$',
      name
    );
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION pg_catalog.%I(input jsonb, OUT key text, OUT value text) RETURNS SETOF record
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $$
          SELECT k, input ->> k FROM crdb_standin.ordered_keys(input) AS k
        $$',
      name || '_text'
    );
  END LOOP;
END
$do$;

-- A value as text, with the keys of objects in CockroachDB's order; with an indent, in lines.
CREATE FUNCTION crdb_standin.json_text(input jsonb, indent text DEFAULT NULL, level text DEFAULT '') RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  kind text := jsonb_typeof(input);
  inner_level text := level || coalesce(indent, '');
  separator text := CASE WHEN indent IS NULL THEN ', ' ELSE e',\n' || inner_level END;
  items text;
BEGIN
  IF kind = 'object' THEN
    SELECT string_agg(
      crdb_standin.format('%s: %s', to_jsonb(key), crdb_standin.json_text(input -> key, indent, inner_level)),
      separator
    )
    INTO items
    FROM crdb_standin.ordered_keys(input) AS key;
  ELSIF kind = 'array' THEN
    SELECT string_agg(crdb_standin.json_text(item, indent, inner_level), separator)
    INTO items
    FROM jsonb_array_elements(input) AS item;
  ELSE
    RETURN crdb_standin.format('%s', input);
  END IF;
  RETURN CASE kind WHEN 'object' THEN '{' ELSE '[' END
    || CASE WHEN indent IS NOT NULL AND items IS NOT NULL THEN e'\n' || inner_level ELSE '' END
    || coalesce(items, '')
    || CASE WHEN indent IS NOT NULL AND items IS NOT NULL THEN e'\n' || level ELSE '' END
    || CASE kind WHEN 'object' THEN '}' ELSE ']' END;
END
$$;
CREATE FUNCTION pg_catalog.jsonb_pretty(val jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.json_text(val, '    ');

-- Where JSON becomes a string.
CREATE FUNCTION crdb_standin.json_string(input jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN input IS NOT NULL THEN crdb_standin.json_text(input) END;
CREATE CAST (jsonb AS text) WITH FUNCTION crdb_standin.json_string(jsonb);
CREATE FUNCTION crdb_standin.json_member(input jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN jsonb_typeof(input -> key) IN ('object', 'array') THEN crdb_standin.json_text(input -> key)
  ELSE input ->> key
END;
CREATE OPERATOR crdb.->> (FUNCTION = crdb_standin.json_member, LEFTARG = jsonb, RIGHTARG = text);
CREATE FUNCTION crdb_standin.json_member(input jsonb, path text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN jsonb_typeof(input #> path) IN ('object', 'array') THEN crdb_standin.json_text(input #> path)
  ELSE input #>> path
END;
CREATE OPERATOR crdb.#>> (FUNCTION = crdb_standin.json_member, LEFTARG = jsonb, RIGHTARG = text[]);

-- There are no arrays of JSON.
CREATE FUNCTION crdb_standin.keep_json(state jsonb, value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state;
CREATE FUNCTION crdb_standin.refuse_array(state jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN crdb_standin.fail('42883', 'unknown signature: array_agg(jsonb)', state);
CREATE AGGREGATE pg_catalog.array_agg(jsonb) (
  SFUNC = crdb_standin.keep_json,
  STYPE = jsonb,
  FINALFUNC = crdb_standin.refuse_array
);

-- CockroachDB orders nothing by JSON, and has no index on it but an inverted one.
UPDATE pg_catalog.pg_opclass
SET opcdefault = false
WHERE opcintype = 'jsonb'::regtype
  AND opcmethod = (SELECT oid FROM pg_catalog.pg_am WHERE amname = 'btree');

-- An object can be joined to an object or to an array only.
CREATE FUNCTION crdb_standin.joined_json(a jsonb, b jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN (jsonb_typeof(a) = 'object' OR jsonb_typeof(b) = 'object')
    AND jsonb_typeof(a) <> jsonb_typeof(b)
    AND 'array' NOT IN (jsonb_typeof(a), jsonb_typeof(b))
  THEN crdb_standin.fail('22023', 'invalid concatenation of jsonb objects', a)
  ELSE a OPERATOR(pg_catalog.||) b
END;
CREATE OPERATOR crdb.|| (FUNCTION = crdb_standin.joined_json, LEFTARG = jsonb, RIGHTARG = jsonb);

-- A time of the zone UTC ends in Z.
CREATE FUNCTION crdb_standin.time_json(val timestamptz) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN pg_catalog.regexp_replace(pg_catalog.to_jsonb(val)::text, '[+]00:00"$', 'Z"')::jsonb;
CREATE FUNCTION pg_catalog.to_json(val timestamptz) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN crdb_standin.time_json(val);
CREATE FUNCTION pg_catalog.to_jsonb(val timestamptz) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN crdb_standin.time_json(val);
