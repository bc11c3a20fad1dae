-- Encodings and hashes of strings and bytes (cockroachlabs.com/docs/v21.1/functions-and-operators).
SELECT crdb_hidden.hide('crc32c', 'md5', 'sha224', 'sha256', 'sha384', 'sha512');

CREATE FUNCTION crdb_standin.encoding(format text, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN lower(format) IN ('hex', 'escape', 'base64') THEN lower(format)
  WHEN format IS NOT NULL THEN
    crdb_standin.fail(
      '22023',
      name || '(): only ''hex'', ''escape'', and ''base64'' formats are supported for ' || name || '()',
      format
    )
END;
-- Escapes control characters, which PostgreSQL leaves as they are.
CREATE FUNCTION crdb_standin.escaped(encoded text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF encoded ~ '[\x01-\x1f\x7f]' THEN
    FOR code IN 1 .. 31 LOOP
      encoded := replace(encoded, pg_catalog.chr(code), '\0' || (code >> 3)::text || (code & 7)::text);
    END LOOP;
  END IF;
  RETURN replace(encoded, pg_catalog.chr(127), '\177');
END
$$;
-- PostgreSQL breaks base64 into lines.
CREATE FUNCTION pg_catalog.encode(data bytea, format text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE lower(format)
  WHEN 'base64' THEN replace(crdb_hidden.encode(data, 'base64'), e'\n', '')
  WHEN 'escape' THEN crdb_standin.escaped(crdb_hidden.encode(data, 'escape'))
  ELSE crdb_hidden.encode(data, crdb_standin.encoding(format, 'encode'))
END;
CREATE FUNCTION pg_catalog.decode(text text, format text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.decode(text, crdb_standin.encoding(format, 'decode'));

-- The strings one after another, as bytes; NULL when all are NULL.
CREATE FUNCTION crdb_standin.joined(parts text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT string_agg(convert_to(part, 'UTF8'), '') FROM unnest(parts) AS part);
CREATE FUNCTION crdb_standin.joined(parts bytea[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT string_agg(part, '') FROM unnest(parts) AS part);

CREATE FUNCTION crdb_standin.rotated(word int8, places int4) RETURNS int8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ((word << places) | (word >> (32 - places))) & 4294967295;

-- RFC 3174.
CREATE FUNCTION crdb_standin.sha1(message bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  size int8 := length(message);
  zeros int8 := (119 - size % 64) % 64;
  padded bytea := message || '\x80'::bytea || decode(repeat('00', zeros), 'hex') || int8send(size * 8);
  h int8[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
  w int8[];
  v int8[];
  f int8;
  k int8;
BEGIN
  FOR block IN 0 .. (length(padded) >> 6) - 1 LOOP
    FOR i IN 0 .. 15 LOOP
      w[i] := ('x' || encode(substr(padded, block * 64 + i * 4 + 1, 4), 'hex'))::bit(32)::int8;
    END LOOP;
    FOR i IN 16 .. 79 LOOP
      w[i] := crdb_standin.rotated(w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16], 1);
    END LOOP;
    v := h;
    FOR i IN 0 .. 79 LOOP
      IF i < 20 THEN
        f := (v[2] & v[3]) | ((4294967295 - v[2]) & v[4]);
        k := 1518500249;
      ELSIF i < 40 THEN
        f := v[2] # v[3] # v[4];
        k := 1859775393;
      ELSIF i < 60 THEN
        f := (v[2] & v[3]) | (v[2] & v[4]) | (v[3] & v[4]);
        k := 2400959708;
      ELSE
        f := v[2] # v[3] # v[4];
        k := 3395469782;
      END IF;
      v := ARRAY[
        (crdb_standin.rotated(v[1], 5) + f + v[5] + k + w[i]) & 4294967295,
        v[1],
        crdb_standin.rotated(v[2], 30),
        v[3],
        v[4]
      ];
    END LOOP;
    FOR i IN 1 .. 5 LOOP
      h[i] := (h[i] + v[i]) & 4294967295;
    END LOOP;
  END LOOP;
  RETURN (SELECT string_agg(lpad(to_hex(word), 8, '0'), '' ORDER BY i) FROM unnest(h) WITH ORDINALITY AS x (word, i));
END
$$;

-- FNV-1 and FNV-1a of 32 and 64 bits, as a signed number.
CREATE FUNCTION crdb_standin.fnv(message bytea, bits int4, xor_first bool) RETURNS int8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  prime numeric := CASE bits WHEN 32 THEN 16777619 ELSE 1099511628211::numeric END;
  modulus numeric := CASE bits WHEN 32 THEN 4294967296::numeric ELSE 18446744073709551616 END;
  hash numeric := CASE bits WHEN 32 THEN 2166136261::numeric ELSE 14695981039346656037 END;
  byte int8;
  low int8;
BEGIN
  FOR i IN 0 .. length(message) - 1 LOOP
    byte := crdb_standin.get_byte(message, i::int4);
    IF NOT xor_first THEN
      hash := (hash * prime) % modulus;
    END IF;
    low := (hash % 256)::int8;
    hash := hash - low + (low # byte);
    IF xor_first THEN
      hash := (hash * prime) % modulus;
    END IF;
  END LOOP;
  RETURN (CASE WHEN hash >= 9223372036854775808 THEN hash - 18446744073709551616 ELSE hash END)::int8;
END
$$;

-- Every hash of strings and of bytes.
DO $do$
DECLARE
  name text;
  result text;
  hash text;
  type text;
BEGIN
  FOR name, result, hash IN
    VALUES
      ('md5', 'text', 'crdb_hidden.md5(crdb_standin.joined(parts))'),
      ('sha1', 'text', 'crdb_standin.sha1(crdb_standin.joined(parts))'),
      ('sha224', 'text', 'pg_catalog.to_hex(crdb_hidden.sha224(crdb_standin.joined(parts)))'),
      ('sha256', 'text', 'pg_catalog.to_hex(crdb_hidden.sha256(crdb_standin.joined(parts)))'),
      ('sha384', 'text', 'pg_catalog.to_hex(crdb_hidden.sha384(crdb_standin.joined(parts)))'),
      ('sha512', 'text', 'pg_catalog.to_hex(crdb_hidden.sha512(crdb_standin.joined(parts)))'),
      ('crc32c', 'int8', 'crdb_hidden.crc32c(crdb_standin.joined(parts))'),
      ('crc32ieee', 'int8', 'crdb_hidden.crc32(crdb_standin.joined(parts))'),
      ('fnv32', 'int8', 'crdb_standin.fnv(crdb_standin.joined(parts), 32, false)'),
      ('fnv32a', 'int8', 'crdb_standin.fnv(crdb_standin.joined(parts), 32, true)'),
      ('fnv64', 'int8', 'crdb_standin.fnv(crdb_standin.joined(parts), 64, false)'),
      ('fnv64a', 'int8', 'crdb_standin.fnv(crdb_standin.joined(parts), 64, true)')
  LOOP
    FOREACH type IN ARRAY '{text,bytea}'::text[] LOOP
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION pg_catalog.%s(VARIADIC parts %s[]) RETURNS %s LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %s',
        name,
        type,
        result,
        hash
      );
    END LOOP;
  END LOOP;
END
$do$;

CREATE FUNCTION pg_catalog.uuid_v4() RETURNS bytea
LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN uuid_send(gen_random_uuid());
CREATE FUNCTION pg_catalog.experimental_uuid_v4() RETURNS bytea
LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN uuid_send(gen_random_uuid());
SELECT crdb_hidden.define('uuid_generate_v4()', 'uuid', 'gen_random_uuid', 'VOLATILE STRICT');
CREATE FUNCTION pg_catalog.to_uuid(val text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN uuid_send(regexp_replace(val, '^urn:uuid:', '')::uuid);
CREATE FUNCTION pg_catalog.from_uuid(val bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN length(val) <> 16 THEN
    crdb_standin.fail(
      'XX000',
      '[XXUUU]from_uuid(): uuid: UUID must be exactly 16 bytes long, got ' || length(val)::text || ' bytes',
      ''::text
    )
  ELSE crdb_hidden.encode(val, 'hex')::uuid::text
END;

-- BYTES that are cast to UUID are its 16 bytes.
CREATE FUNCTION crdb_standin.uuid(val bytea) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN length(val) <> 16 THEN
    crdb_standin.fail(
      '22P02',
      'uuid: UUID must be exactly 16 bytes long, got ' || length(val)::text || ' bytes',
      NULL::uuid
    )
  ELSE crdb_hidden.encode(val, 'hex')::uuid
END;
CREATE CAST (bytea AS uuid) WITH FUNCTION crdb_standin.uuid(bytea);
CREATE CAST (uuid AS bytea) WITH FUNCTION pg_catalog.uuid_send(uuid);

-- Addresses as 16 bytes; those of IPv4 in the last four.
CREATE FUNCTION pg_catalog.to_ip(val text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  packed bytea;
BEGIN
  IF val ~ '/' THEN
    RAISE invalid_text_representation;
  END IF;
  packed := crdb_standin.inet_send(val::inet);
  RETURN CASE length(packed)
    WHEN 8 THEN '\x00000000000000000000ffff'::bytea || substr(packed, 5)
    ELSE substr(packed, 5)
  END;
EXCEPTION
  WHEN invalid_text_representation THEN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'to_ip(): invalid IP format: ''' || val || '''';
END
$$;
CREATE FUNCTION pg_catalog.from_ip(val bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN length(val) = 0 THEN crdb_standin.fail('22023', 'from_ip(): zero length IP', ''::text)
  WHEN substr(val, 1, 12) = '\x00000000000000000000ffff'::bytea OR length(val) = 4 THEN (
    SELECT string_agg(crdb_standin.get_byte(val, i::int4)::text, '.' ORDER BY i)
    FROM generate_series(length(val) - 4, length(val) - 1) AS i
  )
  ELSE host(rtrim(regexp_replace(crdb_hidden.encode(val, 'hex'), '(....)', '\1:', 'g'), ':')::inet)
END;
