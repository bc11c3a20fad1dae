-- Functions about the session and the node
-- (cockroachlabs.com/docs/v21.1/functions-and-operators#system-info-functions).
-- The settings that PostgreSQL has with CockroachDB's values. The stand-in itself keeps the others, where no function
-- sees them.
CREATE FUNCTION pg_catalog.current_setting(setting_name text, missing_ok bool) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  name text := lower(setting_name);
BEGIN
  RETURN CASE
    WHEN name IN (
      'application_name',
      'bytea_output',
      'client_encoding',
      'datestyle',
      'extra_float_digits',
      'integer_datetimes',
      'intervalstyle',
      'server_encoding',
      'standard_conforming_strings',
      'timezone',
      'transaction_isolation',
      'transaction_read_only'
    ) THEN crdb_standin.current_setting(name)
    WHEN name = 'server_version' THEN '13.0.0'
    WHEN name = 'server_version_num' THEN '130000'
    WHEN name = 'database' THEN crdb.current_database()
    WHEN
      name = 'search_path'
      AND (SELECT s.source <> 'session' FROM pg_catalog.pg_settings s WHERE s.name = 'search_path')
      THEN '$user,public'
    WHEN name = 'search_path' THEN
      replace(replace(crdb_standin.current_setting(name), '"', ''), ', crdb, pg_catalog, pg_extension', '')
    WHEN name = ANY (string_to_array(:'variables', ' ')) THEN
      crdb_standin.fail(
        '0A000',
        'unimplemented: the stand-in for CockroachDB does not have current_setting() of ' || name,
        name
      )
    WHEN NOT missing_ok THEN
      crdb_standin.fail('42704', 'current_setting(): unrecognized configuration parameter "' || name || '"', name)
  END;
END
$$;
CREATE FUNCTION pg_catalog.current_setting(setting_name text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.current_setting(setting_name, false)
$$;

-- A column's number is INT8.
SELECT crdb_hidden.define(signature, 'bool', source, 'STABLE STRICT')
FROM (
  VALUES
    ('has_column_privilege("table" text, "column" int8, privilege text)', 'has_column_privilege_name_attnum'),
    ('has_column_privilege("table" oid, "column" int8, privilege text)', 'has_column_privilege_id_attnum'),
    (
      'has_column_privilege("user" name, "table" text, "column" int8, privilege text)',
      'has_column_privilege_name_name_attnum'
    ),
    (
      'has_column_privilege("user" name, "table" oid, "column" int8, privilege text)',
      'has_column_privilege_name_id_attnum'
    ),
    (
      'has_column_privilege("user" oid, "table" text, "column" int8, privilege text)',
      'has_column_privilege_id_name_attnum'
    ),
    (
      'has_column_privilege("user" oid, "table" oid, "column" int8, privilege text)',
      'has_column_privilege_id_id_attnum'
    )
) AS f (signature, source);

-- When a replica that lags behind could be read (cockroachlabs.com/docs/v21.1/follower-reads).
CREATE FUNCTION pg_catalog.follower_read_timestamp() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN statement_timestamp() - '4.8 seconds'::interval;
CREATE FUNCTION pg_catalog.experimental_follower_read_timestamp() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN statement_timestamp() - '4.8 seconds'::interval;
