-- Functions on strings, bytes and bit arrays (cockroachlabs.com/docs/v21.1/functions-and-operators).
SELECT crdb_hidden.hide(
  'ascii', 'bit_length', 'btrim', 'char_length', 'character_length', 'chr', 'concat', 'concat_ws', 'decode', 'encode',
  'get_bit', 'initcap', 'left', 'length', 'lpad', 'ltrim', 'octet_length', 'overlay', 'position', 'quote_literal',
  'quote_nullable', 'repeat', 'reverse', 'right', 'rpad', 'rtrim', 'set_bit', 'split_part', 'strpos', 'substr',
  'substring', 'to_hex'
);

SELECT crdb_hidden.define(signature, result, source)
FROM (
  VALUES
    ('length(val text)', 'int8', 'textlen'),
    ('length(val bytea)', 'int8', 'byteaoctetlen'),
    ('length(val varbit)', 'int8', 'bitlength'),
    ('char_length(val text)', 'int8', 'textlen'),
    ('char_length(val bytea)', 'int8', 'byteaoctetlen'),
    ('character_length(val text)', 'int8', 'textlen'),
    ('character_length(val bytea)', 'int8', 'byteaoctetlen'),
    ('octet_length(val text)', 'int8', 'textoctetlen'),
    ('octet_length(val bytea)', 'int8', 'byteaoctetlen'),
    ('octet_length(val varbit)', 'int8', 'bitoctetlength'),
    ('bit_length(val varbit)', 'int8', 'bitlength'),
    ('strpos(input text, find text)', 'int8', 'textpos'),
    ('strpos(input bytea, find bytea)', 'int8', 'byteapos'),
    ('strpos(input varbit, find varbit)', 'int8', 'bitposition'),
    ('position(input text, find text)', 'int8', 'textpos'),
    ('position(input bytea, find bytea)', 'int8', 'byteapos'),
    ('position(input varbit, find varbit)', 'int8', 'bitposition'),
    ('btrim(input text, trim_chars text)', 'text', 'btrim'),
    ('btrim(val text)', 'text', 'btrim1'),
    ('ltrim(input text, trim_chars text)', 'text', 'ltrim'),
    ('ltrim(val text)', 'text', 'ltrim1'),
    ('rtrim(input text, trim_chars text)', 'text', 'rtrim'),
    ('rtrim(val text)', 'text', 'rtrim1'),
    ('reverse(val text)', 'text', 'text_reverse'),
    ('to_hex(val int8)', 'text', 'to_hex64')
) AS f (signature, result, source);
-- With a collation of their own: PostgreSQL evaluates the expression of a computed column before it has given it one.
UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_hidden'::regnamespace
WHERE oid IN ('pg_catalog.lower(text)'::regprocedure, 'pg_catalog.upper(text)'::regprocedure);
CREATE FUNCTION pg_catalog.lower(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.lower(val COLLATE "default");
CREATE FUNCTION pg_catalog.upper(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.upper(val COLLATE "default");
CREATE FUNCTION pg_catalog.initcap(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.initcap(val COLLATE "default");

-- Both take no arguments, or any number of strings.
SELECT crdb_hidden.define('concat(VARIADIC text[])', 'text', 'text_concat', 'IMMUTABLE');
SELECT crdb_hidden.define('concat_ws(sep text, VARIADIC text[])', 'text', 'text_concat_ws', 'IMMUTABLE');
CREATE FUNCTION pg_catalog.concat() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '';
CREATE FUNCTION pg_catalog.concat_ws(sep text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN sep IS NOT NULL THEN '' END;

CREATE FUNCTION pg_catalog.bit_length(val text) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN octet_length(val) * 8;
CREATE FUNCTION pg_catalog.bit_length(val bytea) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN octet_length(val) * 8;

CREATE FUNCTION pg_catalog.ascii(val text) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val = '' THEN crdb_standin.fail('22023', 'ascii(): the input string must not be empty' || val, 0::int8)
  ELSE crdb_hidden.ascii(val)
END;
CREATE FUNCTION pg_catalog.chr(val int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val < 0 THEN crdb_standin.fail('22023', 'chr(): input value must be >= 0', val::text)
  WHEN val > 1114111 THEN
    crdb_standin.fail('22023', 'chr(): input value must be <= 1114111 (maximum Unicode code point)', val::text)
  ELSE crdb_hidden.chr(crdb_standin.int4(val))
END;

-- Whether a text is longer than CockroachDB lets a function make one.
CREATE FUNCTION crdb_standin.check_length(length int8, name text) RETURNS int4
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN length > 134217728 THEN crdb_standin.fail('54000', name || '(): requested length too large', 0)
  ELSE crdb_standin.int4(length)
END;
CREATE FUNCTION pg_catalog.repeat(input text, repeat_counter int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN repeat_counter::numeric * octet_length(input) > 134217728 THEN
    crdb_standin.fail('54000', 'repeat(): requested length too large', input)
  WHEN repeat_counter > 0 AND input <> '' THEN crdb_hidden.repeat(input, crdb_standin.int4(repeat_counter))
  WHEN input IS NOT NULL AND repeat_counter IS NOT NULL THEN ''
END;
CREATE FUNCTION pg_catalog.lpad(string text, length int8, fill text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.lpad(string, crdb_standin.check_length(length, 'lpad'), fill);
CREATE FUNCTION pg_catalog.lpad(string text, length int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.lpad(string, crdb_standin.check_length(length, 'lpad'));
CREATE FUNCTION pg_catalog.rpad(string text, length int8, fill text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.rpad(string, crdb_standin.check_length(length, 'rpad'), fill);
CREATE FUNCTION pg_catalog.rpad(string text, length int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.rpad(string, crdb_standin.check_length(length, 'rpad'));

CREATE FUNCTION pg_catalog.left(input text, return_set int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.left(input, crdb_standin.int4(return_set));
CREATE FUNCTION pg_catalog.right(input text, return_set int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.right(input, crdb_standin.int4(return_set));
CREATE FUNCTION pg_catalog.left(input bytea, return_set int8) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.substr(
  input,
  1,
  greatest(0, crdb_standin.int4(return_set) + CASE WHEN return_set < 0 THEN crdb_hidden.length(input) ELSE 0 END)
);
CREATE FUNCTION pg_catalog.right(input bytea, return_set int8) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.substr(
  input,
  CASE
    WHEN return_set < 0 THEN 1 - crdb_standin.int4(return_set)
    ELSE greatest(1, crdb_hidden.length(input) + 1 - crdb_standin.int4(return_set))
  END
);

CREATE FUNCTION pg_catalog.split_part(input text, delimiter text, return_index_pos int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN return_index_pos < 1 THEN
    crdb_standin.fail(
      '22023',
      'split_part(): field position ' || return_index_pos::text || ' must be greater than zero',
      input
    )
  ELSE crdb_hidden.split_part(input, delimiter, crdb_standin.int4(return_index_pos))
END;

CREATE FUNCTION pg_catalog.overlay(input text, overlay_val text, start_pos int8, end_pos int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN start_pos < 1 THEN
    crdb_standin.fail(
      '22023',
      'overlay(): non-positive substring length not allowed: ' || start_pos::text,
      input
    )
  ELSE crdb_hidden.overlay(input, overlay_val, crdb_standin.int4(start_pos), crdb_standin.int4(end_pos))
END;
CREATE FUNCTION pg_catalog.overlay(input text, overlay_val text, start_pos int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.overlay(input, overlay_val, start_pos, length(overlay_val));

-- What CockroachDB escapes in a string, it writes as e'…'.
CREATE FUNCTION pg_catalog.quote_literal(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val ~ '[''\\\x01-\x1f]' THEN
    'e''' || replace(
      replace(replace(replace(replace(val, '\', '\\'), '''', '\'''), e'\n', '\n'), e'\r', '\r'),
      e'\t',
      '\t'
    ) || ''''
  ELSE '''' || val || ''''
END;
CREATE FUNCTION pg_catalog.quote_literal(val anyelement) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.quote_literal(val::text)
$$;
CREATE FUNCTION pg_catalog.quote_nullable(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(pg_catalog.quote_literal(val), 'NULL');
CREATE FUNCTION pg_catalog.quote_nullable(val anyelement) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.quote_literal(val::text), 'NULL')
$$;
CREATE FUNCTION pg_catalog.to_hex(val bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.encode(val, 'hex');
CREATE FUNCTION pg_catalog.to_hex(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.encode(convert_to(val, 'UTF8'), 'hex');
