-- PostgreSQL's system catalogs with CockroachDB's contents (cockroachlabs.com/docs/stable/pg-catalog): primary keys are
-- called `primary`, and the stand-in's own objects are hidden. The empty views are for what CockroachDB does not have.
CREATE VIEW crdb.pg_namespace AS
SELECT *
FROM pg_catalog.pg_namespace
WHERE nspname NOT IN ('crdb', 'crdb_hidden', 'crdb_standin')
  AND nspname !~ '^pg_(toast|temp)';

CREATE VIEW crdb.pg_class AS
SELECT c.oid,
  CASE
    WHEN c.relkind = 'i' AND EXISTS (
      SELECT 1
      FROM pg_catalog.pg_index i
      WHERE i.indexrelid = c.oid
        AND i.indisprimary
        AND c.relname ~ '_pkey\d*$'
    ) THEN 'primary'::name
    WHEN c.relkind = 'i' THEN crdb.plain_name(c.relname)::name
    ELSE c.relname
  END AS relname,
  c.relnamespace,
  c.reltype,
  c.reloftype,
  c.relowner,
  CASE WHEN c.relkind = 'i' AND c.relam = 403 THEN 2631952481::oid ELSE c.relam END AS relam,
  c.relfilenode,
  c.reltablespace,
  NULL::int8 AS relpages,
  NULL::float8 AS reltuples,
  c.relallvisible,
  c.reltoastrelid,
  c.relhasindex,
  c.relisshared,
  c.relpersistence,
  c.relkind,
  c.relnatts,
  c.relchecks,
  c.relhasrules,
  c.relhastriggers,
  c.relhassubclass,
  c.relrowsecurity,
  c.relforcerowsecurity,
  c.relispopulated,
  c.relreplident,
  c.relispartition,
  c.relrewrite,
  c.relfrozenxid,
  c.relminmxid,
  c.relacl,
  NULL::text[] AS reloptions,
  c.relpartbound
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('crdb', 'pg_toast');

-- CockroachDB's access method `prefix` stands for btree, whose oid is 403.
CREATE VIEW crdb.pg_am AS
SELECT CASE oid WHEN 403 THEN 2631952481::oid ELSE oid END AS oid,
  CASE oid WHEN 403 THEN 'prefix'::name ELSE amname END AS amname,
  amhandler,
  amtype
FROM pg_catalog.pg_am;

CREATE VIEW crdb.pg_attribute AS
SELECT *
FROM pg_catalog.pg_attribute
WHERE attnum > 0
  AND NOT attisdropped;

-- The schemas with the indexes and constraints that CockroachDB has: clients' own, and those of temporary tables.
CREATE FUNCTION crdb_standin.client_schemas() RETURNS SETOF oid
LANGUAGE sql STABLE AS $$
  SELECT oid
  FROM pg_catalog.pg_namespace
  WHERE crdb_standin.is_client_schema(nspname)
    OR nspname ~ '^pg_temp'
$$;

CREATE VIEW crdb.pg_index AS
SELECT indexrelid,
  indrelid,
  indnatts,
  indnkeyatts,
  indisunique,
  indnullsnotdistinct,
  indisprimary,
  indisexclusion,
  indimmediate,
  indisclustered,
  indisvalid,
  indcheckxmin,
  indisready,
  indislive,
  indisreplident,
  indkey,
  indcollation,
  indclass,
  array_to_string(
    ARRAY(SELECT CASE WHEN o & 1 = 1 THEN 1 ELSE 2 END FROM unnest(indoption::int2[]) AS o),
    ' '
  )::int2vector AS indoption,
  indexprs,
  indpred
FROM pg_catalog.pg_index
JOIN pg_catalog.pg_class AS indexed ON indexed.oid = indrelid
WHERE indexed.relnamespace IN (SELECT crdb_standin.client_schemas());

CREATE VIEW crdb.pg_opclass AS
SELECT *
FROM pg_catalog.pg_opclass
WHERE false;

CREATE VIEW crdb.pg_type AS
SELECT oid,
  typname,
  typnamespace,
  typowner,
  CASE typname WHEN 'timestamptz' THEN 24::int2 ELSE typlen END AS typlen,
  typbyval,
  typtype,
  typcategory,
  typispreferred,
  typisdefined,
  typdelim,
  typrelid,
  typsubscript,
  typelem,
  typarray,
  typinput,
  typoutput,
  typreceive,
  typsend,
  typmodin,
  typmodout,
  typanalyze,
  typalign,
  typstorage,
  typnotnull,
  typbasetype,
  typtypmod,
  typndims,
  typcollation,
  typdefaultbin,
  typdefault,
  typacl
FROM pg_catalog.pg_type
WHERE typnamespace <> 'crdb'::regnamespace;

CREATE VIEW crdb.pg_constraint AS
SELECT k.oid,
  CASE WHEN k.contype = 'p' AND k.conname ~ '_pkey\d*$' THEN 'primary'::name ELSE crdb.plain_name(k.conname)::name END AS conname,
  k.connamespace,
  k.contype::text AS contype,
  k.condeferrable,
  k.condeferred,
  k.convalidated,
  k.conrelid,
  k.contypid,
  k.conindid,
  k.conparentid,
  k.confrelid,
  k.confupdtype,
  k.confdeltype,
  k.confmatchtype,
  k.conislocal,
  k.coninhcount,
  k.connoinherit,
  k.conkey,
  k.confkey,
  k.conpfeqop,
  k.conppeqop,
  k.conffeqop,
  k.conexclop,
  k.conbin,
  crdb.constraint_details(k.oid) AS condef
FROM pg_catalog.pg_constraint k
WHERE k.contype <> 'n'
  AND k.connamespace IN (SELECT crdb_standin.client_schemas())
  AND NOT (k.contype IN ('p', 'u') AND crdb.is_hidden_index(k.conindid));

CREATE VIEW crdb.pg_database AS
SELECT oid,
  datname,
  datdba,
  encoding,
  'en_US.utf8'::text AS datcollate,
  'en_US.utf8'::text AS datctype,
  datistemplate,
  datallowconn,
  datconnlimit,
  datfrozenxid,
  datminmxid,
  dattablespace,
  datacl
FROM pg_catalog.pg_database
WHERE datname <> 'template1';

CREATE VIEW crdb.pg_extension AS
SELECT *
FROM pg_catalog.pg_extension
WHERE false;
