-- Floats. CockroachDB computes FLOAT4 and FLOAT8 alike, in 64 bits, and NaN is less than all other floats.

-- From the digits that the FLOAT4 is shown with: 1.1::FLOAT4 is 1.1 there, and not 1.10000002384186.
CREATE FUNCTION crdb.float8(value float4) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET extra_float_digits = 1
RETURN value::text::float8;
UPDATE pg_catalog.pg_cast
SET castfunc = 'crdb.float8(float4)'::regprocedure
WHERE castsource = 'float4'::regtype
  AND casttarget = 'float8'::regtype;

-- A decimal has all the digits that tell the float from others, of which PostgreSQL keeps fifteen, or six of a FLOAT4.
CREATE FUNCTION crdb.numeric(value float8) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET extra_float_digits = 1
RETURN value::text::numeric;
CREATE FUNCTION crdb.numeric(value float4) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET extra_float_digits = 1
RETURN value::text::numeric;
UPDATE pg_catalog.pg_cast
SET castfunc = CASE castsource
  WHEN 'float8'::regtype THEN 'crdb.numeric(float8)'::regprocedure
  ELSE 'crdb.numeric(float4)'::regprocedure
END
WHERE castsource IN ('float8'::regtype, 'float4'::regtype)
  AND casttarget = 'numeric'::regtype;

DO $do$
DECLARE
  op record;
BEGIN
  FOR op IN
    SELECT *
    FROM (VALUES ('+', 'add'), ('-', 'subtract'), ('*', 'multiply'), ('/', 'divide')) AS o (sign, name)
  LOOP
    CALL crdb_hidden.make_operator(
      op.sign,
      op.name,
      'float4',
      'float4',
      'float8',
      crdb_standin.format('a::float8 OPERATOR(pg_catalog.%s) b::float8', op.sign)
    );
  END LOOP;
END
$do$;

CALL crdb_hidden.make_operator(
  '//', 'quotient', 'float8', 'float8', 'float8', 'pg_catalog.trunc(a OPERATOR(pg_catalog./) b)'
);
CALL crdb_hidden.make_operator(
  '%', 'remainder', 'float8', 'float8', 'float8', '(a::numeric OPERATOR(pg_catalog.%) b::numeric)::float8'
);

-- NaN first. With a constant, the planner is left with `a < b OR a = 'NaN'`, or with `a > b AND a <> 'NaN'`, for which
-- it can use an index.
CREATE FUNCTION crdb.is_less(a float8, b float8) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN b OPERATOR(pg_catalog.<>) 'NaN' AND (a OPERATOR(pg_catalog.<) b OR a OPERATOR(pg_catalog.=) 'NaN');
CREATE FUNCTION crdb.is_at_most(a float8, b float8) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN a OPERATOR(pg_catalog.=) 'NaN' OR (b OPERATOR(pg_catalog.<>) 'NaN' AND a OPERATOR(pg_catalog.<=) b);
CREATE FUNCTION crdb.is_greater(a float8, b float8) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.is_less(b, a);
CREATE FUNCTION crdb.is_at_least(a float8, b float8) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.is_at_most(b, a);
CREATE OPERATOR crdb.< (FUNCTION = crdb.is_less, LEFTARG = float8, RIGHTARG = float8);
CREATE OPERATOR crdb.<= (FUNCTION = crdb.is_at_most, LEFTARG = float8, RIGHTARG = float8);
CREATE OPERATOR crdb.> (FUNCTION = crdb.is_greater, LEFTARG = float8, RIGHTARG = float8);
CREATE OPERATOR crdb.>= (FUNCTION = crdb.is_at_least, LEFTARG = float8, RIGHTARG = float8);

-- Powers that PostgreSQL refuses: of zero to a negative one, and of a negative number to one that is not whole.
CREATE FUNCTION crdb.power(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN x = 0 AND y < 0 THEN 'Infinity'::float8
  WHEN x < 0 AND y <> trunc(y) THEN 'NaN'::float8
  ELSE pg_catalog.power(x, y)
END;
CREATE FUNCTION crdb.pow(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.power(x, y);
CALL crdb_hidden.make_operator('^', 'raise', 'float8', 'float8', 'float8', 'crdb.power(a, b)');
