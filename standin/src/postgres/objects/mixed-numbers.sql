-- The operators that take an integer and another type. PostgreSQL would make the integer a decimal or a float; here it
-- does not (see integers.sql), because CockroachDB has no sum of a FLOAT and an INT, for example. They are made for all
-- sizes of integers, because PostgreSQL could not choose between two into which a smaller one fits.

-- Decimals and integers.
DO $do$
DECLARE
  op record;
  integer_type text;
  a text;
  b text;
BEGIN
  FOREACH integer_type IN ARRAY '{int2,int4,int8}'::text[] LOOP
    FOR a, b IN VALUES (integer_type, 'numeric'), ('numeric', integer_type) LOOP
      FOR op IN
        SELECT *
        FROM (
          VALUES
            ('+', 'add', 'OPERATOR(pg_catalog.+)'),
            ('-', 'subtract', 'OPERATOR(pg_catalog.-)'),
            ('*', 'multiply', 'OPERATOR(pg_catalog.*)'),
            ('/', 'divide', 'OPERATOR(crdb./)'),
            ('//', 'quotient', 'OPERATOR(crdb.//)'),
            ('%', 'remainder', 'OPERATOR(pg_catalog.%)'),
            ('^', 'raise', 'OPERATOR(crdb.^)')
        ) AS o (sign, name, operator)
      LOOP
        CALL crdb_hidden.make_operator(
          op.sign, op.name, a, b, 'numeric', crdb_standin.format('a::numeric %s b::numeric', op.operator)
        );
      END LOOP;
    END LOOP;
  END LOOP;
END
$do$;

-- Comparisons, which CockroachDB has between all numbers.
DO $do$
DECLARE
  op record;
  integer_type text;
  other text;
  common text;
  schema text;
  body text;
BEGIN
  FOR op IN
    SELECT *
    FROM crdb_hidden.comparisons()
  LOOP
    FOREACH integer_type IN ARRAY '{int2,int4,int8}'::text[] LOOP
      FOREACH other IN ARRAY '{numeric,float4,float8}'::text[] LOOP
        -- A FLOAT4 holds fewer integers than FLOAT8.
        common := CASE other WHEN 'float4' THEN 'float8' ELSE other END;
        schema := CASE
          WHEN common = 'float8' AND op.sign IN ('<', '<=', '>', '>=') THEN 'crdb'
          ELSE 'pg_catalog'
        END;
        body := crdb_standin.format('a::%s OPERATOR(%s.%s) b::%1$s', common, schema, op.sign);
        CALL crdb_hidden.make_operator(op.sign, op.name, integer_type, other, 'bool', body);
        CALL crdb_hidden.make_operator(op.sign, op.name, other, integer_type, 'bool', body);
      END LOOP;
    END LOOP;
  END LOOP;
END
$do$;

-- Intervals and integers.
DO $do$
DECLARE
  integer_type text;
BEGIN
  FOREACH integer_type IN ARRAY '{int2,int4,int8}'::text[] LOOP
    CALL crdb_hidden.make_operator(
      '*', 'multiply', 'interval', integer_type, 'interval', 'a OPERATOR(pg_catalog.*) b::float8'
    );
    CALL crdb_hidden.make_operator(
      '*', 'multiply', integer_type, 'interval', 'interval', 'b OPERATOR(pg_catalog.*) a::float8'
    );
    CALL crdb_hidden.make_operator(
      '/', 'divide', 'interval', integer_type, 'interval', 'a OPERATOR(pg_catalog./) b::float8'
    );
  END LOOP;
END
$do$;
