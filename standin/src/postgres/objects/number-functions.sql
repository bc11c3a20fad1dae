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
CREATE FUNCTION crdb.div(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN x OPERATOR(crdb.//) y;
CREATE FUNCTION crdb.mod(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN x OPERATOR(crdb.%) y;
CREATE FUNCTION crdb.width_bucket(operand int8, b1 int8, b2 int8, count int8) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.width_bucket(operand::numeric, b1::numeric, b2::numeric, count::int4)::int8;
CREATE FUNCTION crdb.width_bucket(operand int4, b1 int4, b2 int4, count int4) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.width_bucket(operand::numeric, b1::numeric, b2::numeric, count)::int8;
CREATE FUNCTION crdb.round(input float8, decimal_accuracy int8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN input::text IN ('NaN', 'Infinity', '-Infinity') THEN input
  ELSE pg_catalog.round(input::numeric, decimal_accuracy)::float8
END;
CREATE FUNCTION crdb.cbrt(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb.exact(
  pg_catalog.sign(val)
  OPERATOR(pg_catalog.*) pg_catalog.power(pg_catalog.abs(val), 0.33333333333333333333333333333333333333)
);
