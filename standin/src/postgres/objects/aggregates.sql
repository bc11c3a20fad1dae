-- Aggregates with CockroachDB's types and digits
-- (cockroachlabs.com/docs/v21.1/functions-and-operators#aggregate-functions).
SELECT crdb_hidden.hide('stddev', 'stddev_pop', 'stddev_samp', 'var_pop', 'var_samp', 'variance');
UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_hidden'::regnamespace
WHERE oid IN (
  'pg_catalog.bit_and(int2)'::regprocedure,
  'pg_catalog.bit_and(int4)'::regprocedure,
  'pg_catalog.bit_or(int2)'::regprocedure,
  'pg_catalog.bit_or(int4)'::regprocedure
);

-- Deviations of integers and decimals: the state is the number of values, their sum, and the sum of their squares.
CREATE FUNCTION crdb_standin.deviation_step(state numeric[], value numeric) RETURNS numeric[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY[state[1] + 1::numeric, state[2] + value, state[3] + value * value];
CREATE FUNCTION crdb_standin.deviation_step(state numeric[], value int8) RETURNS numeric[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb_standin.deviation_step(state, value::numeric);
CREATE FUNCTION crdb_standin.deviation_step(state numeric[], value int4) RETURNS numeric[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb_standin.deviation_step(state, value::numeric);
CREATE FUNCTION crdb_standin.deviation_step(state numeric[], value int2) RETURNS numeric[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb_standin.deviation_step(state, value::numeric);
-- The sum of squared differences from the mean, over `less` than the number of values.
CREATE FUNCTION crdb_standin.variance(state numeric[], less int4) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN state[1] > less::numeric THEN
    crdb_standin.trim_scale(
      crdb.divide(state[1] * state[3] - state[2] * state[2], state[1] * (state[1] - less::numeric))
    )
END;
CREATE FUNCTION crdb_standin.squared_differences(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN state[1] > 0::numeric THEN
    crdb_standin.trim_scale(crdb.divide(state[1] * state[3] - state[2] * state[2], state[1]))
END;
CREATE FUNCTION crdb_standin.sample_variance(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.variance(state, 1);
CREATE FUNCTION crdb_standin.population_variance(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.variance(state, 0);
-- Twenty digits, of which none is cut off.
CREATE FUNCTION crdb_standin.square_root(value numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN value > 0::numeric THEN
    pg_catalog.round(sqrt(pg_catalog.round(value, 60)), 19 - floor(log(sqrt(value)))::int4)
  ELSE value
END;
CREATE FUNCTION crdb_standin.sample_deviation(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.square_root(crdb_standin.variance(state, 1));
CREATE FUNCTION crdb_standin.population_deviation(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.square_root(crdb_standin.variance(state, 0));

CREATE FUNCTION crdb_standin.squared_differences(state float8[]) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN state[1] > 0::float8 THEN state[3] END;

DO $do$
DECLARE
  name text;
  final text;
  float_final text;
  type text;
BEGIN
  FOR name, final, float_final IN
    VALUES
      ('stddev', 'sample_deviation', 'crdb_hidden.float8_stddev_samp'),
      ('stddev_samp', 'sample_deviation', 'crdb_hidden.float8_stddev_samp'),
      ('stddev_pop', 'population_deviation', 'crdb_hidden.float8_stddev_pop'),
      ('variance', 'sample_variance', 'crdb_hidden.float8_var_samp'),
      ('var_samp', 'sample_variance', 'crdb_hidden.float8_var_samp'),
      ('var_pop', 'population_variance', 'crdb_hidden.float8_var_pop'),
      ('sqrdiff', 'squared_differences', 'crdb_standin.squared_differences')
  LOOP
    FOREACH type IN ARRAY '{int2,int4,int8,numeric}'::text[] LOOP
      EXECUTE crdb_standin.format(
        'CREATE AGGREGATE pg_catalog.%I(%s) (
          SFUNC = crdb_standin.deviation_step,
          STYPE = numeric[],
          INITCOND = ''{0,0,0}'',
          FINALFUNC = crdb_standin.%I
        )',
        name,
        type,
        final
      );
    END LOOP;
    EXECUTE crdb_standin.format(
      'CREATE AGGREGATE pg_catalog.%I(float8) (
        SFUNC = crdb_hidden.float8_accum,
        STYPE = float8[],
        INITCOND = ''{0,0,0}'',
        FINALFUNC = %s
      )',
      name,
      float_final
    );
  END LOOP;
END
$do$;

CREATE AGGREGATE pg_catalog.concat_agg(text) (SFUNC = crdb_hidden.textcat, STYPE = text);
CREATE AGGREGATE pg_catalog.concat_agg(bytea) (SFUNC = crdb_hidden.byteacat, STYPE = bytea);
CREATE AGGREGATE pg_catalog.sum_int(int8) (SFUNC = crdb_hidden.int8pl, STYPE = int8);
CREATE AGGREGATE pg_catalog.count_rows(*) (SFUNC = crdb_hidden.int8inc, STYPE = int8, INITCOND = '0');

CREATE FUNCTION crdb_standin.xor(a bytea, b bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF length(a) <> length(b) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'XX000',
      MESSAGE = crdb_standin.format(
        '[XXUUU]arguments to xor must all be the same length %s vs %s',
        length(a),
        length(b)
      );
  END IF;
  RETURN (
    SELECT string_agg(
      decode(lpad(to_hex(byte::int8), 2, '0'), 'hex'),
      '' ORDER BY i
    )
    FROM generate_series(0, length(a) - 1) AS i,
      LATERAL (SELECT crdb_standin.get_byte(a, i::int4) # crdb_standin.get_byte(b, i::int4)) AS x (byte)
  );
END
$$;
CREATE AGGREGATE pg_catalog.xor_agg(bytea) (SFUNC = crdb_standin.xor, STYPE = bytea);
CREATE AGGREGATE pg_catalog.xor_agg(int8) (SFUNC = crdb_hidden.int8xor, STYPE = int8);

-- The largest and smallest values of types of which PostgreSQL has none.
DO $do$
DECLARE
  type text;
  name text;
  step text;
  comparison text;
BEGIN
  FOR type, name, step, comparison IN
    VALUES
      ('bool', 'max', 'larger', 'boolgt'),
      ('bool', 'min', 'smaller', 'boollt'),
      ('uuid', 'max', 'larger', 'uuid_gt'),
      ('uuid', 'min', 'smaller', 'uuid_lt'),
      ('varbit', 'max', 'larger', 'varbitgt'),
      ('varbit', 'min', 'smaller', 'varbitlt'),
      ('jsonb', 'max', 'larger', 'jsonb_gt'),
      ('jsonb', 'min', 'smaller', 'jsonb_lt')
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.%I(a %2$s, b %2$s) RETURNS %2$s
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN CASE WHEN crdb_hidden.%3$I(a, b) THEN a ELSE b END;
      CREATE AGGREGATE pg_catalog.%4$I(%2$s) (SFUNC = crdb_standin.%1$I, STYPE = %2$s)',
      step,
      type,
      comparison,
      name
    );
  END LOOP;
END
$do$;

-- A percentile between two values is there for floats and intervals only.
DO $do$
DECLARE
  type text;
  shown text;
BEGIN
  FOR type, shown IN VALUES ('int4', 'int'), ('int8', 'int'), ('numeric', 'decimal') LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.refuse_percentile(state float8, value %s) RETURNS float8
        LANGUAGE sql STABLE
        RETURN crdb_standin.fail(%L, %L, state);
      CREATE AGGREGATE pg_catalog.percentile_cont(float8 ORDER BY %1$s) (
        SFUNC = crdb_standin.refuse_percentile,
        STYPE = float8
      )',
      type,
      '42883',
      crdb_standin.format('unknown signature: percentile_cont_impl(decimal, %s)', shown)
    );
  END LOOP;
END
$do$;

-- The statistics of pairs take integers and decimals too, and are floats.
DO $do$
DECLARE
  a text;
  b text;
  name text;
  final text;
BEGIN
  FOREACH a IN ARRAY '{int4,int8,numeric,float8}'::text[] LOOP
    FOREACH b IN ARRAY '{int4,int8,numeric,float8}'::text[] LOOP
      CONTINUE WHEN a = 'float8' AND b = 'float8';
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION crdb_standin.pair_step(state float8[], a %s, b %s) RETURNS float8[]
          LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
          RETURN crdb_hidden.float8_regr_accum(state, a::float8, b::float8)',
        a,
        b
      );
      FOREACH name IN ARRAY
        '{corr,covar_pop,covar_samp,regr_avgx,regr_avgy,regr_intercept,regr_r2,regr_slope,regr_sxx,regr_sxy,regr_syy}'
          ::text[]
      LOOP
        EXECUTE crdb_standin.format(
          'CREATE AGGREGATE pg_catalog.%I(%s, %s) (
            SFUNC = crdb_standin.pair_step,
            STYPE = float8[],
            INITCOND = ''{0,0,0,0,0,0}'',
            FINALFUNC = crdb_hidden.%I
          )',
          name,
          a,
          b,
          'float8_' || name
        );
      END LOOP;
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION crdb_standin.pair_count_step(state int8, a %s, b %s) RETURNS int8
          LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
          RETURN crdb_hidden.int8inc(state)',
        a,
        b
      );
      EXECUTE crdb_standin.format(
        'CREATE AGGREGATE pg_catalog.regr_count(%s, %s) (
          SFUNC = crdb_standin.pair_count_step,
          STYPE = int8,
          INITCOND = ''0''
        )',
        a,
        b
      );
    END LOOP;
  END LOOP;
END
$do$;
