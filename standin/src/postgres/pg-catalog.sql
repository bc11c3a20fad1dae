-- PostgreSQL's catalogs as CockroachDB tells them (cockroachlabs.com/docs/stable/pg-catalog, information-schema): primary keys are
-- called "primary", and nothing of the stand-in's own shows.
CREATE VIEW crdb.pg_namespace AS SELECT * FROM pg_catalog.pg_namespace WHERE nspname <> 'crdb' AND nspname !~ '^pg_(toast|temp)';
CREATE VIEW crdb.pg_class AS SELECT c.oid, CASE WHEN c.relkind = 'i' AND EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indexrelid = c.oid AND i.indisprimary AND c.relname ~ '_pkey\d*$') THEN 'primary'::name ELSE c.relname END AS relname,
    c.relnamespace, c.reltype, c.reloftype, c.relowner, CASE WHEN c.relkind = 'i' AND c.relam = 403 THEN 2631952481::oid ELSE c.relam END AS relam, c.relfilenode, c.reltablespace, c.relpages, c.reltuples, c.relallvisible, c.reltoastrelid, c.relhasindex, c.relisshared, c.relpersistence, c.relkind,
    c.relnatts, c.relchecks, c.relhasrules, c.relhastriggers, c.relhassubclass, c.relrowsecurity, c.relforcerowsecurity, c.relispopulated, c.relreplident, c.relispartition, c.relrewrite, c.relfrozenxid, c.relminmxid, c.relacl, NULL::text[] AS reloptions, c.relpartbound
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT IN ('crdb', 'pg_toast');
CREATE VIEW crdb.pg_am AS SELECT CASE oid WHEN 403 THEN 2631952481::oid ELSE oid END AS oid, CASE oid WHEN 403 THEN 'prefix'::name ELSE amname END AS amname, amhandler, amtype FROM pg_catalog.pg_am;
CREATE VIEW crdb.pg_attribute AS SELECT * FROM pg_catalog.pg_attribute WHERE attnum > 0 AND NOT attisdropped;
CREATE VIEW crdb.pg_index AS SELECT indexrelid, indrelid, indnatts, indnkeyatts, indisunique, indnullsnotdistinct, indisprimary, indisexclusion, indimmediate, indisclustered, indisvalid, indcheckxmin, indisready, indislive, indisreplident, indkey, indcollation, indclass,
    array_to_string(ARRAY(SELECT CASE WHEN o & 1 = 1 THEN 1 ELSE 2 END FROM unnest(indoption::int2[]) AS o), ' ')::int2vector AS indoption, indexprs, indpred FROM pg_catalog.pg_index;
CREATE VIEW crdb.pg_opclass AS SELECT * FROM pg_catalog.pg_opclass WHERE false;
CREATE VIEW crdb.pg_type AS SELECT oid, typname, typnamespace, typowner, CASE typname WHEN 'timestamptz' THEN 24::int2 ELSE typlen END AS typlen, typbyval, typtype, typcategory, typispreferred, typisdefined, typdelim, typrelid, typsubscript, typelem, typarray, typinput, typoutput, typreceive, typsend, typmodin, typmodout,
    typanalyze, typalign, typstorage, typnotnull, typbasetype, typtypmod, typndims, typcollation, typdefaultbin, typdefault, typacl FROM pg_catalog.pg_type WHERE typnamespace <> 'crdb'::regnamespace;
