-- Signatures that CockroachDB does not have of functions that it has.
UPDATE pg_catalog.pg_proc
SET pronamespace = 'crdb_hidden'::regnamespace
WHERE oid IN (
  'pg_catalog.abbrev(cidr)'::regprocedure,
  'pg_catalog.generate_series(numeric, numeric)'::regprocedure,
  'pg_catalog.generate_series(numeric, numeric, numeric)'::regprocedure,
  'pg_catalog.generate_series(timestamptz, timestamptz, interval)'::regprocedure,
  'pg_catalog.generate_series(timestamptz, timestamptz, interval, text)'::regprocedure,
  'pg_catalog.lower(anymultirange)'::regprocedure,
  'pg_catalog.lower(anyrange)'::regprocedure,
  'pg_catalog.max(anyarray)'::regprocedure,
  'pg_catalog.max(money)'::regprocedure,
  'pg_catalog.max(record)'::regprocedure,
  'pg_catalog.min(anyarray)'::regprocedure,
  'pg_catalog.min(money)'::regprocedure,
  'pg_catalog.min(record)'::regprocedure,
  'pg_catalog.pg_advisory_unlock(int4, int4)'::regprocedure,
  'pg_catalog.pg_get_viewdef(oid, int4)'::regprocedure,
  'pg_catalog.pg_get_viewdef(text)'::regprocedure,
  'pg_catalog.pg_get_viewdef(text, bool)'::regprocedure,
  'pg_catalog.pg_try_advisory_lock(int4, int4)'::regprocedure,
  'pg_catalog.random(int4, int4)'::regprocedure,
  'pg_catalog.random(int8, int8)'::regprocedure,
  'pg_catalog.random(numeric, numeric)'::regprocedure,
  'pg_catalog.regexp_replace(text, text, text, int4)'::regprocedure,
  'pg_catalog.regexp_replace(text, text, text, int4, int4)'::regprocedure,
  'pg_catalog.regexp_replace(text, text, text, int4, int4, text)'::regprocedure,
  'pg_catalog.sum(money)'::regprocedure,
  'pg_catalog.text(bool)'::regprocedure,
  'pg_catalog.text("char")'::regprocedure,
  'pg_catalog.text(name)'::regprocedure,
  'pg_catalog.text(bpchar)'::regprocedure,
  'pg_catalog.text(xml)'::regprocedure,
  'pg_catalog.timezone(interval, timestamp)'::regprocedure,
  'pg_catalog.timezone(interval, timestamptz)'::regprocedure,
  'pg_catalog.timezone(interval, timetz)'::regprocedure,
  'pg_catalog.timezone(timestamp)'::regprocedure,
  'pg_catalog.timezone(timestamptz)'::regprocedure,
  'pg_catalog.timezone(timetz)'::regprocedure,
  'pg_catalog.trunc(macaddr)'::regprocedure,
  'pg_catalog.trunc(macaddr8)'::regprocedure,
  'pg_catalog.trunc(numeric, int4)'::regprocedure,
  'pg_catalog.unnest(anymultirange)'::regprocedure,
  'pg_catalog.unnest(tsvector)'::regprocedure,
  'pg_catalog.upper(anymultirange)'::regprocedure,
  'pg_catalog.upper(anyrange)'::regprocedure
);
-- The first of some rows, for the stand-in's own statements.
UPDATE pg_catalog.pg_proc
SET proname = 'first_row', pronamespace = 'crdb_standin'::regnamespace
WHERE oid = 'crdb_hidden.min(record)'::regprocedure;

-- Operators that CockroachDB does not have.
UPDATE pg_catalog.pg_operator
SET oprnamespace = 'crdb_hidden'::regnamespace
WHERE oprnamespace = 'pg_catalog'::regnamespace
  AND (
    oprname IN ('^@', '@@', '@@@', '~<~', '~<=~', '~>=~', '~>~', '*=', '*<>', '*<', '*>', '*<=', '*>=')
    OR oprname = '@' AND oprleft = 0
    OR oprname IN ('<', '<=', '>', '>=') AND oprleft = 'jsonb'::regtype
  );
