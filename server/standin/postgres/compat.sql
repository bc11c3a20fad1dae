-- What CockroachDB has and PostgreSQL lacks, as objects. Runs as the superuser in template1, so that every database has it.
-- search_path puts schema crdb after public and before pg_catalog: tables go to public, and these shadow PostgreSQL's own.
CREATE SCHEMA crdb;
GRANT USAGE ON SCHEMA crdb TO PUBLIC;
CREATE SCHEMA crdb_internal;
GRANT USAGE ON SCHEMA crdb_internal TO PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT ALL ON SCHEMA public TO root WITH GRANT OPTION;

CREATE FUNCTION crdb.version() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT 'CockroachDB CCL v25.2.0 (stand-in, really ' || split_part(pg_catalog.version(), ' on ', 1) || ')' $$;

-- unique_rowid(): CockroachDB's are 48 bits of 10 µs since 2015 and 15 bits of node; here one node, never the same twice.
CREATE SEQUENCE crdb.rowid_seq CACHE 1;
GRANT USAGE ON SEQUENCE crdb.rowid_seq TO PUBLIC;
CREATE FUNCTION crdb.unique_rowid() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT ((extract(epoch FROM pg_catalog.clock_timestamp()) * 100000)::bigint - 142000000000000) * 32768
   + (pg_catalog.nextval('crdb.rowid_seq'::regclass) % 32767) + 1 $$;

CREATE FUNCTION crdb_internal.increment_feature_counter(feature text) RETURNS bool LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION crdb_internal.node_executable_version() RETURNS text LANGUAGE sql AS $$ SELECT '25.2'::text $$;
CREATE FUNCTION crdb_internal.force_error(code text, message text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
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
