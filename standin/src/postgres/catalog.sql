-- What SHOW … tells, from PostgreSQL's catalog in CockroachDB's words (cockroachlabs.com/docs/stable/show-columns and its neighbours).
CREATE FUNCTION crdb.type_name(type oid, modifier int4) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN crdb.type_name(t.typelem, modifier) || '[]'
    WHEN n.nspname = 'crdb' THEN upper(t.typname)
    WHEN t.typnamespace <> 'pg_catalog'::regnamespace THEN n.nspname || '.' || t.typname
    ELSE coalesce((ARRAY['INT8', 'INT4', 'INT2', 'STRING', 'BYTES', 'FLOAT8', 'FLOAT4', 'BOOL', 'TIMESTAMPTZ', 'TIMESTAMP', 'DECIMAL', 'VARCHAR', 'CHAR', 'VARBIT', 'TIMETZ'])
        [array_position(ARRAY['int8', 'int4', 'int2', 'text', 'bytea', 'float8', 'float4', 'bool', 'timestamptz', 'timestamp', 'numeric', 'varchar', 'bpchar', 'varbit', 'timetz'], t.typname::text)], upper(t.typname))
      || CASE WHEN modifier < 0 THEN '' ELSE coalesce((regexp_match(pg_catalog.format_type(type, modifier), '\([\d,]+\)'))[1], '') END END
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = type $$;

-- An expression as PostgreSQL prints it, in CockroachDB's notation of types.
CREATE FUNCTION crdb.expression(printed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(printed,
    '::text|::character varying', ':::STRING', 'g'), '::(date|uuid|jsonb|interval)', ':::\1', 'g'), '''?(-?\d+)''?::bigint', '\1:::INT8', 'g'),
    '::numeric', ':::DECIMAL', 'g'), '::regclass', '', 'g'), '::timestamp with(out)? time zone', '', 'g') $$;
CREATE FUNCTION crdb.default_of(rel regclass, attnum int2) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN printed ~ '^-?[\d.]+$' AND (SELECT atttypid = 'text'::regtype FROM pg_catalog.pg_attribute WHERE attrelid = rel AND pg_attribute.attnum = d.adnum) THEN '''' || printed || ''':::STRING' WHEN printed ~ '^-?\d+$' THEN printed || ':::INT8' WHEN printed ~ '^-?[\d.]+$' THEN printed || ':::DECIMAL'
    ELSE regexp_replace(crdb.expression(printed), ':::(date|uuid|jsonb|interval)', ':::' || upper(coalesce((regexp_match(printed, '::(date|uuid|jsonb|interval)'))[1], ''))) END
  FROM pg_catalog.pg_attrdef d, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS printed WHERE d.adrelid = rel AND d.adnum = attnum $$;

CREATE FUNCTION crdb.index_name(index_oid oid, is_primary bool) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN is_primary AND relname ~ '_pkey\d*$' THEN 'primary' ELSE relname::text END FROM pg_catalog.pg_class WHERE oid = index_oid $$;

-- Columns of an index, stored and implicit ones too: every index of CockroachDB ends with the primary key.
CREATE FUNCTION crdb.index_columns(rel regclass) RETURNS TABLE (index_name text, non_unique bool, seq_in_index int8, column_name text, direction text, storing bool, implicit bool) LANGUAGE sql STABLE AS $$
  WITH ix AS (SELECT i.*, crdb.index_name(i.indexrelid, i.indisprimary) AS name FROM pg_catalog.pg_index i WHERE i.indrelid = rel),
  key AS (SELECT coalesce(crdb.key_columns(rel), '{rowid}') AS cols),
  own AS (SELECT ix.name, NOT ix.indisunique AS nu, k.ord, coalesce(a.attname::text, pg_catalog.pg_get_indexdef(ix.indexrelid, k.ord::int4, true)) AS col, k.ord > ix.indnkeyatts AS stored,
      CASE WHEN k.ord > ix.indnkeyatts THEN 'N/A' WHEN ix.indoption[k.ord - 1] & 1 = 1 THEN 'DESC' ELSE 'ASC' END AS dir, ix.indisprimary AS pk
    FROM ix, unnest(ix.indkey::int2[]) WITH ORDINALITY AS k(num, ord) LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = rel AND a.attnum = k.num AND k.num <> 0),
  extra AS (SELECT o.name, bool_and(o.nu) AS nu, max(o.ord) AS last, bool_or(o.pk) AS pk, array_agg(o.col) AS cols FROM own o GROUP BY o.name)
  SELECT name, nu, ord, col, dir, stored, false FROM own
  UNION ALL SELECT e.name, e.nu, e.last + row_number() OVER (PARTITION BY e.name ORDER BY c.ord), c.col, 'ASC', false, true
    FROM extra e, key, unnest(key.cols) WITH ORDINALITY AS c(col, ord) WHERE NOT e.pk AND NOT c.col = ANY (e.cols)
  UNION ALL SELECT 'primary', false, 1, 'rowid', 'ASC', false, false WHERE crdb.key_columns(rel) IS NULL $$;

