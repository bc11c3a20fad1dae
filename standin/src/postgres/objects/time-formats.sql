-- Times by the format of C's strftime and strptime (cockroachlabs.com/docs/v21.1/functions-and-operators).

-- One directive of a format, as to_char writes it.
CREATE FUNCTION crdb_standin.time_directives() RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '{
  "A": "FMDay", "a": "Dy", "B": "FMMonth", "b": "Mon", "h": "Mon", "C": "CC", "d": "DD", "D": "MM/DD/YY",
  "F": "YYYY-MM-DD", "f": "US", "G": "IYYY", "H": "HH24", "I": "HH12", "j": "DDD", "L": "MS", "M": "MI", "m": "MM",
  "p": "AM", "R": "HH24:MI", "r": "HH12:MI:SS AM", "S": "SS", "T": "HH24:MI:SS", "X": "HH24:MI:SS", "u": "ID",
  "V": "IW", "x": "MM/DD/YY", "Y": "YYYY", "y": "YY"
}'::jsonb;

CREATE FUNCTION crdb_standin.strftime(input timestamp, zone text, place text, format text) RETURNS text
LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  made text := '';
  directive text;
  rest text := format;
BEGIN
  WHILE rest <> '' LOOP
    IF left(rest, 1) <> '%' THEN
      made := made || left(rest, 1);
      rest := substr(rest, 2);
      CONTINUE;
    END IF;
    directive := substr(rest, 2, 1);
    rest := substr(rest, 3);
    made := made || CASE directive
      WHEN '%' THEN '%'
      WHEN 'n' THEN e'\n'
      WHEN 't' THEN e'\t'
      WHEN 'e' THEN lpad(crdb_standin.to_char(input, 'FMDD'), 2)
      WHEN 'k' THEN lpad(crdb_standin.to_char(input, 'FMHH24'), 2)
      WHEN 'l' THEN lpad(crdb_standin.to_char(input, 'FMHH12'), 2)
      WHEN 'N' THEN crdb_standin.to_char(input, 'US') || '000'
      WHEN 's' THEN floor(extract(epoch FROM input AT TIME ZONE place))::int8::text
      WHEN 'c' THEN crdb_standin.strftime(input, zone, place, '%a %b %e %H:%M:%S %Y')
      WHEN 'v' THEN crdb_standin.strftime(input, zone, place, '%e-%b-%Y')
      WHEN 'w' THEN extract(dow FROM input)::text
      WHEN 'U' THEN
        lpad(floor((extract(doy FROM input) + 6 - extract(dow FROM input)) * (1::float8 / 7))::int8::text, 2, '0')
      WHEN 'z' THEN zone
      WHEN 'Z' THEN place
      ELSE
        CASE
          WHEN crdb_standin.time_directives() ? directive THEN
            crdb_standin.to_char(input, crdb_standin.time_directives() ->> directive)
          ELSE crdb_standin.fail('22023', 'experimental_strftime(): invalid format: %' || directive, ''::text)
        END
    END;
  END LOOP;
  RETURN made;
END
$$;
CREATE FUNCTION pg_catalog.experimental_strftime(input timestamp, extract_format text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.strftime(input, '+0000', 'UTC', extract_format);
CREATE FUNCTION pg_catalog.experimental_strftime(input date, extract_format text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.strftime(input::timestamp, '+0000', 'UTC', extract_format);
CREATE FUNCTION pg_catalog.experimental_strftime(input timestamptz, extract_format text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN crdb_standin.strftime(
  input::timestamp,
  replace(crdb_standin.to_char(input, 'TZH:TZM'), ':', ''),
  crdb_standin.to_char(input, 'TZ'),
  extract_format
);

-- The time that `input` tells by `format`, in UTC. What the format leaves out is that of 1970-01-01 00:00.
CREATE FUNCTION pg_catalog.experimental_strptime(input text, format text) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  rest text := input;
  wanted text := replace(
    replace(replace(replace(format, '%F', '%Y-%m-%d'), '%T', '%H:%M:%S'), '%R', '%H:%M'),
    '%D',
    '%m/%d/%y'
  );
  directive text;
  found text[];
  months text[] := '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}';
  fields jsonb := '{"Y": 1970, "m": 1, "d": 1, "H": 0, "M": 0, "S": 0, "f": "0", "z": "+0000"}';
BEGIN
  WHILE wanted <> '' LOOP
    IF left(wanted, 1) <> '%' OR left(wanted, 2) = '%%' THEN
      IF left(rest, 1) <> left(wanted, 1) THEN
        RAISE invalid_datetime_format USING MESSAGE = 'experimental_strptime(): expected ' || left(wanted, 1);
      END IF;
      rest := substr(rest, 2);
      wanted := regexp_replace(wanted, '^%?.', '');
      CONTINUE;
    END IF;
    directive := substr(wanted, 2, 1);
    wanted := substr(wanted, 3);
    found := crdb_standin.regexp_match(
      rest,
      '^(' || CASE
        WHEN directive = 'Y' THEN '\d{4}'
        WHEN directive = 'j' THEN '\d{3}'
        WHEN directive IN ('m', 'd', 'H', 'M', 'S', 'y', 'I') THEN '\d{2}'
        WHEN directive = 'e' THEN '[ \d]\d'
        WHEN directive IN ('f', 'N', 'L', 's') THEN '\d+'
        WHEN directive IN ('B', 'b', 'h', 'A', 'a') THEN '[A-Za-z]+'
        WHEN directive = 'p' THEN '[AaPp][Mm]'
        WHEN directive = 'z' THEN '[-+]\d{4}'
        WHEN directive IN ('n', 't') THEN '\s+'
        ELSE crdb_standin.fail('22023', 'experimental_strptime(): invalid format: %' || directive, ''::text)
      END || ')(.*)$'
    );
    IF found IS NULL THEN
      RAISE invalid_datetime_format USING MESSAGE = 'experimental_strptime(): parse error';
    END IF;
    rest := found[2];
    fields := fields || CASE
      WHEN directive IN ('B', 'b', 'h') THEN
        jsonb_build_object('m', array_position(months, lower(left(found[1], 3))))
      WHEN directive = 'e' THEN jsonb_build_object('d', found[1])
      WHEN directive = 'I' THEN jsonb_build_object('H', found[1]::int8 % 12)
      WHEN directive = 'y' THEN
        jsonb_build_object('Y', found[1]::int8 + CASE WHEN found[1] < '69' THEN 2000 ELSE 1900 END)
      WHEN directive IN ('N', 'L') THEN jsonb_build_object('f', found[1])
      ELSE jsonb_build_object(directive, found[1])
    END;
  END LOOP;
  IF rest <> '' THEN
    RAISE invalid_datetime_format USING MESSAGE = 'experimental_strptime(): trailing data';
  END IF;
  IF fields ? 's' THEN
    RETURN crdb_standin.to_timestamp((fields ->> 's')::float8);
  END IF;
  RETURN (
    CASE
      WHEN fields ? 'j' THEN (fields ->> 'Y') || '-01-01'
      ELSE (fields ->> 'Y') || '-' || (fields ->> 'm') || '-' || (fields ->> 'd')
    END || ' ' || (fields ->> 'H') || ':' || (fields ->> 'M') || ':' || (fields ->> 'S') || '.' || (fields ->> 'f')
      || (fields ->> 'z')
  )::timestamptz
    + CASE WHEN lower(fields ->> 'p') = 'pm' THEN '12 hours'::interval ELSE '0'::interval END
    + coalesce(((fields ->> 'j')::int8 - 1)::text || ' days', '0')::interval;
END
$$;
