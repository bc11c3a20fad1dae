-- Aggregates that are decimals in CockroachDB: of decimals and of integers.

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

-- Count, sum, and sum of squares.
CREATE FUNCTION crdb_standin.add_to_moments(state numeric[], value numeric) RETURNS numeric[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF value IS NULL THEN
    RETURN state;
  END IF;
  RETURN ARRAY[state[1] + 1, state[2] + value, state[3] + value * value];
END
$$;
CREATE FUNCTION crdb_standin.mean(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN state[1] > 0 THEN crdb.divide(state[2], state[1]) END;
-- The variance of a population, or of a sample of it, which divides by one less.
CREATE FUNCTION crdb_standin.spread(state numeric[], less int4) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF state[1] > less THEN
    RETURN crdb_standin.trim_scale(
      crdb.divide(state[1] * state[3] - state[2] * state[2], state[1] * (state[1] - less))
    );
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION crdb_standin.variance(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.spread(state, 1);
CREATE FUNCTION crdb_standin.var_pop(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.spread(state, 0);
CREATE FUNCTION crdb_standin.stddev(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.sqrt(crdb_standin.spread(state, 1));
CREATE FUNCTION crdb_standin.stddev_pop(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.sqrt(crdb_standin.spread(state, 0));

DO $do$
DECLARE
  made record;
  type text;
BEGIN
  FOREACH type IN ARRAY '{int2,int4,int8}'::text[] LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.add_to_moments(state numeric[], value %s) RETURNS numeric[]
        LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN crdb_standin.add_to_moments(state, value::numeric)',
      type
    );
  END LOOP;
  FOR made IN
    SELECT *
    FROM (
      VALUES
        ('avg', 'mean'),
        ('variance', 'variance'),
        ('var_samp', 'variance'),
        ('var_pop', 'var_pop'),
        ('stddev', 'stddev'),
        ('stddev_samp', 'stddev'),
        ('stddev_pop', 'stddev_pop')
    ) AS a (name, final)
  LOOP
    FOREACH type IN ARRAY '{int2,int4,int8,numeric}'::text[] LOOP
      EXECUTE crdb_standin.format(
        'CREATE AGGREGATE crdb.%I(%s) (
          SFUNC = crdb_standin.add_to_moments, STYPE = numeric[], INITCOND = %L, FINALFUNC = crdb_standin.%I
        )',
        made.name,
        type,
        '{0,0,0}',
        made.final
      );
    END LOOP;
  END LOOP;
END
$do$;
