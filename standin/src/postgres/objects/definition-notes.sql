-- What tables were defined with and PostgreSQL does not keep in CockroachDB's form: expressions as SHOW CREATE prints
-- them, descending keys, the buckets of hash-sharded indexes. `id` is the oid of the default (pg_attrdef), the check
-- (pg_constraint) or the index. When PostgreSQL replaces one of these, its new oid has no note, and PostgreSQL's own
-- text is translated.
CREATE TABLE crdb.standin_notes (
  kind text NOT NULL,
  id oid NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (kind, id)
);
GRANT SELECT ON crdb.standin_notes TO PUBLIC;

-- Keeps a note on a table of the session's user, or on a part of it. Names of columns stand between two characters 1; they are kept as the
-- columns' numbers, so that they follow a renaming.
CREATE FUNCTION crdb.note(rel regclass, about text, noted_id oid, text_of text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kept text;
BEGIN
  IF NOT EXISTS (
      SELECT 1 WHERE noted_id = rel::oid
      UNION ALL
      SELECT 1 FROM pg_attrdef WHERE oid = noted_id AND adrelid = rel
      UNION ALL
      SELECT 1 FROM pg_constraint WHERE oid = noted_id AND conrelid = rel
      UNION ALL
      SELECT 1 FROM pg_index WHERE indexrelid = noted_id AND indrelid = rel
    )
    OR NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = rel AND crdb_standin.pg_has_role(session_user, relowner, 'USAGE'))
  THEN
    RETURN;
  END IF;
  SELECT string_agg(
    CASE WHEN n % 2 = 1 THEN piece ELSE E'\x01' || a.attnum || E'\x01' END,
    '' ORDER BY n
  )
  INTO kept
  FROM unnest(string_to_array(text_of, E'\x01')) WITH ORDINALITY AS p(piece, n)
  LEFT JOIN pg_attribute a ON n % 2 = 0 AND a.attrelid = rel AND a.attname = piece;
  INSERT INTO crdb.standin_notes
  VALUES (about, noted_id, coalesce(kept, ''))
  ON CONFLICT (kind, id) DO UPDATE SET note = coalesce(kept, '');
END
$$;

-- A note, with the present names of the columns; NULL when there is none.
CREATE FUNCTION crdb.noted(about text, noted_id oid, rel regclass) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT string_agg(
    CASE WHEN p.n % 2 = 1 THEN p.piece ELSE coalesce(quote_ident(a.attname), '') END,
    '' ORDER BY p.n
  )
  FROM crdb.standin_notes,
    unnest(string_to_array(note, E'\x01')) WITH ORDINALITY AS p(piece, n)
    LEFT JOIN pg_catalog.pg_attribute a ON p.n % 2 = 0 AND a.attrelid = rel AND a.attnum::text = p.piece
  WHERE kind = about
    AND id = noted_id
$$;

CREATE FUNCTION crdb.note_column(rel regclass, about text, col text, text_of text) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(rel, about, d.oid, text_of)
  FROM pg_catalog.pg_attrdef d
  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  WHERE d.adrelid = rel
    AND a.attname = col
$$;

-- Notes on the youngest checks of a table, in the order in which they were defined; NULL for one without a note.
CREATE FUNCTION crdb.note_checks(rel regclass, texts text[]) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(rel, 'expression', k.oid, texts[crdb_standin.cardinality(texts) + 1 - k.n])
  FROM (
    SELECT oid, row_number() OVER (ORDER BY oid DESC) AS n
    FROM pg_catalog.pg_constraint
    WHERE conrelid = rel
      AND contype = 'c'
  ) k
  WHERE k.n <= crdb_standin.cardinality(texts)
    AND texts[crdb_standin.cardinality(texts) + 1 - k.n] IS NOT NULL
$$;

-- A note on the youngest index of a table; with `is_key`, on its primary key.
CREATE FUNCTION crdb.note_index(rel regclass, about text, is_key bool, text_of text) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(rel, about, indexrelid, text_of)
  FROM pg_catalog.pg_index
  WHERE indrelid = rel
    AND indisprimary = is_key
  ORDER BY indexrelid DESC
  LIMIT 1
$$;

-- The query of a view.
CREATE FUNCTION crdb.note_view(rel regclass, text_of text) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(rel, 'expression', rel::oid, text_of)
$$;
