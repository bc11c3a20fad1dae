-- Describes types, expressions, indexes and constraints of PostgreSQL's catalog as CockroachDB prints them.

-- A type as SHOW prints it: `STRING`, `INT8[]`, `DECIMAL(10,2)`.
CREATE FUNCTION crdb.type_name(type oid, modifier int4) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A'
      THEN crdb.type_name(t.typelem, modifier) || '[]'
    WHEN n.nspname = 'crdb' THEN upper(t.typname)
    WHEN t.typnamespace <> 'pg_catalog'::regnamespace THEN n.nspname || '.' || t.typname
    ELSE
      CASE t.typname
        WHEN 'text' THEN 'STRING'
        WHEN 'bytea' THEN 'BYTES'
        WHEN 'numeric' THEN 'DECIMAL'
        WHEN 'bpchar' THEN 'CHAR'
        WHEN 'char' THEN '"char"'
        ELSE upper(t.typname)
      END
      || CASE
        WHEN modifier < 0 THEN ''
        ELSE coalesce(
          nullif(
            replace(
              (crdb_standin.regexp_match(pg_catalog.format_type(type, modifier), '\([\d,]+\)'))[1],
              ',0)', ')'
            ),
            CASE WHEN t.typname IN ('bpchar', 'bit') THEN '(1)' END
          ),
          ''
        )
      END
  END
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE t.oid = type
$$;

-- The locale of a column, as SHOW prints it after the type; empty for a column without one.
CREATE FUNCTION crdb.collate_clause(collation_oid oid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (
      SELECT ' COLLATE ' || replace(left(collname, -6), '-', '_')
      FROM pg_catalog.pg_collation
      WHERE oid = collation_oid
        AND collname LIKE '%-x-icu'
    ),
    ''
  )
$$;

