-- CockroachDB's functions that PostgreSQL lacks, or that return something else in PostgreSQL.

-- The version that the stand-in claims to be. The build replaces the variable.
CREATE FUNCTION crdb.claimed_version() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN :'version';

CREATE FUNCTION crdb.version() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT 'CockroachDB CCL ' || crdb.claimed_version()
    || ' (stand-in, really ' || split_part(pg_catalog.version(), ' on ', 1) || ')'
$$;

-- CockroachDB's ids have 48 bits for the time since 2015, in units of 10 µs, and 15 bits for the node. Here there is
-- one node, and no id is returned twice.
CREATE SEQUENCE crdb.standin_rowid_seq CACHE 1;
GRANT USAGE ON SEQUENCE crdb.standin_rowid_seq TO PUBLIC;
CREATE FUNCTION crdb.unique_rowid() RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  SELECT ((extract(epoch FROM pg_catalog.clock_timestamp()) * 100000)::bigint - 142000000000000) * 32768
    + (pg_catalog.nextval('crdb.standin_rowid_seq'::regclass) % 32767) + 1
$$;

CREATE FUNCTION crdb.current_database() RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(crdb_standin.current_setting('crdb.database', true), ''), pg_catalog.current_database()::text)
$$;

CREATE FUNCTION crdb.pg_sleep(seconds float8) RETURNS bool
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_catalog.pg_sleep(seconds);
  RETURN true;
END
$$;

CREATE FUNCTION pg_catalog.pg_typeof(val int4) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT 'bigint'
$$;

CREATE FUNCTION crdb."if"(condition bool, yes anycompatible, no anycompatible) RETURNS anycompatible
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN condition THEN yes ELSE no END
$$;

-- CockroachDB has them for compatibility only: they tell nothing of the connection.
CREATE FUNCTION crdb.inet_client_addr() RETURNS inet
LANGUAGE sql STABLE AS $$
  SELECT '::/0'::inet
$$;
CREATE FUNCTION crdb.inet_server_addr() RETURNS inet
LANGUAGE sql STABLE AS $$
  SELECT '::/0'::inet
$$;
CREATE FUNCTION crdb.inet_client_port() RETURNS int8
LANGUAGE sql STABLE AS $$
  SELECT 0::int8
$$;
CREATE FUNCTION crdb.inet_server_port() RETURNS int8
LANGUAGE sql STABLE AS $$
  SELECT 0::int8
$$;

-- The time of the transaction. The stand-in sets crdb.began in transactions that the client begins, because they keep
-- their time when they are restarted, and PostgreSQL's own would not.
CREATE FUNCTION crdb.now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    nullif(crdb_standin.current_setting('crdb.began', true), '')::pg_catalog.timestamptz,
    pg_catalog.now()
  )
$$;
CREATE FUNCTION crdb.transaction_timestamp() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()
$$;

CREATE FUNCTION crdb."current_timestamp"() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()
$$;
CREATE FUNCTION crdb."current_date"() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()::date
$$;
CREATE FUNCTION crdb."localtimestamp"() RETURNS timestamp
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()::timestamp
$$;
CREATE FUNCTION crdb."current_time"() RETURNS timetz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()::timetz
$$;
CREATE FUNCTION crdb."localtime"() RETURNS time
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT crdb.now()::time
$$;

CREATE FUNCTION crdb.cluster_logical_timestamp() RETURNS numeric
LANGUAGE sql STABLE AS $$
  SELECT ((extract(epoch FROM crdb.now()) * 1000000)::numeric(30, 0) * 1000)::numeric(40, 10)
$$;

-- The columns of a table's primary key, in its order; NULL when it has none.
CREATE FUNCTION crdb.key_columns(rel regclass) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT array_agg(a.attname::text ORDER BY k.ord)
  FROM pg_catalog.pg_index i,
    unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, ord),
    pg_catalog.pg_attribute a
  WHERE i.indrelid = rel
    AND i.indisprimary
    AND a.attrelid = rel
    AND a.attnum = k.attnum
$$;

-- Sets a session variable. The stand-in, which keeps the variables, hears of it by a notice and checks the value; those
-- that PostgreSQL has with the same effect are set at once, so that the rest of the statement sees them. No others:
-- PostgreSQL must not, for instance, end strings at another place than the stand-in does.
CREATE FUNCTION crdb.set_config(setting_name text, new_value text, is_local bool) RETURNS text
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := lower(setting_name);
BEGIN
  IF is_local THEN
    RAISE EXCEPTION USING
      ERRCODE = '0A000',
      MESSAGE = 'set_config(): transaction-scoped settings are not supported';
  END IF;
  RAISE NOTICE USING
    MESSAGE = '[set] ' || name,
    DETAIL = new_value,
    HINT = EXISTS (SELECT 1 FROM pg_settings s WHERE lower(s.name) = lower(setting_name));
  IF name IN ('application_name', 'bytea_output', 'datestyle', 'extra_float_digits', 'intervalstyle', 'timezone') THEN
    PERFORM pg_catalog.set_config(name, new_value, false);
  END IF;
  RETURN new_value;
END
$$;
