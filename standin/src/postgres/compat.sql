-- What CockroachDB has and PostgreSQL lacks, as objects. Runs as the superuser in template1, so that every database has it.
-- search_path puts schema crdb after public and before pg_catalog: tables go to public, and these shadow PostgreSQL's own.
CREATE SCHEMA crdb;
GRANT USAGE ON SCHEMA crdb TO PUBLIC;
CREATE SCHEMA crdb_internal;
GRANT USAGE ON SCHEMA crdb_internal TO PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT ALL ON SCHEMA public TO root WITH GRANT OPTION;
-- A session's settings are SET by the stand-in alone: with others, such as standard_conforming_strings = off, PostgreSQL would see strings end
-- elsewhere than the stand-in does. An UPDATE of pg_settings calls this function too.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, bool) FROM PUBLIC;

-- The version that the stand-in claims to be: the build puts it in place of the variable.
CREATE FUNCTION crdb.claimed_version() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN :'version';
CREATE FUNCTION crdb.version() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT 'CockroachDB CCL ' || crdb.claimed_version() || ' (stand-in, really ' || split_part(pg_catalog.version(), ' on ', 1) || ')' $$;

-- unique_rowid(): CockroachDB's are 48 bits of 10 µs since 2015 and 15 bits of node; here one node, never the same twice.
CREATE SEQUENCE crdb.rowid_seq CACHE 1;
GRANT USAGE ON SEQUENCE crdb.rowid_seq TO PUBLIC;
CREATE FUNCTION crdb.unique_rowid() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT ((extract(epoch FROM pg_catalog.clock_timestamp()) * 100000)::bigint - 142000000000000) * 32768
   + (pg_catalog.nextval('crdb.rowid_seq'::regclass) % 32767) + 1 $$;

CREATE FUNCTION crdb_internal.increment_feature_counter(feature text) RETURNS bool LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION crdb_internal.node_executable_version() RETURNS text LANGUAGE sql AS $$ SELECT '20.2-46'::text $$;
CREATE FUNCTION crdb_internal.force_error(code text, message text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF message ~ '^\[exit' THEN message := ' ' || message; END IF;
  IF code = '40001' THEN message := 'restart transaction: ' || message; END IF;
  IF code = '' THEN code := 'XX000'; message := '[XXUUU]' || message; END IF;
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
END $$;
CREATE FUNCTION crdb_internal.force_retry(d interval) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE tried interval := (coalesce(nullif(current_setting('crdb.retrying_ms', true), ''), '0') || ' ms')::interval;
BEGIN
  IF greatest(tried, clock_timestamp() - transaction_timestamp()) < d THEN
    RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE =
      'restart transaction: crdb_internal.force_retry(): TransactionRetryWithProtoRefreshError: forced by crdb_internal.force_retry()';
  END IF;
  RETURN 0;
END $$;

-- Division gives a decimal, // the whole quotient.
CREATE FUNCTION crdb.divide(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT pg_catalog.trim_scale(pg_catalog.round(a OPERATOR(pg_catalog./) b, 20 - least(20, greatest(0, pg_catalog.length(pg_catalog.trunc(pg_catalog.abs(a OPERATOR(pg_catalog./) b))::text) - 1)))) $$;
CREATE FUNCTION crdb.divide(a int8, b int8) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE FUNCTION crdb.divide(a int4, b int4) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE FUNCTION crdb.divide(a int8, b int4) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE FUNCTION crdb.divide(a int4, b int8) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = numeric, RIGHTARG = numeric);
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int8, RIGHTARG = int8);
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int4, RIGHTARG = int4);
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int8, RIGHTARG = int4);
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int4, RIGHTARG = int8);
CREATE FUNCTION crdb.divide(a int2, b int2) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int2, RIGHTARG = int2);
CREATE FUNCTION crdb.divide(a int2, b int4) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int2, RIGHTARG = int4);
CREATE FUNCTION crdb.divide(a int4, b int2) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int4, RIGHTARG = int2);
CREATE FUNCTION crdb.divide(a int2, b int8) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int2, RIGHTARG = int8);
CREATE FUNCTION crdb.divide(a int8, b int2) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT crdb.divide(a::numeric, b::numeric) $$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = int8, RIGHTARG = int2);
CREATE FUNCTION crdb.quotient(a int8, b int8) RETURNS int8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a OPERATOR(pg_catalog./) b $$;
CREATE FUNCTION crdb.quotient(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.div(a, b) $$;
CREATE OPERATOR crdb.// (FUNCTION = crdb.quotient, LEFTARG = int8, RIGHTARG = int8);
CREATE OPERATOR crdb.// (FUNCTION = crdb.quotient, LEFTARG = numeric, RIGHTARG = numeric);

-- A whole primary key's columns, for UPSERT; none when the table has none.
CREATE FUNCTION crdb.key_columns(rel regclass) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(a.attname::text ORDER BY k.ord)
  FROM pg_catalog.pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, ord), pg_catalog.pg_attribute a
  WHERE i.indrelid = rel AND i.indisprimary AND a.attrelid = rel AND a.attnum = k.attnum $$;

