-- Hidden columns (cockroachlabs.com/docs/v21.1/create-table): `rowid`, the primary key of a table that was defined
-- without one, and those that are NOT VISIBLE. To PostgreSQL they are columns like others: a note on the table says which
-- are hidden, and statements are rewritten so that nobody sees them without naming them.

CREATE FUNCTION crdb.is_hidden(rel oid, attnum int2) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1
    FROM crdb.standin_notes
    WHERE kind = 'hidden'
      AND id = rel
      AND attnum::text = ANY (string_to_array(note, E'\x01'))
  )
$$;

-- Hides more columns of a table.
CREATE FUNCTION crdb.hide_columns(rel regclass, cols text[]) RETURNS void
LANGUAGE sql AS $$
  SELECT crdb.note(rel, 'hidden', rel::oid, string_agg(E'\x01' || name || E'\x01', ','))
  FROM (
    SELECT unnest(cols) AS name
    UNION
    SELECT attname::text
    FROM pg_catalog.pg_attribute
    WHERE attrelid = rel
      AND crdb.is_hidden(rel, attnum)
  ) AS hidden
$$;

-- Whether an index has hidden columns only: SHOW CONSTRAINTS and the like do not list the key of a table that was
-- defined without one.
CREATE FUNCTION crdb.is_hidden_index(index_oid oid) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT bool_and(crdb.is_hidden(i.indrelid, k.attnum))
  FROM pg_catalog.pg_index i, unnest(i.indkey::int2[]) AS k(attnum)
  WHERE i.indexrelid = index_oid
$$;

-- The name that `rowid` gets: with a number where the table has such a column.
CREATE FUNCTION crdb.free_rowid(rel regclass) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT 'rowid' || CASE n WHEN 0 THEN '' ELSE '_' || n END
  FROM pg_catalog.generate_series(0, 1600) AS n
  WHERE NOT EXISTS (
    SELECT 1
    FROM pg_catalog.pg_attribute
    WHERE attrelid = rel
      AND attname = 'rowid' || CASE n WHEN 0 THEN '' ELSE '_' || n END
  )
  ORDER BY n
  LIMIT 1
$$;

-- Gives a new table its hidden primary key, unless it has a key. The rows that CREATE TABLE AS has written are numbered
-- from the lowest integer on, as CockroachDB does.
CREATE FUNCTION crdb.add_rowid(rel regclass) RETURNS void
LANGUAGE plpgsql SET search_path = crdb, pg_catalog, pg_temp AS $$
DECLARE
  name text := crdb.free_rowid(rel);
BEGIN
  IF crdb.key_columns(rel) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE crdb_standin.format(
    'ALTER TABLE %s ADD COLUMN %I int8 DEFAULT (-9223372036854775808) + (nextval(%L) << 15)',
    rel, name, 'crdb.standin_rowid_seq'
  );
  EXECUTE crdb_standin.format(
    'ALTER TABLE %s ALTER COLUMN %I SET DEFAULT unique_rowid(), ADD PRIMARY KEY (%I)', rel, name, name
  );
  PERFORM crdb.hide_columns(rel, ARRAY[name]);
END
$$;

-- Removes the hidden primary key: with `keep`, only as a key.
CREATE FUNCTION crdb.drop_rowid(rel regclass, keep bool) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found record;
BEGIN
  SELECT a.attname, k.conname
  INTO found
  FROM pg_constraint k
  JOIN pg_attribute a ON a.attrelid = rel AND ARRAY[a.attnum] = k.conkey
  WHERE k.conrelid = rel
    AND k.contype = 'p'
    AND a.attname ~ '^rowid(_\d+)?$'
    AND crdb.is_hidden(rel, a.attnum);
  IF found.conname IS NULL THEN
    RETURN;
  END IF;
  EXECUTE crdb_standin.format('ALTER TABLE %s DROP CONSTRAINT %I', rel, found.conname);
  IF NOT keep THEN
    EXECUTE crdb_standin.format('ALTER TABLE %s DROP COLUMN %I', rel, found.attname);
  END IF;
END
$$;
