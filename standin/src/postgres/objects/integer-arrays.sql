-- ARRAY[1, 2] has the type int4[] here (see integers.sql), which stands for INT8[]. PostgreSQL compares arrays of the
-- same type only.
DO $do$
DECLARE
  op record;
  element text;
BEGIN
  FOR op IN
    SELECT *
    FROM crdb_hidden.comparisons()
    UNION ALL
    VALUES ('@>', 'holds'), ('<@', 'is_held'), ('&&', 'overlaps')
  LOOP
    FOREACH element IN ARRAY '{int8,numeric,float8}'::text[] LOOP
      CALL crdb_hidden.make_operator(
        op.sign,
        op.name,
        'int4[]',
        element || '[]',
        'bool',
        crdb_standin.format('a::%s[] OPERATOR(pg_catalog.%s) b', element, op.sign)
      );
      CALL crdb_hidden.make_operator(
        op.sign,
        op.name,
        element || '[]',
        'int4[]',
        'bool',
        crdb_standin.format('a OPERATOR(pg_catalog.%s) b::%s[]', op.sign, element)
      );
    END LOOP;
    CALL crdb_hidden.make_operator(
      op.sign,
      op.name,
      'int4[]',
      'int4[]',
      'bool',
      crdb_standin.format('a OPERATOR(pg_catalog.%s) b', op.sign)
    );
  END LOOP;
END
$do$;