-- An expression as PostgreSQL prints it, with the types of its constants in CockroachDB's notation.
CREATE FUNCTION crdb.expression(printed text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(
    regexp_replace(
      regexp_replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(printed, '::text|::character varying', ':::STRING', 'g'),
            '::(date|uuid|jsonb|interval)', ':::\1', 'g'
          ),
          '''?(-?\d+)''?::bigint', '\1:::INT8', 'g'
        ),
        '::numeric', ':::DECIMAL', 'g'
      ),
      '::regclass', '', 'g'
    ),
    '::timestamp with(out)? time zone', '', 'g'
  )
$$;

-- The default of a column.
CREATE FUNCTION crdb.default_of(rel regclass, attnum int2) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN crdb.noted('expression', d.oid, rel) IS NOT NULL THEN crdb.noted('expression', d.oid, rel)
    WHEN printed ~ '^-?[\d.]+$' AND (
      SELECT atttypid = 'text'::regtype
      FROM pg_catalog.pg_attribute
      WHERE attrelid = rel
        AND pg_attribute.attnum = d.adnum
    ) THEN '''' || printed || ''':::STRING'
    WHEN printed ~ '^-?\d+$' THEN printed || ':::INT8'
    WHEN printed ~ '^-?[\d.]+$' THEN printed || ':::DECIMAL'
    ELSE regexp_replace(
      crdb.expression(printed),
      ':::(date|uuid|jsonb|interval)',
      ':::' || upper(coalesce((crdb_standin.regexp_match(printed, '::(date|uuid|jsonb|interval)'))[1], ''))
    )
  END
  FROM pg_catalog.pg_attrdef d,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS printed
  WHERE d.adrelid = rel
    AND d.adnum = attnum
$$;

-- The expression of a computed column.
CREATE FUNCTION crdb.computed_by(rel regclass, attnum int2) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    crdb.noted('expression', d.oid, rel),
    crdb.expression(pg_catalog.pg_get_expr(d.adbin, d.adrelid, true))
  )
  FROM pg_catalog.pg_attrdef d
  WHERE d.adrelid = rel
    AND d.adnum = attnum
$$;

-- The condition of a check.
CREATE FUNCTION crdb.check_condition(id oid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    crdb.noted('expression', id, k.conrelid),
    crdb.expression(
      regexp_replace(
        pg_catalog.pg_get_expr(k.conbin, k.conrelid, true),
        '(?<![\w''.])(\d+)(?![\w''.])', '\1:::INT8', 'g'
      )
    )
  )
  FROM pg_catalog.pg_constraint k
  WHERE k.oid = id
$$;

-- The columns of all indexes of a table, including stored and implicit ones: in CockroachDB every index ends with the
-- columns of the primary key.
CREATE FUNCTION crdb.index_columns(rel regclass) RETURNS TABLE (
  index_name text,
  non_unique bool,
  seq_in_index int8,
  column_name text,
  direction text,
  storing bool,
  implicit bool
)
LANGUAGE sql STABLE AS $$
  WITH ix AS (
    SELECT i.*, crdb.index_name(i.indexrelid, i.indisprimary) AS name
    FROM pg_catalog.pg_index i
    WHERE i.indrelid = rel
  ),
  key AS (
    SELECT crdb.key_columns(rel) AS cols
  ),
  own AS (
    SELECT ix.name,
      NOT ix.indisunique AS nu,
      k.ord,
      coalesce(a.attname::text, pg_catalog.pg_get_indexdef(ix.indexrelid, k.ord::int4, true)) AS col,
      k.ord > ix.indnkeyatts AS stored,
      CASE
        WHEN k.ord > ix.indnkeyatts THEN 'N/A'
        WHEN ix.indoption[k.ord - 1] & 1 = 1 THEN 'DESC'
        WHEN ix.indisprimary
          AND quote_ident(a.attname) = ANY (string_to_array(crdb.noted('descending', ix.indexrelid, rel), ','))
          THEN 'DESC'
        ELSE 'ASC'
      END AS dir,
      ix.indisprimary AS pk
    FROM ix,
      unnest(ix.indkey::int2[]) WITH ORDINALITY AS k(num, ord)
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = rel AND a.attnum = k.num AND k.num <> 0
  ),
  extra AS (
    SELECT o.name, bool_and(o.nu) AS nu, max(o.ord) AS last, bool_or(o.pk) AS pk, array_agg(o.col) AS cols
    FROM own o
    GROUP BY o.name
  )
  SELECT name, nu, ord, col, dir, stored, false
  FROM own
  UNION ALL
  SELECT e.name,
    e.nu,
    e.last + row_number() OVER (PARTITION BY e.name ORDER BY c.ord),
    c.col,
    'ASC',
    false,
    true
  FROM extra e,
    key,
    unnest(key.cols) WITH ORDINALITY AS c(col, ord)
  WHERE NOT e.pk
    AND NOT c.col = ANY (e.cols)
$$;

-- An expression as SHOW CONSTRAINTS prints it, whose numbers have no types.
CREATE FUNCTION crdb.plain_constants(printed text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN regexp_replace(regexp_replace(printed, ':::(INT8|DECIMAL|FLOAT8)', '', 'g'), ':::', '::', 'g');

-- A foreign key; CockroachDB names the action of DELETE first.
CREATE FUNCTION crdb.foreign_key(id oid) RETURNS text
LANGUAGE sql STABLE
RETURN regexp_replace(pg_catalog.pg_get_constraintdef(id), '( ON UPDATE [A-Z ]+)( ON DELETE [A-Z ]+)$', '\2\1');

-- A constraint's definition.
CREATE FUNCTION crdb.constraint_details(id oid) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE k.contype
    WHEN 'p' THEN 'PRIMARY KEY (' || (
      SELECT string_agg(quote_ident(x.column_name) || ' ' || x.direction, ', ' ORDER BY x.seq_in_index)
      FROM crdb.index_columns(k.conrelid) x
      WHERE x.index_name = crdb.index_name(k.conindid, true)
        AND NOT x.storing
    ) || ')'
    WHEN 'u' THEN 'UNIQUE (' || cols || ')'
    WHEN 'c' THEN coalesce(
      'CHECK ((' || crdb.plain_constants(crdb.noted('expression', k.oid, k.conrelid)) || '))' || CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END,
      crdb.expression(pg_catalog.pg_get_constraintdef(k.oid))
    )
    ELSE crdb.foreign_key(k.oid)
  END
  FROM pg_catalog.pg_constraint k,
    LATERAL (
      SELECT string_agg(quote_ident(a.attname) || ' ASC', ', ' ORDER BY array_position(k.conkey, a.attnum)) AS cols
      FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = k.conrelid
        AND a.attnum = ANY (k.conkey)
    ) c
  WHERE k.oid = id
$$;
