-- The stand-in's own functions that are found without a schema, for the program, which refuses them to clients. A
-- function with a constant is smaller than the names of all of CockroachDB's functions.
CREATE FUNCTION crdb_hidden.list_own_functions() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE crdb_standin.format(
    'CREATE FUNCTION crdb_standin.own_functions() RETURNS text LANGUAGE sql IMMUTABLE RETURN %L::text',
    (
      SELECT string_agg(DISTINCT proname::text, ' ')
      FROM pg_catalog.pg_proc
      WHERE pronamespace = 'crdb'::regnamespace
        AND proname !~ '\.'
        AND proname <> ALL ('{if,to_regtype}')
        AND proname::text <> ALL (string_to_array(:'functions', ' '))
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type WHERE typname = proname)
    )
  );
END
$$;
SELECT crdb_hidden.list_own_functions();
DROP FUNCTION crdb_hidden.list_own_functions();
