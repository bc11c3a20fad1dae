-- PostgreSQL's functions and operators take counts, places and numbers of days as int4, and a column of integers is
-- int8 here. So those that CockroachDB has are replaced by ones that take int8, under the same names in pg_catalog. Two
-- forms side by side would make round($1, $2) ambiguous. The functions of strings are in strings.sql.

-- The arguments of a replaced function, with int8 for int4, as `a1 text, a2 int8`; or as they are passed on to the
-- function itself, as `a1, crdb_standin.int4(a2)`.
CREATE FUNCTION crdb_hidden.arguments(types oidvector, passed bool) RETURNS text
LANGUAGE sql AS $$
  SELECT string_agg(
    CASE
      WHEN NOT passed THEN crdb_standin.format(
        'a%s %s', n, CASE type WHEN 'int4'::regtype THEN 'int8' ELSE type::regtype::text END
      )
      WHEN type = 'int4'::regtype THEN crdb_standin.format('crdb_standin.int4(a%s)', n)
      ELSE crdb_standin.format('a%s', n)
    END,
    ', ' ORDER BY n
  )
  FROM unnest(types::oid[]) WITH ORDINALITY AS t (type, n)
$$;

DO $do$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT p.oid,
      p.proname AS name,
      p.prokind = 'w' AS is_window,
      p.proretset,
      p.prosrc AS source,
      'anyarray'::regtype = ANY (p.proargtypes::oid[]) AS is_general,
      crdb_hidden.arguments(p.proargtypes, false) AS arguments,
      crdb_hidden.arguments(p.proargtypes, true) AS passed,
      p.prorettype::regtype::text AS result,
      CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' ELSE 'STABLE' END AS volatility,
      CASE WHEN p.proisstrict THEN 'STRICT' ELSE '' END AS strictness
    FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND 'int4'::regtype = ANY (p.proargtypes::oid[])
      AND p.proname = ANY (
        '{round,set_masklen,array_length,array_lower,array_upper,generate_subscripts,lag,lead,ntile,nth_value,
          col_description,format_type,pg_get_indexdef,pg_encoding_to_char}'::text[]
      )
  LOOP
    UPDATE pg_catalog.pg_proc
    SET pronamespace = 'crdb_hidden'::regnamespace
    WHERE oid = made.oid;
    -- Window functions cannot be called by others, and those for all arrays would be slow. They read the lower half of
    -- an int8.
    IF made.is_window OR made.is_general THEN
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION pg_catalog.%I(%s) RETURNS %s %s LANGUAGE internal %s %s PARALLEL SAFE %s AS %L',
        made.name,
        made.arguments,
        CASE WHEN made.proretset THEN 'SETOF' ELSE '' END,
        made.result,
        CASE WHEN made.is_window THEN 'WINDOW' ELSE '' END,
        made.volatility,
        made.strictness,
        made.source
      );
    ELSE
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION pg_catalog.%I(%s) RETURNS %s LANGUAGE sql %s %s PARALLEL SAFE RETURN crdb_hidden.%I(%s)',
        made.name,
        made.arguments,
        made.result,
        made.volatility,
        made.strictness,
        made.name,
        made.passed
      );
    END IF;
  END LOOP;
END
$do$;
DROP FUNCTION crdb_hidden.arguments(oidvector, bool);

-- The operators.
UPDATE pg_catalog.pg_operator
SET oprnamespace = 'crdb_hidden'::regnamespace
WHERE oid IN (
  '+(date,int4)'::regoperator,
  '+(int4,date)'::regoperator,
  '-(date,int4)'::regoperator,
  '->(jsonb,int4)'::regoperator,
  '->>(jsonb,int4)'::regoperator,
  '-(jsonb,int4)'::regoperator,
  '<<(bit,int4)'::regoperator,
  '>>(bit,int4)'::regoperator
);
DO $do$
DECLARE
  op record;
BEGIN
  FOR op IN
    SELECT *
    FROM (
      VALUES
        ('+', 'add', 'date', 'date'),
        ('-', 'subtract', 'date', 'date'),
        ('->', 'item', 'jsonb', 'jsonb'),
        ('->>', 'item_text', 'jsonb', 'text'),
        ('-', 'without_item', 'jsonb', 'jsonb'),
        ('<<', 'shift_left', 'bit', 'bit'),
        ('>>', 'shift_right', 'bit', 'bit')
    ) AS o (sign, name, type, result)
  LOOP
    CALL crdb_hidden.make_operator(
      op.sign,
      op.name,
      op.type,
      'int8',
      op.result,
      crdb_standin.format('a OPERATOR(crdb_hidden.%s) crdb_standin.int4(b)', op.sign)
    );
  END LOOP;
END
$do$;
CALL crdb_hidden.make_operator(
  '+', 'add', 'int8', 'date', 'date', 'b OPERATOR(crdb_hidden.+) crdb_standin.int4(a)'
);
