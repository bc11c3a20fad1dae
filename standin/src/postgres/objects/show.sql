-- What SHOW prints of one table (cockroachlabs.com/docs/stable/show-columns, show-constraints).
CREATE FUNCTION crdb.show_columns(rel regclass) RETURNS TABLE (
  column_name text,
  data_type text,
  is_nullable bool,
  column_default text,
  generation_expression text,
  indices text[],
  is_hidden bool
)
LANGUAGE sql STABLE AS $$
  SELECT a.attname::text,
    crdb.type_name(a.atttypid, a.atttypmod) || crdb.collate_clause(a.attcollation),
    NOT a.attnotnull,
    CASE WHEN a.attgenerated = '' THEN crdb.default_of(rel, a.attnum) END,
    CASE
      WHEN a.attgenerated <> '' THEN crdb.computed_by(rel, a.attnum)
      ELSE ''
    END,
    coalesce(
      (
        SELECT array_agg(DISTINCT i.index_name ORDER BY i.index_name)
        FROM crdb.listed_index_columns(rel) i
        WHERE i.column_name = a.attname
      ),
      '{}'
    ),
    crdb.is_hidden(rel, a.attnum)
  FROM pg_catalog.pg_attribute a
  WHERE a.attrelid = rel
    AND a.attnum > 0
    AND NOT a.attisdropped
  ORDER BY a.attnum
$$;

-- The constraints, and the unique indexes that PostgreSQL does not count as such. CockroachDB does not show
-- those of hidden columns.
CREATE FUNCTION crdb.show_constraints(rel regclass) RETURNS TABLE (
  table_name name,
  constraint_name name,
  constraint_type text,
  details text,
  validated bool
)
LANGUAGE sql STABLE AS $$
  SELECT c.relname,
    CASE k.contype WHEN 'p' THEN crdb.index_name(k.conindid, true)::name ELSE crdb.plain_name(k.conname)::name END,
    (ARRAY['PRIMARY KEY', 'UNIQUE', 'CHECK', 'FOREIGN KEY'])[strpos('pucf', k.contype::text)],
    crdb.constraint_details(k.oid),
    k.convalidated
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  WHERE k.conrelid = rel
    AND k.contype IN ('p', 'u', 'c', 'f')
    AND NOT (k.contype IN ('p', 'u') AND crdb.is_hidden_index(k.conindid))
  UNION ALL
  SELECT c.relname,
    crdb.plain_name(i.relname)::name,
    'UNIQUE',
    'UNIQUE (' || (
      SELECT string_agg(quote_ident(x.column_name) || ' ' || x.direction, ', ' ORDER BY x.seq_in_index)
      FROM crdb.index_columns(rel) x
      WHERE x.index_name = crdb.plain_name(i.relname)
        AND NOT x.implicit
        AND NOT x.storing
    ) || ')' || coalesce(
      ' WHERE (' || crdb.plain_constants(
        coalesce(
          crdb.noted('expression', n.indexrelid, rel),
          crdb.expression(pg_catalog.pg_get_expr(n.indpred, rel, true))
        )
      ) || ')',
      ''
    ),
    true
  FROM pg_catalog.pg_index n
  JOIN pg_catalog.pg_class i ON i.oid = n.indexrelid
  JOIN pg_catalog.pg_class c ON c.oid = rel
  WHERE n.indrelid = rel
    AND n.indisunique
    AND NOT n.indisprimary
    AND NOT crdb.is_hidden_index(n.indexrelid)
    AND NOT EXISTS (
      SELECT 1
      FROM pg_catalog.pg_constraint k
      WHERE k.conindid = n.indexrelid
        AND k.contype IN ('p', 'u')
    )
$$;
