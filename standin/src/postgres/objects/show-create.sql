-- What SHOW CREATE prints (cockroachlabs.com/docs/stable/show-create).

-- The column families that tables were created with: PostgreSQL has none, so they are only noted here.
CREATE TABLE crdb.standin_families (
  rel oid NOT NULL,
  place int4 NOT NULL,
  name text NOT NULL,
  -- Their numbers, in the family's order.
  columns int2[] NOT NULL,
  PRIMARY KEY (rel, place)
);
GRANT SELECT ON crdb.standin_families TO PUBLIC;
CREATE FUNCTION crdb.note_family(target regclass, number int4, called text, cols text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_class WHERE oid = target AND crdb_standin.pg_has_role(session_user, relowner, 'USAGE')) THEN
    INSERT INTO crdb.standin_families
    VALUES (
      target,
      number,
      called,
      ARRAY(
        SELECT a.attnum
        FROM unnest(cols) WITH ORDINALITY AS c(name, n)
        JOIN pg_attribute a ON a.attrelid = target AND a.attname = c.name
        ORDER BY c.n
      )
    )
    ON CONFLICT (rel, place) DO UPDATE SET name = excluded.name, columns = excluded.columns;
  END IF;
END
$$;

-- Puts a column that was just added into a family: `ADD COLUMN … [CREATE [IF NOT EXISTS]] FAMILY called`.
CREATE FUNCTION crdb.add_to_family(target regclass, col text, called text, creates bool, may_exist bool) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  added int2;
  found int4;
  next int4;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM pg_class WHERE oid = target AND crdb_standin.pg_has_role(session_user, relowner, 'USAGE')
  ) THEN
    RETURN;
  END IF;
  SELECT attnum INTO added FROM pg_attribute WHERE attrelid = target AND attname = col;
  IF NOT EXISTS (SELECT 1 FROM crdb.standin_families WHERE rel = target) THEN
    INSERT INTO crdb.standin_families
    SELECT target, 0, 'primary', coalesce(array_agg(attnum ORDER BY attnum), '{}')
    FROM pg_attribute
    WHERE attrelid = target
      AND attnum > 0
      AND NOT attisdropped;
  END IF;
  UPDATE crdb.standin_families
  SET columns = array_remove(columns, added)
  WHERE rel = target;
  SELECT max(place) FILTER (WHERE name = called), max(place) + 1
  INTO found, next
  FROM crdb.standin_families
  WHERE rel = target;
  IF found IS NULL AND NOT creates THEN
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = crdb_standin.format('[XXUUU]unknown family "%s"', called);
  ELSIF found IS NOT NULL AND creates AND NOT may_exist THEN
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = crdb_standin.format('[XXUUU]family "%s" already exists', called);
  END IF;
  INSERT INTO crdb.standin_families
  VALUES (target, coalesce(found, next), coalesce(called, 'fam_' || next::text || '_' || col), ARRAY[added])
  ON CONFLICT (rel, place) DO UPDATE SET columns = standin_families.columns || added;
END
$$;