-- Ends the statement with a refusal, from within a query.
CREATE FUNCTION crdb_internal.refuse(code text, message text) RETURNS bool LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
END $$;

-- What CockroachDB computes otherwise.
CREATE FUNCTION crdb.pg_sleep(seconds float8) RETURNS bool LANGUAGE plpgsql VOLATILE AS $$ BEGIN PERFORM pg_catalog.pg_sleep(seconds); RETURN true; END $$;
CREATE FUNCTION crdb.pg_typeof(value int4) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'bigint' $$;
CREATE FUNCTION crdb.current_database() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(nullif(current_setting('crdb.database', true), ''), pg_catalog.current_database()::text) $$;
CREATE FUNCTION crdb.if_else(condition bool, yes anycompatible, no anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN condition THEN yes ELSE no END $$;
CREATE FUNCTION crdb.inet_server_port() RETURNS int8 LANGUAGE sql STABLE AS $$ SELECT 26257::int8 $$;
CREATE FUNCTION crdb.cluster_logical_timestamp() RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT ((extract(epoch FROM transaction_timestamp()) * 1000000)::numeric(30, 0) * 1000)::numeric(40, 10) $$;
CREATE FUNCTION crdb_internal.cluster_id() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT md5(system_identifier::text)::uuid FROM pg_catalog.pg_control_system() $$;
CREATE FUNCTION crdb_internal.node_id() RETURNS int8 LANGUAGE sql STABLE AS $$ SELECT 1::int8 $$;
CREATE FUNCTION crdb_internal.force_assertion_error(message text) RETURNS int8 LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'internal error: ' || message; END $$;
CREATE FUNCTION crdb_internal.force_panic(message text) RETURNS int8 LANGUAGE plpgsql AS $$ BEGIN
  IF NOT pg_catalog.pg_has_role('admin', 'MEMBER') THEN RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'insufficient privilege'; END IF;
  RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = '[exit 2]' || message; END $$;
CREATE FUNCTION crdb_internal.force_log_fatal(message text) RETURNS int8 LANGUAGE plpgsql AS $$ BEGIN
  IF NOT pg_catalog.pg_has_role('admin', 'MEMBER') THEN RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'insufficient privilege'; END IF;
  RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = '[exit 7]' || message; END $$;
CREATE FUNCTION crdb_internal.standin_drain() RETURNS bool LANGUAGE plpgsql AS $$ BEGIN
  IF NOT pg_catalog.pg_has_role('admin', 'MEMBER') THEN RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'only users with the admin role may drain'; END IF;
  RETURN true;
END $$;
CREATE VIEW crdb_internal.node_build_info AS SELECT 1::int8 AS node_id, field, value FROM (VALUES ('Name', 'CockroachDB'), ('ClusterID', crdb_internal.cluster_id()::text), ('Organization', ''), ('Build', crdb.version()), ('Version', crdb.claimed_version()), ('Channel', 'stand-in')) AS v (field, value);
GRANT SELECT ON crdb_internal.node_build_info TO PUBLIC;
CREATE FUNCTION crdb.exact(value numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT CASE WHEN value = 0 OR value = 'NaN' THEN value ELSE pg_catalog.trim_scale(pg_catalog.round(value, greatest(0, 19 - floor(log(pg_catalog.abs(value)))::int4))) END $$;
CREATE OR REPLACE FUNCTION crdb.divide(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT crdb.exact(pg_catalog.round(a, 40) OPERATOR(pg_catalog./) b) $$;
CREATE FUNCTION crdb.quotient(a int4, b int4) RETURNS int8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (a OPERATOR(pg_catalog./) b)::int8 $$;
CREATE OPERATOR crdb.// (FUNCTION = crdb.quotient, LEFTARG = int4, RIGHTARG = int4);
CREATE FUNCTION crdb.average_step(state numeric[], value numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN value IS NULL THEN state ELSE ARRAY[state[1] + value, state[2] + 1] END $$;
CREATE FUNCTION crdb.average(state numeric[]) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN state[2] > 0 THEN crdb.divide(state[1], state[2]) END $$;
CREATE FUNCTION crdb.average_step(state numeric[], value int8) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS $$ SELECT crdb.average_step(state, value::numeric) $$;
CREATE AGGREGATE crdb.avg(numeric) (SFUNC = crdb.average_step, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = crdb.average);
CREATE AGGREGATE crdb.avg(int8) (SFUNC = crdb.average_step, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = crdb.average);
CREATE FUNCTION crdb.average_step(state numeric[], value int4) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS $$ SELECT crdb.average_step(state, value::numeric) $$;
CREATE AGGREGATE crdb.avg(int4) (SFUNC = crdb.average_step, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = crdb.average);
CREATE FUNCTION crdb.sum_step(state numeric, value int4) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN value IS NULL THEN state WHEN state IS NULL THEN value::numeric ELSE state + value END $$;
CREATE AGGREGATE crdb.sum(int4) (SFUNC = crdb.sum_step, STYPE = numeric);

-- CockroachDB has no silent casts on the way into a column: a fraction is not rounded, a number is no text.
UPDATE pg_catalog.pg_cast SET castcontext = 'e' WHERE castsource IN ('numeric'::regtype, 'float8'::regtype, 'float4'::regtype) AND casttarget IN ('int8'::regtype, 'int4'::regtype, 'int2'::regtype);
CREATE CAST (int8 AS text) WITH INOUT;
CREATE CAST (int4 AS text) WITH INOUT;
CREATE CAST (numeric AS text) WITH INOUT;
CREATE CAST (float8 AS text) WITH INOUT;
CREATE CAST (date AS text) WITH INOUT;
CREATE CAST (timestamptz AS text) WITH INOUT;
CREATE CAST (jsonb AS text) WITH INOUT;
CREATE CAST (uuid AS text) WITH INOUT;
CREATE FUNCTION crdb.bool_int8(value bool) RETURNS int8 LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT value::int4::int8 $$;
CREATE CAST (bool AS int8) WITH FUNCTION crdb.bool_int8(bool);
CREATE FUNCTION crdb.int8_bool(value int8) RETURNS bool LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT value <> 0 $$;
CREATE CAST (int8 AS bool) WITH FUNCTION crdb.int8_bool(int8);

-- STRING(n) is text with a limit: a domain of its own for every n, so that SHOW can tell it from VARCHAR(n).
CREATE FUNCTION crdb.need_string(n int4) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_regtype(format('crdb.%I', 'string(' || n || ')')) IS NULL THEN
    EXECUTE format('CREATE DOMAIN crdb.%I AS text CHECK (length(value) <= %s)', 'string(' || n || ')', n);
  END IF;
END $$;

-- What CockroachDB's geospatial part puts into every database; drivers list it.
CREATE SCHEMA pg_extension;
GRANT USAGE ON SCHEMA pg_extension TO PUBLIC;
CREATE TABLE pg_extension.geography_columns (f_table_catalog name, f_table_schema name, f_table_name name, f_geography_column name, coord_dimension int8, srid int8, type text);
CREATE TABLE pg_extension.geometry_columns (f_table_catalog name, f_table_schema name, f_table_name name, f_geometry_column name, coord_dimension int8, srid int8, type text);
CREATE TABLE pg_extension.spatial_ref_sys (srid int8, auth_name varchar(256), auth_srid int8, srtext varchar(2048), proj4text varchar(2048));
GRANT SELECT ON ALL TABLES IN SCHEMA pg_extension TO PUBLIC;
