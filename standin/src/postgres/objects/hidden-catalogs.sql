-- PostgreSQL's views and types that CockroachDB does not have. They leave their schemas for one that nobody may use, so
-- that nobody finds them. What was defined with them knows them by their OIDs.
UPDATE pg_catalog.pg_class
SET relnamespace = 'crdb_hidden'::regnamespace
WHERE relkind = 'v'
  AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  AND relnamespace::regnamespace || '.' || relname <> ALL (string_to_array(:'tables', ' '));

-- Only types of values: the stand-in's own statements name some of the others.
UPDATE pg_catalog.pg_type
SET typnamespace = 'crdb_hidden'::regnamespace
WHERE typnamespace = 'pg_catalog'::regnamespace
  AND ltrim(typname, '_') IN (
    'box', 'cidr', 'circle', 'datemultirange', 'daterange', 'gtsvector', 'int4multirange', 'int4range',
    'int8multirange', 'int8range', 'jsonpath', 'line', 'lseg', 'macaddr', 'macaddr8', 'money', 'nummultirange',
    'numrange', 'path', 'pg_lsn', 'pg_snapshot', 'point', 'polygon', 'refcursor', 'tsmultirange', 'tsquery',
    'tsrange', 'tstzmultirange', 'tstzrange', 'tsvector', 'txid_snapshot', 'xid8', 'xml'
  );
