-- Schema crdb_internal: CockroachDB's functions for tests and tools, and two that only the stand-in has.
-- By it programs tell which they are. django-cockroachdb changes types of columns as v25.1 allows it; in v21.1 that
-- needs a setting.
CREATE FUNCTION crdb_internal.increment_feature_counter(feature text) RETURNS bool
LANGUAGE plpgsql AS $$
BEGIN
  IF feature ~ '^django-cockroachdb ([5-9]|\d\d)\.' THEN
    PERFORM crdb.set_config('enable_experimental_alter_column_type_general', 'on', false);
  END IF;
  RETURN true;
END
$$;

CREATE FUNCTION crdb_internal.node_executable_version() RETURNS text
LANGUAGE sql AS $$
  SELECT '20.2-46'::text
$$;

CREATE FUNCTION crdb_internal.cluster_id() RETURNS uuid
LANGUAGE sql STABLE AS $$
  SELECT md5(system_identifier::text)::uuid
  FROM crdb_standin.pg_control_system()
$$;

CREATE FUNCTION crdb_internal.node_id() RETURNS int8
LANGUAGE sql STABLE AS $$
  SELECT 1::int8
$$;

CREATE VIEW crdb_internal.node_build_info AS
SELECT 1::int8 AS node_id, field, value
FROM (
  VALUES
    ('Name', 'CockroachDB'),
    ('ClusterID', crdb_internal.cluster_id()::text),
    ('Organization', ''),
    ('Build', crdb.version()),
    ('Version', crdb.claimed_version()),
    ('Channel', 'stand-in')
) AS v (field, value);
GRANT SELECT ON crdb_internal.node_build_info TO PUBLIC;

-- A message that begins with `[exit` would end the server, so it gets a leading space. `[XXUUU]` marks CockroachDB's
-- own error code, which PostgreSQL does not accept.
CREATE FUNCTION crdb_internal.force_error(code text, message text) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  IF message ~ '^\[exit' THEN
    message := ' ' || message;
  END IF;
  IF code = '40001' THEN
    message := 'restart transaction: ' || message;
  END IF;
  IF code = '' THEN
    code := 'XX000';
    message := '[XXUUU]' || message;
  END IF;
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
END
$$;

-- The stand-in repeats the transaction, which keeps its time.
CREATE FUNCTION crdb_internal.force_retry(d interval) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF clock_timestamp() - crdb.now() < d THEN
    RAISE EXCEPTION USING
      ERRCODE = '40001',
      MESSAGE = 'restart transaction: crdb_internal.force_retry(): '
        'TransactionRetryWithProtoRefreshError: forced by crdb_internal.force_retry()';
  END IF;
  RETURN 0;
END
$$;

CREATE FUNCTION crdb_internal.force_assertion_error(message text) RETURNS int8
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'internal error: ' || message;
END
$$;

-- Has the stand-in exit with that code, which it reads in brackets, when the client is an admin.
CREATE FUNCTION crdb.exit(code int4, message text) RETURNS int8
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT crdb_standin.pg_has_role('admin', 'MEMBER') THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'insufficient privilege';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = crdb_standin.format('[exit %s]%s', code, message);
END
$$;

CREATE FUNCTION crdb_internal.force_panic(message text) RETURNS int8
LANGUAGE sql AS $$
  SELECT crdb.exit(2, message)
$$;

CREATE FUNCTION crdb_internal.force_log_fatal(message text) RETURNS int8
LANGUAGE sql AS $$
  SELECT crdb.exit(7, message)
$$;

-- Only in the stand-in: how `cockroach node drain` reaches a node.
CREATE FUNCTION crdb_internal.standin_drain() RETURNS bool
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT crdb_standin.pg_has_role('admin', 'MEMBER') THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'only users with the admin role may drain';
  END IF;
  RETURN true;
END
$$;

-- Only in the stand-in: ends a statement with an error from within a query.
CREATE FUNCTION crdb_standin.refuse(code text, message text) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT crdb_standin.fail(code, message, true)
$$;
