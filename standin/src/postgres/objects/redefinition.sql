-- LIKE and ALTER PRIMARY KEY: what PostgreSQL does otherwise.

-- Copies notes from a table to one that is like it, and gives its indexes the same names.
CREATE FUNCTION crdb.copy_definition(target regclass, source regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pair record;
  implicit record;
BEGIN
  -- The key that the other table got because it has none is not copied, and shard columns only with their indexes.
  FOR implicit IN
    SELECT a.attname,
      a.attgenerated <> '' AS is_shard,
      (
        SELECT pg_get_expr(d.adbin, source)
        FROM pg_attrdef d
        WHERE d.adrelid = source
          AND d.adnum = a.attnum
      ) AS computed
    FROM pg_attribute a
    WHERE a.attrelid = source
      AND crdb.is_hidden(source, a.attnum)
      AND (
        a.attname ~ '^crdb_internal_.*_shard_\d+$'
        OR EXISTS (
          SELECT 1
          FROM pg_index i
          WHERE i.indrelid = source
            AND i.indisprimary
            AND i.indkey[0] = a.attnum
            AND crdb.is_hidden_index(i.indexrelid)
        )
      )
  LOOP
    EXECUTE crdb_standin.format('ALTER TABLE %s DROP COLUMN %I', target, implicit.attname);
    IF implicit.is_shard THEN
      EXECUTE crdb_standin.format(
        'ALTER TABLE %s ADD COLUMN %I int4 NOT NULL GENERATED ALWAYS AS (%s) STORED',
        target, implicit.attname, implicit.computed
      );
      PERFORM crdb.hide_columns(target, ARRAY[implicit.attname::text]);
    END IF;
  END LOOP;
  FOR pair IN
    WITH described AS (
      SELECT i.indrelid,
        i.indexrelid,
        i.indisprimary,
        array_to_string(
          ARRAY[
            i.indisunique::text,
            i.indisprimary::text,
            i.indoption::text,
            pg_get_expr(i.indpred, i.indrelid),
            (
              SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ',' ORDER BY n)
              FROM generate_series(1, i.indnatts) n
            )
          ],
          ' ', ''
        ) AS text_of
      FROM pg_index i
      WHERE i.indrelid IN (target, source)
    ),
    numbered AS (
      SELECT d.*, row_number() OVER (PARTITION BY d.indrelid, d.text_of ORDER BY d.indexrelid) AS n
      FROM described d
    )
    SELECT t.indexrelid AS to_id, s.indexrelid AS from_id, t.indisprimary AS is_key
    FROM numbered t
    JOIN numbered s ON s.text_of = t.text_of AND s.n = t.n
    WHERE t.indrelid = target
      AND s.indrelid = source
  LOOP
    IF NOT pair.is_key THEN
      PERFORM crdb.name_index(pair.to_id, crdb.index_name(pair.from_id, false));
    END IF;
    PERFORM crdb.copy_notes(target, pair.to_id, source, pair.from_id);
  END LOOP;
  PERFORM crdb.copy_notes(target, td.oid, source, sd.oid)
  FROM pg_attribute t
  JOIN pg_attribute s ON s.attrelid = source AND s.attname = t.attname
  JOIN pg_attrdef td ON td.adrelid = target AND td.adnum = t.attnum
  JOIN pg_attrdef sd ON sd.adrelid = source AND sd.adnum = s.attnum
  WHERE t.attrelid = target;
  PERFORM crdb.copy_notes(target, t.oid, source, s.oid)
  FROM pg_constraint t
  JOIN pg_constraint s ON s.conrelid = source AND s.conname = t.conname AND s.contype = 'c'
  WHERE t.conrelid = target
    AND t.contype = 'c';
  PERFORM crdb.drop_shards(target);
END
$$;

