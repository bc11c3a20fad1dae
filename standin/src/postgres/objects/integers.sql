-- CockroachDB's constants have no type of their own, and integers are INT8. PostgreSQL reads a small constant as int4.
-- So int4 stands for a constant here: it becomes a float or a decimal where one is expected, and what is computed from
-- it is int8. An int8 is an INT8 for certain, and becomes a float or a decimal only when it is written to a column.

-- Makes an operator of schema crdb. It hides PostgreSQL's for the same types. The body is an expression over a and b,
-- which the planner puts in the operator's place; it could not do so for every body if the function were STRICT.
-- Without a type to the left, it is a prefix operator over b.
CREATE PROCEDURE crdb_hidden.make_operator(sign text, name text, a text, b text, result text, body text)
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE crdb_standin.format(
    'CREATE FUNCTION crdb.%I(%s) RETURNS %s LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %s',
    name,
    concat_ws(', ', 'a ' || a, 'b ' || b),
    result,
    body
  );
  EXECUTE crdb_standin.format(
    'CREATE OPERATOR crdb.%s (FUNCTION = crdb.%I, %s)',
    sign,
    name,
    concat_ws(', ', 'LEFTARG = ' || a, 'RIGHTARG = ' || b)
  );
END
$$;

-- The comparisons, and what the functions of their operators are called.
CREATE FUNCTION crdb_hidden.comparisons() RETURNS TABLE (sign text, name text)
LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('=', 'equals'),
    ('<>', 'differs'),
    ('<', 'is_less'),
    ('<=', 'is_at_most'),
    ('>', 'is_greater'),
    ('>=', 'is_at_least')
$$;

UPDATE pg_catalog.pg_cast
SET castcontext = 'a'
WHERE castsource = 'int8'::regtype
  AND casttarget IN ('numeric'::regtype, 'float8'::regtype, 'float4'::regtype);
-- No number is preferred: sqrt(2) is an unknown signature, because sqrt takes floats and decimals.
UPDATE pg_catalog.pg_type
SET typispreferred = false
WHERE oid = 'float8'::regtype;
-- With those for float4 and float8 together, PostgreSQL could not choose between float4 and float8 for a constant.
UPDATE pg_catalog.pg_operator
SET oprnamespace = 'crdb_hidden'::regnamespace
WHERE oprnamespace = 'pg_catalog'::regnamespace
  AND (oprleft, oprright) IN (('float4'::regtype, 'float8'::regtype), ('float8'::regtype, 'float4'::regtype));

-- A power that is not an INT8, such as 2 ^ -1, is out of range.
CREATE FUNCTION crdb.power(x int8, y int8) RETURNS int8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF y NOT BETWEEN 0 AND 63 AND x NOT IN (-1, 0, 1) OR x = 0 AND y < 0 THEN
    RAISE EXCEPTION 'bigint out of range' USING ERRCODE = '22003';
  END IF;
  RETURN pg_catalog.power(x::numeric, y::numeric)::int8;
END
$$;
CREATE FUNCTION crdb.power(x int4, y int4) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb.power(x::int8, y::int8);
CREATE FUNCTION crdb.pow(x int8, y int8) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb.power(x, y);
CREATE FUNCTION crdb.pow(x int4, y int4) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN crdb.power(x::int8, y::int8);

-- What PostgreSQL computes in the type of small integers. The functions are PostgreSQL's for int8: on a machine of 64
-- bits it passes a smaller integer as 64 bits with the same sign, so they read one as the int8 that it stands for.
DO $do$
DECLARE
  op record;
  a text;
  b text;
BEGIN
  FOREACH a IN ARRAY '{int2,int4,int8}'::text[] LOOP
    FOREACH b IN ARRAY '{int2,int4,int8}'::text[] LOOP
      FOR op IN
        SELECT *
        FROM (
          VALUES
            ('+', 'add', 'int8pl'),
            ('-', 'subtract', 'int8mi'),
            ('*', 'multiply', 'int8mul'),
            ('%', 'remainder', 'int8mod'),
            ('//', 'quotient', 'int8div')
        ) AS o (sign, name, source)
      LOOP
        CONTINUE WHEN op.sign IN ('+', '-', '*') AND 'int8' IN (a, b);
        EXECUTE crdb_standin.format(
          'CREATE FUNCTION crdb.%I(%s, %s) RETURNS int8 LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS %L',
          op.name,
          a,
          b,
          op.source
        );
        EXECUTE crdb_standin.format(
          'CREATE OPERATOR crdb.%s (FUNCTION = crdb.%I, LEFTARG = %s, RIGHTARG = %s)', op.sign, op.name, a, b
        );
      END LOOP;
      CALL crdb_hidden.make_operator('^', 'raise', a, b, 'int8', 'crdb.power(a::int8, b::int8)');
    END LOOP;
  END LOOP;
END
$do$;
CALL crdb_hidden.make_operator('-', 'negate', NULL, 'int4', 'int8', 'OPERATOR(pg_catalog.-) b::int8');
CALL crdb_hidden.make_operator('-', 'negate', NULL, 'int2', 'int8', 'OPERATOR(pg_catalog.-) b::int8');

-- The number of bits must be from 0 to 63; PostgreSQL takes it modulo 32 or 64.
CREATE FUNCTION crdb.shift_bits(bits int8) RETURNS int4
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF bits NOT BETWEEN 0 AND 63 THEN
    RAISE EXCEPTION 'shift argument out of range' USING ERRCODE = '22023';
  END IF;
  RETURN bits;
END
$$;
CALL crdb_hidden.make_operator(
  '<<', 'shift_left', 'int8', 'int8', 'int8', 'a OPERATOR(pg_catalog.<<) crdb.shift_bits(b)'
);
CALL crdb_hidden.make_operator(
  '>>', 'shift_right', 'int8', 'int8', 'int8', 'a OPERATOR(pg_catalog.>>) crdb.shift_bits(b)'
);
UPDATE pg_catalog.pg_operator
SET oprnamespace = 'crdb_hidden'::regnamespace
WHERE oprnamespace = 'pg_catalog'::regnamespace
  AND oprname IN ('<<', '>>')
  AND oprright = 'int4'::regtype
  AND oprleft IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype);