-- The statements that would give a table, its columns, indexes and constraints their comments, each after a semicolon.
CREATE FUNCTION crdb.show_comments(rel regclass) RETURNS text
LANGUAGE sql STABLE AS $$
  WITH t AS (
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = rel
  ),
  commented AS (
    SELECT 1 AS part, objsubid::int8 AS n, 'TABLE ' || t.name AS what, description
    FROM t, pg_catalog.pg_description
    WHERE objoid = rel
      AND classoid = 'pg_catalog.pg_class'::regclass
      AND objsubid = 0
    UNION ALL
    SELECT 2, a.attnum::int8, 'COLUMN ' || t.name || '.' || quote_ident(a.attname), d.description
    FROM t, pg_catalog.pg_description d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = rel AND a.attnum = d.objsubid
    WHERE d.objoid = rel
      AND d.classoid = 'pg_catalog.pg_class'::regclass
      AND NOT a.attisdropped
    UNION ALL
    SELECT 3,
      i.indexrelid::int8,
      'INDEX ' || t.name || '@' || quote_ident(crdb.index_name(i.indexrelid, i.indisprimary)),
      d.description
    FROM t, pg_catalog.pg_index i
    JOIN pg_catalog.pg_description d ON d.objoid = i.indexrelid
    WHERE i.indrelid = rel
      AND d.classoid = 'pg_catalog.pg_class'::regclass
    UNION ALL
    SELECT 4,
      k.oid::int8,
      'CONSTRAINT ' || quote_ident(
        CASE k.contype WHEN 'p' THEN crdb.index_name(k.conindid, true) ELSE crdb.plain_name(k.conname) END
      ) || ' ON ' || t.name,
      d.description
    FROM t, pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_description d ON d.objoid = k.oid
    WHERE k.conrelid = rel
      AND d.classoid = 'pg_catalog.pg_constraint'::regclass
  )
  SELECT coalesce(
    string_agg(E';\nCOMMENT ON ' || what || ' IS ' || quote_literal(description), '' ORDER BY part, commented.n),
    ''
  )
  FROM commented
$$;

-- A table: one line for each column, constraint, index and family, in the order of `part`.
CREATE FUNCTION crdb.show_create(rel regclass) RETURNS text
LANGUAGE sql STABLE AS $$
  WITH cols AS (
    SELECT attnum::int8 AS attnum,
      attnum AS num,
      quote_ident(attname) AS name,
      quote_ident(attname) || ' ' || crdb.type_name(atttypid, atttypmod) || crdb.collate_clause(attcollation)
        || CASE WHEN crdb.is_hidden(rel, attnum) THEN ' NOT VISIBLE' ELSE '' END
        || CASE WHEN attnotnull THEN ' NOT NULL' ELSE ' NULL' END
        || CASE
          WHEN attgenerated = '' THEN coalesce(' DEFAULT ' || crdb.default_of(rel, attnum), '')
          ELSE ' AS (' || crdb.computed_by(rel, attnum) || ') ' || (
            SELECT CASE WHEN crdb.noted('virtual', d.oid, rel) IS NULL THEN 'STORED' ELSE 'VIRTUAL' END
            FROM pg_catalog.pg_attrdef d
            WHERE d.adrelid = rel
              AND d.adnum = attnum
          )
        END AS line
    FROM pg_catalog.pg_attribute
    WHERE attrelid = rel
      AND attnum > 0
      AND NOT attisdropped
  ),
  ix AS (
    SELECT i.indexrelid,
      crdb.plain_name(c.relname) AS relname,
      i.indisunique,
      coalesce(
        ' WHERE ' || coalesce(
          crdb.noted('expression', i.indexrelid, rel),
          crdb.expression(pg_catalog.pg_get_expr(i.indpred, rel, true))
        ),
        ''
      ) AS pred,
      a.amname = 'gin' AS inverted,
      coalesce(' USING HASH WITH BUCKET_COUNT = ' || crdb.noted('buckets', i.indexrelid, rel), '') AS hash
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am a ON a.oid = c.relam
    WHERE i.indrelid = rel
      AND NOT i.indisprimary
  ),
  lines AS (
    SELECT 1 AS part, attnum AS n, line
    FROM cols
    UNION ALL
    SELECT 2,
      0,
      'CONSTRAINT ' || quote_ident(crdb.index_name(conindid, true)) || ' ' || crdb.constraint_details(oid)
        || coalesce(' USING HASH WITH BUCKET_COUNT = ' || crdb.noted('buckets', conindid, rel), '')
    FROM pg_catalog.pg_constraint
    WHERE conrelid = rel
      AND contype = 'p'
    UNION ALL
    SELECT 3,
      oid::int8,
      'CONSTRAINT ' || quote_ident(conname) || ' '
        || regexp_replace(crdb.foreign_key(oid), 'REFERENCES (?!\w+\.)', 'REFERENCES public.')
    FROM pg_catalog.pg_constraint
    WHERE conrelid = rel
      AND contype = 'f'
    UNION ALL
    SELECT 4,
      crdb.index_age(indexrelid, rel),
      CASE WHEN indisunique THEN 'UNIQUE ' WHEN inverted THEN 'INVERTED ' ELSE '' END || 'INDEX '
        || quote_ident(relname) || ' (' || (
          SELECT string_agg(
            quote_ident(x.column_name) || CASE WHEN inverted THEN '' ELSE ' ' || x.direction END,
            ', ' ORDER BY x.seq_in_index
          )
          FROM crdb.index_columns(rel) x
          WHERE x.index_name = relname
            AND NOT x.implicit
            AND NOT x.storing
        ) || ')' || hash
        || coalesce(
          ' STORING (' || (
            SELECT string_agg(quote_ident(x.column_name), ', ' ORDER BY x.seq_in_index)
            FROM crdb.index_columns(rel) x
            WHERE x.index_name = relname
              AND x.storing
          ) || ')',
          ''
        ) || pred
    FROM ix
    UNION ALL
    -- Columns that were not assigned to a family belong to the first one.
    SELECT 5,
      f.place,
      'FAMILY ' || quote_ident(f.name) || ' (' || (
        SELECT string_agg(cols.name, ', ' ORDER BY array_position(f.columns, num), attnum)
        FROM cols
        WHERE num = ANY (f.columns)
          OR (
            f.place = 0
            AND NOT EXISTS (SELECT 1 FROM crdb.standin_families o WHERE o.rel = $1 AND num = ANY (o.columns))
          )
      ) || ')'
    FROM crdb.standin_families f
    WHERE f.rel = $1
    UNION ALL
    SELECT 5, 0, 'FAMILY "primary" (' || (SELECT string_agg(name, ', ' ORDER BY attnum) FROM cols) || ')'
    WHERE NOT EXISTS (SELECT 1 FROM crdb.standin_families o WHERE o.rel = $1)
    UNION ALL
    SELECT 6,
      oid::int8,
      'CONSTRAINT ' || quote_ident(conname) || ' CHECK (' || crdb.check_condition(oid) || ')'
        || CASE WHEN convalidated THEN '' ELSE ' NOT VALID' END
    FROM pg_catalog.pg_constraint
    WHERE conrelid = rel
      AND contype = 'c'
  )
  SELECT 'CREATE TABLE ' || n.nspname || '.' || quote_ident(c.relname) || E' (\n\t'
    || (SELECT string_agg(line, E',\n\t' ORDER BY part, lines.n) FROM lines) || E'\n)'
    || crdb.show_comments(rel)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = rel
