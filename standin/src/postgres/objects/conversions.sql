-- Casts that PostgreSQL lacks, and those that CockroachDB lacks (cockroachlabs.com/docs/v21.1/data-types). Times are
-- seconds since 1970 and dates are days; an interval is a number of seconds.
DELETE FROM pg_catalog.pg_cast
WHERE (castsource, casttarget) IN (
  SELECT a.source, a.target
  FROM (
    VALUES
      ('int2'::regtype, 'bytea'::regtype),
      ('int4', 'bytea'),
      ('int8', 'bytea'),
      ('bytea', 'int2'),
      ('bytea', 'int4'),
      ('bytea', 'int8'),
      ('jsonb', 'bool')
  ) AS a (source, target)
);

-- A cast by an expression over `value`.
CREATE FUNCTION crdb_hidden.make_cast(source text, target text, body text, volatility text DEFAULT 'IMMUTABLE')
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE crdb_standin.format(
    'CREATE FUNCTION crdb_standin.%I(value %s) RETURNS %s LANGUAGE sql %s PARALLEL SAFE RETURN %s',
    source || '_to_' || target,
    source,
    target,
    volatility,
    body
  );
  EXECUTE crdb_standin.format(
    'CREATE CAST (%s AS %s) WITH FUNCTION crdb_standin.%I(%1$s)',
    source,
    target,
    source || '_to_' || target
  );
END
$$;

-- CockroachDB's intervals from a number of seconds have months of thirty days.
CREATE FUNCTION crdb_standin.interval_of(seconds numeric) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.make_interval(
  months => pg_catalog.div(seconds, 2592000.0)::int4,
  days => pg_catalog.div(seconds % 2592000.0, 86400.0)::int4,
  secs => (seconds % 86400.0)::float8
);

SELECT crdb_hidden.make_cast('bool', target, 'value::int4::' || target)
FROM unnest('{int2,float4,float8,numeric}'::text[]) AS target;
SELECT crdb_hidden.make_cast(source, 'bool', 'value::float8 <> 0')
FROM unnest('{int2,float4,float8,numeric}'::text[]) AS source;

SELECT crdb_hidden.make_cast(source, 'date', 'crdb_hidden.date_pli(''1970-01-01'', value::int4)'),
  crdb_hidden.make_cast(source, 'timestamp', '''1970-01-01''::timestamp + value::float8 * ''1 second''::interval'),
  crdb_hidden.make_cast(
    source,
    'timestamptz',
    '''1970-01-01 00:00:00Z''::timestamptz + value::float8 * ''1 second''::interval'
  ),
  crdb_hidden.make_cast(source, 'interval', 'crdb_standin.interval_of(value::numeric)')
FROM unnest('{int2,int4,int8}'::text[]) AS source;
SELECT crdb_hidden.make_cast(source, 'interval', 'crdb_standin.interval_of(value::numeric)')
FROM unnest('{float4,float8,numeric}'::text[]) AS source;

SELECT crdb_hidden.make_cast('date', target, 'crdb_hidden.date_mi(value, ''1970-01-01'')::' || target),
  crdb_hidden.make_cast('interval', target, 'trunc(crdb_hidden.extract(''epoch'', value))::' || target),
  crdb_hidden.make_cast('timestamp', target, 'floor(crdb_hidden.extract(''epoch'', value))::' || target),
  crdb_hidden.make_cast('timestamptz', target, 'floor(crdb_hidden.extract(''epoch'', value))::' || target)
FROM unnest('{int2,int4,int8}'::text[]) AS target;
SELECT crdb_hidden.make_cast('date', target, 'crdb_hidden.date_mi(value, ''1970-01-01'')::' || target),
  crdb_hidden.make_cast('interval', target, 'crdb_hidden.extract(''epoch'', value)::' || target),
  crdb_hidden.make_cast('timestamp', target, 'crdb_hidden.extract(''epoch'', value)::' || target),
  crdb_hidden.make_cast('timestamptz', target, 'crdb_hidden.extract(''epoch'', value)::' || target)
FROM unnest('{float4,float8}'::text[]) AS target;
SELECT crdb_hidden.make_cast('date', 'numeric', 'crdb_hidden.date_mi(value, ''1970-01-01'')::numeric'),
  crdb_hidden.make_cast('interval', 'numeric', 'crdb_hidden.extract(''epoch'', value)'),
  crdb_hidden.make_cast('timestamp', 'numeric', 'crdb_hidden.extract(''epoch'', value)'),
  crdb_hidden.make_cast('timestamptz', 'numeric', 'crdb_hidden.extract(''epoch'', value)');

SELECT crdb_hidden.make_cast('int2', 'bit', 'value::int4::bit(1)'),
  crdb_hidden.make_cast('bit', 'int2', 'value::int4::int2');

-- A zone has its minutes.
CREATE FUNCTION crdb_standin.timestamptz_to_text(value timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN regexp_replace(crdb_standin.format('%s', value), '([-+]\d\d)$', '\1:00');
CREATE CAST (timestamptz AS text) WITH FUNCTION crdb_standin.timestamptz_to_text(timestamptz);

-- The same, with its seconds.
CREATE FUNCTION crdb_standin.timetz_to_text(value timetz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
  regexp_replace(crdb_standin.format('%s', value), '([-+]\d\d)$', '\1:00'),
  '([-+]\d\d:\d\d)$',
  '\1:00'
);
CREATE CAST (timetz AS text) WITH FUNCTION crdb_standin.timetz_to_text(timetz);

-- A constant that is written as bytes can be a UUID.
UPDATE pg_catalog.pg_cast
SET castcontext = 'a'
WHERE castsource = 'bytea'::regtype
  AND casttarget = 'uuid'::regtype;

-- An address has its mask only where it is not that of a single one. PostgreSQL's cast always writes the mask.
UPDATE pg_catalog.pg_cast
SET castfunc = 0, castmethod = 'i'
WHERE castsource = 'inet'::regtype
  AND casttarget IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype);
