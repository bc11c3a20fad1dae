-- Sums and averages of integers, which are decimals in CockroachDB. The deviations are in aggregates.sql.

-- The sum of small integers, which PostgreSQL returns as int8. The functions are its own for int8: see integers.sql.
DO $do$
DECLARE
  type text;
BEGIN
  FOREACH type IN ARRAY '{int2,int4}'::text[] LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.add_to_sum(state internal, value %s) RETURNS internal
        LANGUAGE internal IMMUTABLE PARALLEL SAFE AS %L',
      type,
      'int8_avg_accum'
    );
    EXECUTE crdb_standin.format(
      'CREATE AGGREGATE crdb.sum(%s) (
        SFUNC = crdb_standin.add_to_sum, STYPE = internal, FINALFUNC = crdb_hidden.numeric_poly_sum
      )',
      type
    );
  END LOOP;
END
$do$;

-- The average: the state is the sum and the count.
CREATE FUNCTION crdb_standin.add_to_average(state numeric[], value numeric) RETURNS numeric[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY[state[1] + value, state[2] + 1::numeric];
CREATE FUNCTION crdb_standin.average(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN state[2] > 0::numeric THEN crdb.divide(state[1], state[2]) END;
DO $do$
DECLARE
  type text;
BEGIN
  FOREACH type IN ARRAY '{int2,int4,int8,numeric}'::text[] LOOP
    IF type <> 'numeric' THEN
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION crdb_standin.add_to_average(state numeric[], value %s) RETURNS numeric[]
          LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN crdb_standin.add_to_average(state, value::numeric)',
        type
      );
    END IF;
    EXECUTE crdb_standin.format(
      'CREATE AGGREGATE crdb.avg(%s) (
        SFUNC = crdb_standin.add_to_average, STYPE = numeric[], INITCOND = %L, FINALFUNC = crdb_standin.average
      )',
      type,
      '{0,0}'
    );
  END LOOP;
END
$do$;