-- Copies the notes on one object to another. The columns that they name have other numbers there.
CREATE FUNCTION crdb.copy_notes(target regclass, to_id oid, source regclass, from_id oid) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(target, k.kind, to_id, k.marked)
  FROM (
    SELECT kind,
      (
        SELECT string_agg(
          CASE WHEN p.n % 2 = 1 THEN p.piece ELSE E'\x01' || a.attname || E'\x01' END,
          '' ORDER BY p.n
        )
        FROM unnest(string_to_array(note, E'\x01')) WITH ORDINALITY AS p(piece, n)
        LEFT JOIN pg_catalog.pg_attribute a ON p.n % 2 = 0 AND a.attrelid = source AND a.attnum::text = p.piece
      ) AS marked
    FROM crdb.standin_notes
    WHERE id = from_id
  ) k
$$;

-- Orders indexes by when they were made. A new primary key rewrites the others, so that they count as made after the
-- unique index of the old key; the ages of two that were rewritten together differ by their oids, as before.
CREATE FUNCTION crdb.index_age(index_oid oid, rel regclass) RETURNS int8
LANGUAGE sql STABLE
RETURN coalesce(crdb.noted('rewritten', index_oid, rel)::int8 + 1, index_oid::int8) * 4294967296 + index_oid::int8;

-- Whether an index can stay as it is with another primary key: a unique one of NOT NULL columns that has the key's.
CREATE FUNCTION crdb.keeps_with_key(index_oid oid, cols text[]) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT i.indisunique AND cols <@ array_agg(a.attname::text)
    AND bool_and(a.attnotnull OR k.n > i.indnkeyatts)
  FROM pg_catalog.pg_index i,
    unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
    JOIN pg_catalog.pg_attribute a ON a.attnum = k.attnum
  WHERE i.indexrelid = index_oid
    AND a.attrelid = i.indrelid
  GROUP BY i.indisunique
$$;

-- Makes these columns the primary key. The old key, if it was not rowid, becomes a unique index
-- (cockroachlabs.com/docs/stable/alter-primary-key).
CREATE FUNCTION crdb.alter_primary_key(rel regclass, cols text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  col text;
  old_key text[] := crdb.key_columns(rel);
  old_name text;
  old_index oid;
  had_rowid bool := EXISTS (
    SELECT 1
    FROM pg_index
    WHERE indrelid = rel
      AND indisprimary
      AND crdb.is_hidden_index(indexrelid)
  );
BEGIN
  FOREACH col IN ARRAY cols LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = rel AND attname = col AND attnum > 0) THEN
      RAISE EXCEPTION USING ERRCODE = '42703', MESSAGE = crdb_standin.format('column "%s" does not exist', col);
    END IF;
    IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = rel AND attname = col AND NOT attnotnull) THEN
      RAISE EXCEPTION USING
        ERRCODE = '42P15',
        MESSAGE = crdb_standin.format('cannot use nullable column "%s" in primary key', col);
    END IF;
  END LOOP;
  SELECT conname INTO old_name FROM pg_constraint WHERE conrelid = rel AND contype = 'p';
  IF old_name IS NOT NULL THEN
    EXECUTE crdb_standin.format('ALTER TABLE %s DROP CONSTRAINT %I', rel, old_name);
  END IF;
  EXECUTE crdb_standin.format(
    'ALTER TABLE %s ADD PRIMARY KEY (%s)',
    rel,
    (SELECT string_agg(quote_ident(c), ', ' ORDER BY n) FROM unnest(cols) WITH ORDINALITY AS k(c, n))
  );
  IF old_name IS NOT NULL AND old_key <> cols AND NOT had_rowid THEN
    EXECUTE crdb_standin.format(
      'CREATE UNIQUE INDEX %I ON %s (%s)',
      left((SELECT relname FROM pg_class WHERE oid = rel) || '_' || array_to_string(old_key, '_'), 40)
        || '_key@##k' || rel::oid,
      rel,
      (SELECT string_agg(quote_ident(c), ', ' ORDER BY n) FROM unnest(old_key) WITH ORDINALITY AS k(c, n))
    );
    SELECT max(indexrelid) INTO old_index FROM pg_index WHERE indrelid = rel;
    PERFORM crdb.note(rel, 'rewritten', indexrelid, old_index::text)
    FROM pg_index
    WHERE indrelid = rel
      AND indexrelid <> old_index
      AND NOT indisprimary
      AND NOT crdb.keeps_with_key(indexrelid, cols);
  END IF;
END
$$;