CREATE FUNCTION crdb.pg_get_constraintdef(id oid) RETURNS text LANGUAGE sql STABLE AS $$ SELECT crdb.constraint_details(id) $$;
CREATE FUNCTION crdb.pg_get_constraintdef(id oid, pretty bool) RETURNS text LANGUAGE sql STABLE AS $$ SELECT crdb.constraint_details(id) $$;
CREATE FUNCTION crdb.pg_get_serial_sequence(rel text, col text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(pg_catalog.pg_get_serial_sequence(rel, col), (SELECT n.nspname || '.' || s.relname FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum JOIN pg_catalog.pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
    JOIN pg_catalog.pg_class s ON s.oid = p.refobjid AND s.relkind = 'S' JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace WHERE d.adrelid = rel::regclass AND a.attname = col LIMIT 1)) $$;
CREATE VIEW crdb.pg_constraint AS SELECT k.oid, CASE WHEN k.contype = 'p' AND k.conname ~ '_pkey\d*$' THEN 'primary'::name ELSE k.conname END AS conname, k.connamespace, k.contype::text AS contype, k.condeferrable, k.condeferred, k.convalidated, k.conrelid, k.contypid, k.conindid, k.conparentid,
    k.confrelid, k.confupdtype, k.confdeltype, k.confmatchtype, k.conislocal, k.coninhcount, k.connoinherit, k.conkey, k.confkey, k.conpfeqop, k.conppeqop, k.conffeqop, k.conexclop, k.conbin
  FROM pg_catalog.pg_constraint k WHERE k.contype <> 'n';
CREATE VIEW crdb.pg_indexes AS SELECT i.schemaname, i.tablename, CASE WHEN i.indexname ~ '_pkey\d*$' AND x.indisprimary THEN 'primary'::name ELSE i.indexname END AS indexname, i.tablespace,
    'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(crdb.index_name(c.oid, x.indisprimary)) || ' ON ' || quote_ident(pg_catalog.current_database()) || '.' || quote_ident(i.schemaname) || '.' || quote_ident(i.tablename)
      || ' USING btree (' || (SELECT string_agg(quote_ident(k.column_name) || ' ' || k.direction, ', ' ORDER BY k.seq_in_index) FROM crdb.index_columns(x.indrelid::regclass) k WHERE k.index_name = crdb.index_name(c.oid, x.indisprimary) AND NOT k.implicit AND NOT k.storing) || ')' AS indexdef
  FROM pg_catalog.pg_indexes i JOIN pg_catalog.pg_namespace n ON n.nspname = i.schemaname JOIN pg_catalog.pg_class c ON c.relname = i.indexname AND c.relnamespace = n.oid JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid WHERE i.schemaname NOT IN ('crdb', 'pg_catalog');
CREATE VIEW crdb.pg_tables AS SELECT * FROM pg_catalog.pg_tables WHERE schemaname <> 'crdb';
CREATE VIEW crdb.pg_database AS SELECT oid, datname, datdba, encoding, 'en_US.utf8'::text AS datcollate, 'en_US.utf8'::text AS datctype, datistemplate, datallowconn, datconnlimit, datfrozenxid, datminmxid, dattablespace, datacl FROM pg_catalog.pg_database WHERE datname <> 'template1';
CREATE VIEW crdb.pg_extension AS SELECT * FROM pg_catalog.pg_extension WHERE false;
CREATE VIEW crdb.pg_available_extensions AS SELECT name, default_version, installed_version, comment FROM pg_catalog.pg_available_extensions WHERE false;
CREATE VIEW crdb.pg_stat_activity AS SELECT * FROM pg_catalog.pg_stat_activity WHERE false;
CREATE VIEW crdb.pg_settings AS SELECT name, CASE name WHEN 'server_version' THEN '13.0.0' WHEN 'server_version_num' THEN '130000' ELSE setting END AS setting, unit, category, short_desc, extra_desc, context, vartype, source, min_val, max_val, enumvals, boot_val, reset_val, sourcefile, sourceline, pending_restart
  FROM pg_catalog.pg_settings WHERE name IN ('application_name', 'bytea_output', 'client_encoding', 'client_min_messages', 'default_transaction_isolation', 'default_transaction_read_only', 'extra_float_digits', 'max_index_keys', 'max_identifier_length', 'integer_datetimes', 'server_encoding', 'server_version', 'server_version_num', 'standard_conforming_strings', 'TimeZone', 'transaction_isolation', 'transaction_read_only');

CREATE VIEW crdb.information_columns AS SELECT c.table_catalog::text, c.table_schema::text, c.table_name::text, c.column_name::text, c.ordinal_position::int8,
    CASE WHEN c.is_generated = 'ALWAYS' THEN NULL ELSE crdb.default_of(k.oid::regclass, a.attnum) END AS column_default, c.is_nullable::text, c.data_type::text,
    coalesce(c.character_maximum_length, substring(c.domain_name FROM '\d+')::int4)::int8 AS character_maximum_length, c.character_octet_length::int8, (c.numeric_precision)::int8 AS numeric_precision, c.numeric_precision_radix::int8, c.numeric_scale::int8, c.datetime_precision::int8,
    c.interval_type::text, c.character_set_name::text, c.collation_name::text, NULL::text AS domain_catalog, NULL::text AS domain_schema, NULL::text AS domain_name, c.udt_catalog::text, c.udt_schema::text, c.udt_name::text,
    c.is_identity::text, c.identity_generation::text, c.is_generated::text, CASE WHEN c.is_generated = 'ALWAYS' THEN crdb.expression(c.generation_expression) ELSE '' END AS generation_expression, c.is_updatable::text, 'NO'::text AS is_hidden,
    crdb.type_name(a.atttypid, a.atttypmod) AS crdb_sql_type, coalesce(pg_catalog.col_description(k.oid, a.attnum), '') AS column_comment
  FROM information_schema.columns c JOIN pg_catalog.pg_namespace n ON n.nspname = c.table_schema JOIN pg_catalog.pg_class k ON k.relname = c.table_name AND k.relnamespace = n.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = k.oid AND a.attname = c.column_name
  WHERE c.table_schema <> 'crdb'
  UNION ALL SELECT pg_catalog.current_database(), n.nspname, k.relname, 'rowid', (SELECT max(attnum) + 1 FROM pg_catalog.pg_attribute WHERE attrelid = k.oid), 'unique_rowid()', 'NO', 'bigint', NULL, NULL, 64, 2, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    pg_catalog.current_database(), 'pg_catalog', 'int8', 'NO', NULL, 'NEVER', '', 'YES', 'YES', 'INT8', ''
  FROM pg_catalog.pg_class k JOIN pg_catalog.pg_namespace n ON n.oid = k.relnamespace WHERE k.relkind = 'r' AND n.nspname !~ '^(pg_|crdb|information_schema)' AND crdb.key_columns(k.oid::regclass) IS NULL;
CREATE VIEW crdb.information_schemata AS SELECT pg_catalog.current_database()::text AS catalog_name, nspname::text AS schema_name, NULL::text AS default_character_set_name, NULL::text AS sql_path FROM pg_catalog.pg_namespace WHERE nspname <> 'crdb' AND nspname !~ '^pg_(toast|temp)';
CREATE VIEW crdb.information_tables AS SELECT table_catalog::text, table_schema::text, table_name::text, CASE WHEN table_schema IN ('pg_catalog', 'information_schema', 'crdb_internal') THEN 'SYSTEM VIEW' ELSE table_type::text END AS table_type, is_insertable_into::text, 1::int8 AS version FROM information_schema.tables WHERE table_schema <> 'crdb';
CREATE VIEW crdb.information_table_constraints AS SELECT constraint_catalog::text, constraint_schema::text, CASE WHEN constraint_type = 'PRIMARY KEY' AND constraint_name ~ '_pkey\d*$' THEN 'primary' ELSE constraint_name::text END AS constraint_name, table_catalog::text, table_schema::text, table_name::text, constraint_type::text,
    is_deferrable::text, initially_deferred::text FROM information_schema.table_constraints WHERE table_schema <> 'crdb' AND NOT (constraint_type = 'CHECK' AND constraint_name ~ '_not_null$');
CREATE VIEW crdb.information_key_column_usage AS SELECT constraint_catalog::text, constraint_schema::text, CASE WHEN constraint_name ~ '_pkey\d*$' THEN 'primary' ELSE constraint_name::text END AS constraint_name, table_catalog::text, table_schema::text, table_name::text, column_name::text, ordinal_position::int8, position_in_unique_constraint::int8
  FROM information_schema.key_column_usage WHERE table_schema <> 'crdb';
CREATE VIEW crdb.information_statistics AS SELECT pg_catalog.current_database()::text AS table_catalog, n.nspname::text AS table_schema, c.relname::text AS table_name, CASE WHEN i.non_unique THEN 'YES' ELSE 'NO' END AS non_unique, n.nspname::text AS index_schema, i.index_name, i.seq_in_index, i.column_name,
    NULL::text AS "COLLATION", NULL::int8 AS cardinality, i.direction, CASE WHEN i.storing THEN 'YES' ELSE 'NO' END AS storing, CASE WHEN i.implicit THEN 'YES' ELSE 'NO' END AS implicit
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, crdb.index_columns(c.oid::regclass) i WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|crdb|information_schema)';
GRANT SELECT ON ALL TABLES IN SCHEMA crdb TO PUBLIC;
