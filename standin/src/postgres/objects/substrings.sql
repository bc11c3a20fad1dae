-- `substr` and `substring`, and what changes single bits (cockroachlabs.com/docs/v21.1/functions-and-operators).

-- The length of a substring. `name` is the function's, `what` stands in the error.
CREATE FUNCTION crdb_standin.substring_length(length int8, name text, what text) RETURNS int4
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN length < 0 THEN
    crdb_standin.fail('22023', name || '(): negative ' || what || ' length ' || length::text || ' not allowed', 0)
  ELSE crdb_standin.int4(length)
END;

DO $do$
DECLARE
  name text;
  type text;
  what text;
BEGIN
  FOREACH name IN ARRAY '{substr,substring}'::text[] LOOP
    FOR type, what IN VALUES ('text', 'substring'), ('bytea', 'byte subarray'), ('varbit', 'bit subarray') LOOP
      EXECUTE crdb_standin.format(
        'CREATE FUNCTION pg_catalog.%1$s(input %2$s, start_pos int8) RETURNS %2$s
          LANGUAGE sql IMMUTABLE PARALLEL SAFE
          RETURN crdb_hidden.substring(input, crdb_standin.int4(start_pos));
        CREATE FUNCTION pg_catalog.%1$s(input %2$s, start_pos int8, length int8) RETURNS %2$s
          LANGUAGE sql IMMUTABLE PARALLEL SAFE
          RETURN crdb_hidden.substring(
            input,
            crdb_standin.int4(start_pos),
            crdb_standin.substring_length(length, %1$L, %3$L)
          )',
        name,
        type,
        what
      );
    END LOOP;
  END LOOP;
END
$do$;

CREATE FUNCTION crdb_standin.bit_index(index int8, bits int8, prefix text) RETURNS int4
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN index < 0 OR index >= bits THEN
    crdb_standin.fail(
      '22023',
      prefix || 'bit index ' || index::text || ' out of valid range (0..' || (bits - 1)::text || ')',
      0
    )
  ELSE crdb_standin.int4(index)
END;
CREATE FUNCTION pg_catalog.get_bit(bit_string varbit, index int8) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.get_bit(
  bit_string,
  crdb_standin.bit_index(index, length(bit_string), 'get_bit(): GetBitAtIndex: ')
);
CREATE FUNCTION pg_catalog.get_bit(byte_string bytea, index int8) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.get_bit(byte_string, crdb_standin.bit_index(index, length(byte_string) * 8, 'get_bit(): ')::int8);

CREATE FUNCTION crdb_standin.new_bit(to_set int8) RETURNS int4
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN to_set NOT IN (0, 1) THEN crdb_standin.fail('22023', 'set_bit(): new bit must be 0 or 1.', to_set::int4)
  ELSE to_set::int4
END;
CREATE FUNCTION pg_catalog.set_bit(bit_string varbit, index int8, to_set int8) RETURNS varbit
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.set_bit(
  bit_string,
  crdb_standin.bit_index(index, length(bit_string), 'set_bit(): SetBitAtIndex: '),
  crdb_standin.new_bit(to_set)
);
CREATE FUNCTION pg_catalog.set_bit(byte_string bytea, index int8, to_set int8) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.set_bit(
  byte_string,
  crdb_standin.bit_index(index, length(byte_string) * 8, 'set_bit(): ')::int8,
  crdb_standin.new_bit(to_set)
);
