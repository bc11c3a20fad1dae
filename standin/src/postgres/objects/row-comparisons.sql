-- Comparisons of tuples (cockroachlabs.com/docs/v21.1/scalar-expressions#comparison-of-composite-values). PostgreSQL
-- compares rows only by operators that belong to a family of B-trees, with a function that tells which value is less.
CREATE OPERATOR FAMILY crdb_hidden.comparisons USING btree;

DO $do$
DECLARE
  op record;
BEGIN
  -- NULL decides before these functions are called.
  FOR op IN
    SELECT oprleft::regtype AS a, oprright::regtype AS b
    FROM pg_catalog.pg_operator
    WHERE oprnamespace = 'crdb'::regnamespace
      AND oprname = '<'
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.compare(a %1$s, b %2$s) RETURNS int4
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN CASE WHEN a OPERATOR(crdb.<) b THEN -1 WHEN a OPERATOR(crdb.>) b THEN 1 ELSE 0 END;
      ALTER OPERATOR FAMILY crdb_hidden.comparisons USING btree ADD
        FUNCTION 1 (%1$s, %2$s) crdb_standin.compare(%1$s, %2$s)',
      op.a,
      op.b
    );
  END LOOP;
  FOR op IN
    SELECT oprname, oprleft::regtype AS a, oprright::regtype AS b, s.strategy
    FROM pg_catalog.pg_operator o
    JOIN (VALUES ('<', 1), ('<=', 2), ('=', 3), ('>=', 4), ('>', 5)) AS s (sign, strategy) ON s.sign = o.oprname
    WHERE o.oprnamespace = 'crdb'::regnamespace
      AND o.oprresult = 'bool'::regtype
  LOOP
    EXECUTE crdb_standin.format(
      'ALTER OPERATOR FAMILY crdb_hidden.comparisons USING btree ADD OPERATOR %s crdb.%s (%s, %s)',
      op.strategy,
      op.oprname,
      op.a,
      op.b
    );
  END LOOP;
END
$do$;

-- Tuples differ by the negation of the operator by which they are equal.
UPDATE pg_catalog.pg_operator o
SET oprnegate = n.oid
FROM pg_catalog.pg_operator n
WHERE o.oprnamespace = 'crdb'::regnamespace
  AND n.oprnamespace = o.oprnamespace
  AND (o.oprname, n.oprname) IN (('=', '<>'), ('<>', '='))
  AND n.oprleft = o.oprleft
  AND n.oprright = o.oprright;
