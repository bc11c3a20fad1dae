-- The shard columns of hash-sharded indexes (cockroachlabs.com/docs/v21.1/hash-sharded-indexes): hidden columns whose
-- values say in which bucket a row is. PostgreSQL's indexes do without them, so that what refers to the key finds it.

-- A bucket: of the sum of the hashes of texts. `crdb.shard_text` is the text of a value as a cast to STRING has it.
CREATE FUNCTION crdb.shard(buckets int8, VARIADIC texts text[]) RETURNS int4
LANGUAGE sql IMMUTABLE SET search_path = crdb, pg_catalog, crdb_standin, pg_temp AS $$
  SELECT (sum(fnv(convert_to(coalesce(t, ''), 'UTF8'), 32, false))::numeric % buckets::numeric)::int4
  FROM unnest(texts) AS t
$$;
CREATE FUNCTION crdb.shard_text(value anyelement) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT value::text
$$;

-- Adds a shard column to a table, unless it has it, and hides it. Names of columns in `text_of` stand between two characters 1.
CREATE FUNCTION crdb.add_shard(rel regclass, col text, computed text, text_of text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = rel AND attname = col) THEN
    EXECUTE crdb_standin.format(
      'ALTER TABLE %s ADD COLUMN %I int4 NOT NULL GENERATED ALWAYS AS (%s) STORED', rel, col, computed
    );
  END IF;
  PERFORM crdb.note_column(rel, 'expression', col, text_of);
  PERFORM crdb.hide_columns(rel, ARRAY[col]);
END
$$;

-- The shard columns of a table's indexes.
CREATE FUNCTION crdb.index_shards(rel regclass) RETURNS TABLE (
  index_oid oid,
  index_name text,
  is_primary bool,
  is_unique bool,
  shard text
)
LANGUAGE sql STABLE AS $$
  SELECT i.indexrelid,
    crdb.index_name(i.indexrelid, i.indisprimary),
    i.indisprimary,
    i.indisunique,
    s.shard
  FROM pg_catalog.pg_index i,
    crdb.noted('shard', i.indexrelid, rel) AS s(shard)
  WHERE i.indrelid = rel
    AND s.shard <> ''
$$;

-- Removes the shard columns that no index of a table needs any more.
CREATE FUNCTION crdb.drop_shards(rel regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  unused name;
BEGIN
  FOR unused IN
    SELECT a.attname
    FROM pg_attribute a
    WHERE a.attrelid = rel
      AND a.attname ~ '^crdb_internal_.*_shard_\d+$'
      AND crdb.is_hidden(rel, a.attnum)
      AND NOT EXISTS (SELECT 1 FROM crdb.index_shards(rel) s WHERE s.shard = quote_ident(a.attname))
      AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = rel AND a.attnum = ANY (i.indkey::int2[]))
  LOOP
    EXECUTE crdb_standin.format('ALTER TABLE %s DROP COLUMN %I', rel, unused);
  END LOOP;
END
$$;

-- The columns of all indexes as SHOW INDEXES lists them: with shard columns, which come first in their own indexes. Those
-- of the primary key are implicit in other indexes.
CREATE FUNCTION crdb.listed_index_columns(rel regclass) RETURNS TABLE (
  index_name text,
  non_unique bool,
  seq_in_index int8,
  column_name text,
  direction text,
  storing bool,
  implicit bool
)
LANGUAGE sql STABLE AS $$
  WITH shards AS (
    SELECT *
    FROM crdb.index_shards(rel)
  ),
  cols AS (
    SELECT c.*,
      own.shard IS NOT NULL AS is_sharded,
      key.shard AS key_shard
    FROM crdb.index_columns(rel) c
    LEFT JOIN shards own ON own.index_name = c.index_name
    LEFT JOIN shards key ON key.is_primary AND key.index_name <> c.index_name AND key.shard IS DISTINCT FROM own.shard
  )
  SELECT cols.index_name,
    cols.non_unique,
    cols.seq_in_index + is_sharded::int4 + (cols.implicit AND key_shard IS NOT NULL)::int4,
    cols.column_name,
    cols.direction,
    cols.storing,
    cols.implicit
  FROM cols
  UNION ALL
  SELECT s.index_name, NOT s.is_unique, 1, s.shard, 'ASC', false, false
  FROM shards s
  UNION ALL
  SELECT cols.index_name,
    bool_and(cols.non_unique),
    max(cols.seq_in_index) FILTER (WHERE NOT cols.implicit) + bool_or(is_sharded)::int4 + 1,
    key_shard,
    'ASC',
    false,
    true
  FROM cols
  WHERE key_shard IS NOT NULL
  GROUP BY cols.index_name, key_shard
$$;
