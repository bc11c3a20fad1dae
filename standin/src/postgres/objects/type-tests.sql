-- `a IS OF (INT, STRING)` becomes `a OPERATOR(crdb.?=) ARRAY[…]`: whether the type of a is one of these, or of their
-- family, as INT2 is of INT's.
CREATE FUNCTION crdb.type_family(type regtype) RETURNS regtype
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN type IN ('int2'::regtype, 'int4'::regtype) THEN 'int8'::regtype
    WHEN type IN ('varchar'::regtype, 'bpchar'::regtype, 'name'::regtype, 'unknown'::regtype) THEN 'text'::regtype
    WHEN type = 'float4'::regtype THEN 'float8'::regtype
    ELSE type
  END
$$;
CREATE FUNCTION crdb.is_of(type regtype, types regtype[]) RETURNS bool
LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(types) t WHERE crdb.type_family(t) = crdb.type_family(type))
$$;
DO $do$
DECLARE
  operand text;
BEGIN
  FOREACH operand IN ARRAY '{anyelement,text}'::text[] LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb.value_is_of(value %s, types regtype[]) RETURNS bool LANGUAGE sql IMMUTABLE AS
        $$ SELECT crdb.is_of(crdb_standin.type_of(value), types) $$',
      operand
    );
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb.value_is_not_of(value %s, types regtype[]) RETURNS bool LANGUAGE sql IMMUTABLE AS
        $$ SELECT NOT crdb.is_of(crdb_standin.type_of(value), types) $$',
      operand
    );
    EXECUTE crdb_standin.format(
      'CREATE OPERATOR crdb.?= (FUNCTION = crdb.value_is_of, LEFTARG = %s, RIGHTARG = regtype[])',
      operand
    );
    EXECUTE crdb_standin.format(
      'CREATE OPERATOR crdb.?! (FUNCTION = crdb.value_is_not_of, LEFTARG = %s, RIGHTARG = regtype[])',
      operand
    );
  END LOOP;
END
$do$;