CREATE FUNCTION crdb.show_columns(rel regclass) RETURNS TABLE (column_name text, data_type text, is_nullable bool, column_default text, generation_expression text, indices text[], is_hidden bool) LANGUAGE sql STABLE AS $$
  SELECT a.attname::text, crdb.type_name(a.atttypid, a.atttypmod), NOT a.attnotnull, CASE WHEN a.attgenerated = '' THEN crdb.default_of(rel, a.attnum) END,
    CASE WHEN a.attgenerated <> '' THEN crdb.expression((SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = rel AND d.adnum = a.attnum)) ELSE '' END,
    coalesce((SELECT array_agg(DISTINCT i.index_name ORDER BY i.index_name) FROM crdb.index_columns(rel) i WHERE i.column_name = a.attname), '{}'), false
  FROM pg_catalog.pg_attribute a WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL SELECT 'rowid', 'INT8', false, 'unique_rowid()', '', '{primary}', true
    WHERE crdb.key_columns(rel) IS NULL AND (SELECT relkind = 'r' FROM pg_catalog.pg_class WHERE oid = rel) $$;

CREATE FUNCTION crdb.constraint_details(id oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE k.contype WHEN 'p' THEN 'PRIMARY KEY (' || cols || ')' WHEN 'u' THEN 'UNIQUE (' || cols || ')'
    WHEN 'c' THEN crdb.expression(pg_catalog.pg_get_constraintdef(k.oid)) ELSE pg_catalog.pg_get_constraintdef(k.oid) END
  FROM pg_catalog.pg_constraint k, LATERAL (SELECT string_agg(quote_ident(a.attname) || ' ASC', ', ' ORDER BY array_position(k.conkey, a.attnum)) AS cols
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) c WHERE k.oid = id $$;

CREATE FUNCTION crdb.show_constraints(rel regclass) RETURNS TABLE (table_name name, constraint_name name, constraint_type text, details text, validated bool) LANGUAGE sql STABLE AS $$
  SELECT c.relname, CASE k.contype WHEN 'p' THEN crdb.index_name(k.conindid, true)::name ELSE k.conname END,
    (ARRAY['PRIMARY KEY', 'UNIQUE', 'CHECK', 'FOREIGN KEY'])[strpos('pucf', k.contype::text)], crdb.constraint_details(k.oid), k.convalidated
  FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid WHERE k.conrelid = rel AND k.contype IN ('p', 'u', 'c', 'f')
  UNION ALL SELECT c.relname, i.relname, 'UNIQUE', 'UNIQUE (' || (SELECT string_agg(quote_ident(x.column_name) || ' ' || x.direction, ', ' ORDER BY x.seq_in_index)
      FROM crdb.index_columns(rel) x WHERE x.index_name = i.relname AND NOT x.implicit AND NOT x.storing) || ')', true
    FROM pg_catalog.pg_index n JOIN pg_catalog.pg_class i ON i.oid = n.indexrelid JOIN pg_catalog.pg_class c ON c.oid = rel
    WHERE n.indrelid = rel AND n.indisunique AND NOT n.indisprimary AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = n.indexrelid AND k.contype IN ('p', 'u'))
  UNION ALL SELECT c.relname, 'primary', 'PRIMARY KEY', 'PRIMARY KEY (rowid ASC)', true FROM pg_catalog.pg_class c WHERE c.oid = rel AND crdb.key_columns(rel) IS NULL $$;

CREATE TABLE crdb.families (rel oid NOT NULL, place int4 NOT NULL, name text NOT NULL, columns text[] NOT NULL, PRIMARY KEY (rel, place));
GRANT SELECT ON crdb.families TO PUBLIC;
CREATE FUNCTION crdb.note_family(target regclass, number int4, called text, cols text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_class WHERE oid = target AND pg_has_role(session_user, relowner, 'USAGE')) THEN
    INSERT INTO crdb.families VALUES (target, number, called, cols) ON CONFLICT (rel, place) DO UPDATE SET name = called, columns = cols;
  END IF;
