-- CockroachDB casts nothing silently when it writes a column. PostgreSQL would round 1.5 for an INT8 column and turn 1
-- into text for a STRING column; CockroachDB refuses both.
UPDATE pg_catalog.pg_cast
SET castcontext = 'e'
WHERE castsource IN ('numeric'::regtype, 'float8'::regtype, 'float4'::regtype)
  AND casttarget IN ('int8'::regtype, 'int4'::regtype, 'int2'::regtype);
CREATE CAST (int8 AS text) WITH INOUT;
CREATE CAST (int4 AS text) WITH INOUT;
CREATE CAST (numeric AS text) WITH INOUT;
CREATE CAST (float8 AS text) WITH INOUT;
CREATE CAST (date AS text) WITH INOUT;
CREATE CAST (uuid AS text) WITH INOUT;

-- PostgreSQL prints these by settings that the stand-in does not change, so they may stand in computed columns and in
-- conditions of indexes, as in CockroachDB.
UPDATE pg_catalog.pg_proc
SET provolatile = 'i'
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname IN ('date_out', 'timestamp_out', 'interval_out', 'interval_in', 'enum_out');

CREATE FUNCTION crdb.bool_int8(value bool) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT value::int4::int8
$$;
CREATE CAST (bool AS int8) WITH FUNCTION crdb.bool_int8(bool);
CREATE FUNCTION crdb.int8_bool(value int8) RETURNS bool
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT value <> 0
$$;
CREATE CAST (int8 AS bool) WITH FUNCTION crdb.int8_bool(int8);

-- STRING(n) is text with a limit: a domain of its own for every n, so that SHOW can tell it from VARCHAR(n).
CREATE FUNCTION crdb.need_string(n int4) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF crdb_standin.to_regtype(crdb_standin.format('crdb.%I', 'string(' || n::text || ')')) IS NULL THEN
    EXECUTE crdb_standin.format(
      'CREATE DOMAIN crdb.%I AS text CHECK (length(value) <= %s)',
      'string(' || n::text || ')',
      n
    );
  END IF;
END
$$;
