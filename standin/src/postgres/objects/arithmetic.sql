-- In CockroachDB, 7 / 2 is the decimal 3.5 and 7 // 2 is 3, where PostgreSQL's 7 / 2 is 3. Sums and averages of
-- integers are decimals.

-- Rounds to twenty digits, as CockroachDB does with decimals.
CREATE FUNCTION crdb.exact(value numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN value = 0 OR value = 'NaN' THEN value
    ELSE crdb_standin.trim_scale(pg_catalog.round(value, greatest(0, 19 - floor(log(pg_catalog.abs(value)))::int4)))
  END
$$;

CREATE FUNCTION crdb.divide(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT crdb.exact(pg_catalog.round(a, 40) OPERATOR(pg_catalog./) b)
$$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = numeric, RIGHTARG = numeric);

-- For all pairs of integer types.
DO $do$
DECLARE
  a text;
  b text;
BEGIN
  FOREACH a IN ARRAY '{int2,int4,int8}'::text[] LOOP
    FOREACH b IN ARRAY '{int2,int4,int8}'::text[] LOOP
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION crdb.divide(a %s, b %s) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
          $$ SELECT crdb.divide(a::numeric, b::numeric) $$',
        a,
        b
      );
      EXECUTE crdb_standin.format('CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = %s, RIGHTARG = %s)', a, b);
    END LOOP;
  END LOOP;
END
$do$;

CALL crdb_hidden.make_operator('//', 'quotient', 'numeric', 'numeric', 'numeric', 'pg_catalog.div(a, b)');

-- The state of an average is the sum and the count.
CREATE FUNCTION crdb.average_step(state numeric[], value numeric) RETURNS numeric[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NULL THEN state ELSE ARRAY[state[1] + value, state[2] + 1] END
$$;
CREATE FUNCTION crdb.average_step(state numeric[], value int8) RETURNS numeric[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT crdb.average_step(state, value::numeric)
$$;
CREATE FUNCTION crdb.average_step(state numeric[], value int4) RETURNS numeric[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT crdb.average_step(state, value::numeric)
$$;
CREATE FUNCTION crdb.average(state numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state[2] > 0 THEN crdb.divide(state[1], state[2]) END
$$;
CREATE AGGREGATE crdb.avg(numeric) (
  SFUNC = crdb.average_step,
  STYPE = numeric[],
  INITCOND = '{0,0}',
  FINALFUNC = crdb.average
);
CREATE AGGREGATE crdb.avg(int8) (
  SFUNC = crdb.average_step,
  STYPE = numeric[],
  INITCOND = '{0,0}',
  FINALFUNC = crdb.average
);
CREATE AGGREGATE crdb.avg(int4) (
  SFUNC = crdb.average_step,
  STYPE = numeric[],
  INITCOND = '{0,0}',
  FINALFUNC = crdb.average
);

CREATE FUNCTION crdb.sum_step(state numeric, value int4) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN value IS NULL THEN state
    WHEN state IS NULL THEN value::numeric
    ELSE state + value
  END
$$;
CREATE AGGREGATE crdb.sum(int4) (SFUNC = crdb.sum_step, STYPE = numeric);
