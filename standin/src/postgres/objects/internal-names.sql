-- The functions of crdb_internal, as statements call them: CockroachDB names a column that is the result of one
-- `crdb_internal.node_id`, and PostgreSQL names it as the function without its schema.
UPDATE pg_catalog.pg_proc
SET proname = 'crdb_internal.' || proname,
  pronamespace = 'crdb'::regnamespace
WHERE pronamespace = 'crdb_internal'::regnamespace;