$$;

-- The query of a view.
CREATE FUNCTION crdb.view_query(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    crdb.noted('expression', rel, rel),
    replace(
      replace(
        trim(regexp_replace(pg_catalog.pg_get_viewdef(rel), '\s+', ' ', 'g'), ' ;'),
        'crdb.', ''
      ),
      'public.', quote_ident(current_database()) || '.public.'
    )
  )
$$;

CREATE FUNCTION crdb.show_create_view(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE c.relkind WHEN 'm' THEN 'CREATE MATERIALIZED VIEW ' ELSE 'CREATE VIEW ' END || n.nspname || '.' || quote_ident(c.relname)
    || ' (' || (
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
      FROM pg_catalog.pg_attribute
      WHERE attrelid = rel
        AND attnum > 0
    ) || ') AS ' || crdb.view_query(rel)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = rel
$$;

CREATE FUNCTION crdb.show_create_sequence(rel regclass) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT 'CREATE SEQUENCE ' || n.nspname || '.' || quote_ident(c.relname)
    || ' MINVALUE ' || s.seqmin::text
    || ' MAXVALUE ' || s.seqmax::text
    || ' INCREMENT ' || s.seqincrement::text
    || ' START ' || s.seqstart::text
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
  WHERE c.oid = rel
$$;
