-- Functions of crdb_internal that tell what a node of its own has, as one without regions, leases and traces.
CREATE FUNCTION crdb_internal.cluster_name() RETURNS text
LANGUAGE sql STABLE
RETURN '';
CREATE FUNCTION crdb_internal.locality_value(key text) RETURNS text
LANGUAGE sql STABLE
RETURN NULL::text;
CREATE FUNCTION crdb_internal.lease_holder(key bytea) RETURNS int8
LANGUAGE sql STABLE
RETURN CASE WHEN key IS NOT NULL THEN 1::int8 END;
CREATE FUNCTION crdb_internal.trace_id() RETURNS int8
LANGUAGE sql STABLE
RETURN NULL::int8;
CREATE FUNCTION crdb_internal.no_constant_folding(input anyelement) RETURNS anyelement
LANGUAGE sql VOLATILE AS $$
  SELECT input
$$;
CREATE FUNCTION crdb_internal.pretty_key(raw_key bytea, skip_fields int8) RETURNS text
LANGUAGE sql STABLE
RETURN CASE
  WHEN raw_key = '' THEN ''
  WHEN raw_key IS NOT NULL THEN
    crdb_standin.fail(
      '0A000',
      'unimplemented: the stand-in for CockroachDB does not have keys of its storage: crdb_internal.pretty_key()',
      ''::text
    )
END;

CREATE FUNCTION crdb_internal.approximate_timestamp("timestamp" numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE
RETURN crdb_standin.to_timestamp((trunc("timestamp") * 0.000000001)::float8) AT TIME ZONE 'UTC';

CREATE FUNCTION crdb_internal.round_decimal_values(val numeric, scale int8) RETURNS numeric
LANGUAGE sql IMMUTABLE
RETURN round(val, crdb_standin.int4(scale));
CREATE FUNCTION crdb_internal.round_decimal_values(val numeric[], scale int8) RETURNS numeric[]
LANGUAGE sql IMMUTABLE
RETURN (
  SELECT array_agg(round(v, crdb_standin.int4(scale)) ORDER BY n)
  FROM unnest(val) WITH ORDINALITY AS x (v, n)
);

-- The mark tells the stand-in that the notice is for the client, and how severe it is.
CREATE FUNCTION crdb_standin.notice(severity text, written text) RETURNS int8
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF lower(severity) IN ('debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'log', 'notice', 'warning') THEN
    RAISE NOTICE USING MESSAGE = '[notice] ' || upper(severity) || ' ' || coalesce(written, '');
    RETURN 0;
  END IF;
  RAISE EXCEPTION USING
    ERRCODE = '22023',
    MESSAGE = 'crdb_internal.notice(): severity ' || severity || ' is invalid';
END
$$;
CREATE FUNCTION crdb_internal.notice(severity text, msg text) RETURNS int8
LANGUAGE sql VOLATILE AS $$
  SELECT crdb_standin.notice(severity, msg)
$$;
CREATE FUNCTION crdb_internal.notice(msg text) RETURNS int8
LANGUAGE sql VOLATILE AS $$
  SELECT crdb_standin.notice('notice', msg)
$$;

CREATE FUNCTION crdb_internal.is_admin() RETURNS bool
LANGUAGE sql STABLE
RETURN crdb_standin.pg_has_role('admin', 'MEMBER');
CREATE FUNCTION crdb_internal.has_role_option(option text) RETURNS bool
LANGUAGE plpgsql STABLE AS $$
DECLARE
  own record;
BEGIN
  IF crdb_standin.pg_has_role('admin', 'MEMBER') THEN
    RETURN true;
  END IF;
  SELECT rolcreatedb, rolcreaterole, rolcanlogin
  INTO own
  FROM pg_catalog.pg_roles
  WHERE rolname = current_user;
  RETURN CASE upper(option)
    WHEN 'CREATEROLE' THEN own.rolcreaterole
    WHEN 'CREATEDB' THEN own.rolcreatedb
    WHEN 'CREATELOGIN' THEN own.rolcreaterole
    WHEN 'NOLOGIN' THEN NOT own.rolcanlogin
    WHEN 'CONTROLJOB' THEN false
    WHEN 'CONTROLCHANGEFEED' THEN false
    WHEN 'VIEWACTIVITY' THEN false
    WHEN 'CANCELQUERY' THEN false
    WHEN 'MODIFYCLUSTERSETTING' THEN false
    ELSE crdb_standin.fail('42601', 'unrecognized role option ' || option, false)
  END;
END
$$;

-- CockroachDB's id of a database is a number, as PostgreSQL's is.
CREATE FUNCTION crdb_internal.get_database_id(name text) RETURNS int8
LANGUAGE sql STABLE
RETURN (SELECT d.oid::int8 FROM pg_catalog.pg_database d WHERE d.datname = name);

CREATE FUNCTION crdb_internal.num_inverted_index_entries(val anyarray) RETURNS int8
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce((SELECT count(DISTINCT item) FROM unnest(val) AS item WHERE item IS NOT NULL), 0)
$$;

CREATE FUNCTION pg_catalog.gateway_region() RETURNS text
LANGUAGE sql STABLE
RETURN crdb_standin.fail('55000', 'no region set on the locality flag on this node', current_user::text);
