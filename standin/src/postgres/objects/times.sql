-- Functions on dates, times and intervals (cockroachlabs.com/docs/v21.1/functions-and-operators).
SELECT crdb_hidden.hide('age', 'date_trunc', 'extract');

-- A unit of time in PostgreSQL's words. `name` is the function's, for the error; `lacking` matches the units that the
-- type does not have.
CREATE FUNCTION crdb_standin.time_span(element text, name text, lacking text DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN lower(element) ~ lacking THEN
    crdb_standin.fail('22023', name || '(): unsupported timespan: ' || lower(element), element)
  WHEN
    lower(element) ~ (
      '^(millenni(um|a|ums)|centur(y|ies)|(decade|year|month|quarter|week|day|hour|minute|second)s?|'
      || '(millisecond|microsecond)s?)$'
    )
    THEN lower(element)
  WHEN name = 'extract' AND lower(element) IN ('dayofweek', 'dow') THEN 'dow'
  WHEN name = 'extract' AND lower(element) IN ('dayofyear', 'doy') THEN 'doy'
  WHEN
    name = 'extract'
    AND lower(element) IN ('epoch', 'isodow', 'isoyear', 'julian', 'timezone', 'timezone_hour', 'timezone_minute')
    THEN lower(element)
  WHEN element IS NOT NULL THEN
    crdb_standin.fail('22023', name || '(): unsupported timespan: ' || lower(element), element)
END;

DO $do$
DECLARE
  type text;
  input text;
  volatility text;
  lacking text;
BEGIN
  FOR type, input, volatility, lacking IN
    VALUES
      ('timestamp', 'input', 'IMMUTABLE', '^timezone'),
      ('timestamptz', 'input', 'STABLE', NULL),
      ('date', 'input::timestamp', 'IMMUTABLE', '^timezone'),
      ('time', 'input', 'IMMUTABLE', '^(millen|cent|decade|iso|year|quarter|month|week|day|do[wy]|julian|timezone)'),
      ('timetz', 'input', 'IMMUTABLE', '^(millen|cent|decade|iso|year|quarter|month|week|day|do[wy]|julian)'),
      ('interval', 'input', 'IMMUTABLE', '^(iso|quarter|week|dayof|do[wy]|julian|timezone)')
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION pg_catalog.extract(element text, input %s) RETURNS float8
        LANGUAGE sql %s PARALLEL SAFE
        RETURN crdb_hidden.extract(crdb_standin.time_span(element, %L, %L), %s)::float8',
      type,
      volatility,
      'extract',
      lacking,
      input
    );
  END LOOP;
  FOR type, input, volatility IN
    VALUES
      ('timestamp', 'timestamp', 'IMMUTABLE'),
      ('timestamptz', 'timestamptz', 'STABLE'),
      ('time', 'interval', 'IMMUTABLE')
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION pg_catalog.date_trunc(element text, input %s) RETURNS %s
        LANGUAGE sql %s PARALLEL SAFE
        RETURN crdb_hidden.date_trunc(crdb_standin.time_span(element, %L), input::%2$s)',
      type,
      input,
      volatility,
      'date_trunc'
    );
  END LOOP;
END
$do$;
CREATE FUNCTION pg_catalog.date_trunc(element text, input date) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN pg_catalog.date_trunc(element, input::timestamptz);

CREATE FUNCTION pg_catalog.extract_duration(element text, input interval) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.div(
  crdb_hidden.extract('epoch', input - crdb_hidden.date_trunc('day', input)),
  CASE regexp_replace(lower(element), 's$', '')
    WHEN 'hour' THEN 3600
    WHEN 'minute' THEN 60
    WHEN 'second' THEN 1
    WHEN 'millisecond' THEN 0.001
    WHEN 'microsecond' THEN 0.000001
    ELSE crdb_standin.fail('22023', 'extract_duration(): unsupported timespan: ' || lower(element), 0::numeric)
  END
)::int8;

SELECT crdb_hidden.define('age("end" timestamptz, "begin" timestamptz)', 'interval', 'timestamptz_age');
CREATE FUNCTION pg_catalog.age(val timestamptz) RETURNS interval
LANGUAGE sql STABLE PARALLEL SAFE
RETURN crdb_hidden.age(transaction_timestamp(), val);
SELECT crdb_hidden.refuse('age', a || ', ' || b, a || ', ' || b, 'interval')
FROM unnest('{timestamp,timestamptz,date}'::text[]) AS a, unnest('{timestamp,timestamptz,date}'::text[]) AS b
WHERE a <> 'timestamptz' OR b <> 'timestamptz';
SELECT crdb_hidden.refuse('age', a, a, 'interval')
FROM unnest('{timestamp,date}'::text[]) AS a;

CREATE FUNCTION pg_catalog.parse_timestamp(string text) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN string ~ '^\s*\d' THEN string::timestamp
  WHEN string IS NOT NULL THEN
    crdb_standin.fail(
      '22007',
      'parse_timestamp(): relative timestamps are not supported',
      NULL::timestamp
    )
END;