END $$;
CREATE FUNCTION crdb.show_create(rel regclass) RETURNS text LANGUAGE sql STABLE AS $$
  WITH cols AS (SELECT attnum, quote_ident(attname) AS name, quote_ident(attname) || ' ' || crdb.type_name(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE ' NULL' END
      || CASE WHEN attgenerated = '' THEN coalesce(' DEFAULT ' || crdb.default_of(rel, attnum), '')
         ELSE ' AS (' || crdb.expression((SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = rel AND d.adnum = attnum)) || ') STORED' END AS line
    FROM pg_catalog.pg_attribute WHERE attrelid = rel AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT 32000, 'rowid', 'rowid INT8 NOT VISIBLE NOT NULL DEFAULT unique_rowid()' WHERE crdb.key_columns(rel) IS NULL),
  ix AS (SELECT i.indexrelid, c.relname, i.indisunique, coalesce(' WHERE ' || crdb.expression(pg_catalog.pg_get_expr(i.indpred, rel, true)), '') AS pred FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = rel AND NOT i.indisprimary),
  lines AS (SELECT 1 AS part, attnum::int8 AS n, line FROM cols
    UNION ALL SELECT 2, 0, 'CONSTRAINT ' || quote_ident(crdb.index_name(conindid, true)) || ' ' || crdb.constraint_details(oid) FROM pg_catalog.pg_constraint WHERE conrelid = rel AND contype = 'p'
    UNION ALL SELECT 2, 0, 'CONSTRAINT "primary" PRIMARY KEY (rowid ASC)' WHERE crdb.key_columns(rel) IS NULL
    UNION ALL SELECT 3, oid::int8, 'CONSTRAINT ' || quote_ident(conname) || ' ' || regexp_replace(pg_catalog.pg_get_constraintdef(oid), 'REFERENCES (?!\w+\.)', 'REFERENCES public.') FROM pg_catalog.pg_constraint WHERE conrelid = rel AND contype = 'f'
    UNION ALL SELECT 4, indexrelid::int8, CASE WHEN indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(relname) || ' ('
      || (SELECT string_agg(quote_ident(x.column_name) || ' ' || x.direction, ', ' ORDER BY x.seq_in_index) FROM crdb.index_columns(rel) x WHERE x.index_name = relname AND NOT x.implicit AND NOT x.storing) || ')'
      || coalesce(' STORING (' || (SELECT string_agg(quote_ident(x.column_name), ', ' ORDER BY x.seq_in_index) FROM crdb.index_columns(rel) x WHERE x.index_name = relname AND x.storing) || ')', '') || pred FROM ix
    UNION ALL SELECT 5, f.place, 'FAMILY ' || quote_ident(f.name) || ' (' || (SELECT string_agg(cols.name, ', ' ORDER BY attnum) FROM cols WHERE cols.name = ANY (f.columns) OR (f.place = 0 AND NOT EXISTS (SELECT 1 FROM crdb.families o WHERE o.rel = $1 AND cols.name = ANY (o.columns)))) || ')' FROM crdb.families f WHERE f.rel = $1
    UNION ALL SELECT 5, 0, 'FAMILY "primary" (' || (SELECT string_agg(name, ', ' ORDER BY attnum) FROM cols) || ')' WHERE NOT EXISTS (SELECT 1 FROM crdb.families o WHERE o.rel = $1)
    UNION ALL SELECT 6, oid::int8, 'CONSTRAINT ' || quote_ident(conname) || ' CHECK (' || crdb.expression(regexp_replace(pg_catalog.pg_get_expr(conbin, rel, true), '(?<![\w''.])(\d+)(?![\w''.])', '\1:::INT8', 'g')) || ')' FROM pg_catalog.pg_constraint WHERE conrelid = rel AND contype = 'c')
  SELECT 'CREATE TABLE ' || n.nspname || '.' || quote_ident(c.relname) || E' (\n\t' || (SELECT string_agg(line, E',\n\t' ORDER BY part, lines.n) FROM lines) || E'\n)'
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = rel $$;

CREATE FUNCTION crdb.table_privileges(rel regclass) RETURNS TABLE (grantee text, privilege_type text) LANGUAGE sql STABLE AS $$
  WITH acl AS (SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee)::text END AS who, x.privilege_type AS what
    FROM pg_catalog.pg_class c, pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) x WHERE c.oid = rel)
  SELECT 'admin', 'ALL' UNION SELECT 'root', 'ALL'
  UNION SELECT who, unnest(CASE WHEN count(*) >= 7 THEN ARRAY['ALL'] ELSE array_agg(what) END) FROM acl WHERE who NOT IN ('admin', 'root', 'sandbox_admin') GROUP BY who $$;

CREATE FUNCTION crdb.show_create_view(rel regclass) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT 'CREATE VIEW ' || n.nspname || '.' || quote_ident(c.relname) || ' (' || (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute WHERE attrelid = rel AND attnum > 0)
    || ') AS ' || replace(replace(trim(regexp_replace(pg_catalog.pg_get_viewdef(rel), '\s+', ' ', 'g'), ' ;'), 'crdb.', ''), 'public.', quote_ident(current_database()) || '.public.') FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = rel $$;
CREATE FUNCTION crdb.show_create_sequence(rel regclass) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT 'CREATE SEQUENCE ' || n.nspname || '.' || quote_ident(c.relname) || ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax || ' INCREMENT ' || s.seqincrement || ' START ' || s.seqstart
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid WHERE c.oid = rel $$;
-- A database is listed for those who have a privilege on it.
CREATE FUNCTION crdb.database_visible(database name) RETURNS bool LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.pg_has_role('admin', 'MEMBER') OR pg_catalog.has_database_privilege(database, 'CREATE') OR (database = current_database() AND EXISTS (SELECT 1 FROM crdb.database_grants WHERE grantee = current_user)) $$;
