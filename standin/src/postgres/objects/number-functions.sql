-- Functions of numbers that PostgreSQL lacks for some of them. In CockroachDB, constants are integers when there is a
-- form for INT; two forms for FLOAT and DECIMAL only make a constant an unknown signature.

-- The integers: PostgreSQL has floor, ceil and sign for decimals and floats.
DO $do$
DECLARE
  made record;
  integer_type text;
BEGIN
  FOR made IN
    SELECT *
    FROM (
      VALUES
        ('ceil', 'float8', 'a::float8'),
        ('ceiling', 'float8', 'a::float8'),
        ('floor', 'float8', 'a::float8'),
        ('sign', 'int8', 'pg_catalog.sign(a::numeric)::int8')
    ) AS f (name, result, body)
  LOOP
    FOREACH integer_type IN ARRAY '{int2,int4,int8}'::text[] LOOP
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION crdb.%I(a %s) RETURNS %s LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN %s',
        made.name,
        integer_type,
        made.result,
        made.body
      );
    END LOOP;
  END LOOP;
END
$do$;
CREATE FUNCTION crdb.div(x int8, y int8) RETURNS int8
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int8div';
CREATE FUNCTION crdb.div(x int4, y int4) RETURNS int8
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int8div';
-- What div() answers for floats, of which zero is one that a number can be divided by.
CREATE FUNCTION crdb_standin.over_zero(x float8, zero float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN x = 0 OR x = 'NaN' THEN 'NaN'::float8
  WHEN (x < 0) = (zero::text = '0') THEN '-Infinity'::float8
  ELSE 'Infinity'::float8
END;
CREATE FUNCTION crdb.div(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN y = 0 THEN crdb_standin.over_zero(x, y) ELSE x OPERATOR(crdb.//) y END;
CREATE FUNCTION crdb.mod(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN y = 0 THEN 'NaN'::float8 ELSE x OPERATOR(crdb.%) y END;
CREATE FUNCTION crdb.width_bucket(operand int8, b1 int8, b2 int8, count int8) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.width_bucket(operand::numeric, b1::numeric, b2::numeric, count::int4)::int8;
CREATE FUNCTION crdb.width_bucket(operand int4, b1 int4, b2 int4, count int4) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.width_bucket(operand::numeric, b1::numeric, b2::numeric, count)::int8;
-- Half goes to the even neighbour.
CREATE FUNCTION crdb.round(input float8, decimal_accuracy int8) RETURNS float8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  places int4 := greatest(least(decimal_accuracy, 400), -400);
  shifted numeric;
  below numeric;
BEGIN
  IF input::text ~ '[NI]' OR places = 400 THEN
    RETURN input;
  END IF;
  IF places < -323 THEN
    RETURN 'NaN';
  END IF;
  shifted := input::numeric * pg_catalog.power(10::numeric, places::numeric);
  below := pg_catalog.floor(shifted);
  RETURN (
    CASE WHEN shifted - below = 0.5 THEN below + pg_catalog.abs(below % 2) ELSE pg_catalog.round(shifted) END
    OPERATOR(pg_catalog./) pg_catalog.power(10::numeric, places::numeric)
  )::float8;
END
$$;

-- Of numbers that have none, the logarithm is NaN and the square root an error.
CREATE FUNCTION crdb.ln(val float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN val < 0 THEN 'NaN'::float8 WHEN val = 0 THEN '-Infinity'::float8 ELSE pg_catalog.ln(val) END;
CREATE FUNCTION crdb.log(val float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN val < 0 THEN 'NaN'::float8 WHEN val = 0 THEN '-Infinity'::float8 ELSE pg_catalog.log(val) END;
CREATE FUNCTION crdb.log(b float8, x float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.ln(crdb_standin.check_logarithm('log', x::numeric)::float8)
  / pg_catalog.ln(crdb_standin.check_logarithm('log', b::numeric)::float8);
CREATE FUNCTION crdb.sqrt(val float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val < 0 THEN crdb_standin.fail('2201F', 'sqrt(): cannot take square root of a negative number', val)
  ELSE pg_catalog.sqrt(val)
END;
CREATE FUNCTION crdb.asin(val float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN pg_catalog.abs(val) > 1 THEN 'NaN'::float8 ELSE pg_catalog.asin(val) END;
CREATE FUNCTION crdb.acos(val float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN pg_catalog.abs(val) > 1 THEN 'NaN'::float8 ELSE pg_catalog.acos(val) END;

-- Rounded to tens, a decimal has a positive exponent, which PostgreSQL's cannot have: round(1234.5, -2) is 1.2E+3.
CREATE FUNCTION crdb.round(input numeric, decimal_accuracy int8) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN decimal_accuracy < 0 THEN
    crdb_standin.fail(
      '0A000',
      'unimplemented: the stand-in for CockroachDB does not have decimals that are rounded to tens',
      input
    )
  ELSE pg_catalog.round(input, decimal_accuracy)
END;
