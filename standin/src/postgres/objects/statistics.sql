-- What CREATE STATISTICS has counted, for SHOW STATISTICS (cockroachlabs.com/docs/stable/create-statistics).
CREATE TABLE crdb.standin_statistics (
  rel oid NOT NULL,
  name text NOT NULL,
  column_names text[] NOT NULL,
  created timestamp NOT NULL,
  row_count int8 NOT NULL,
  distinct_count int8 NOT NULL,
  null_count int8 NOT NULL,
  PRIMARY KEY (rel, name, column_names)
);
GRANT SELECT ON crdb.standin_statistics TO PUBLIC;

-- The columns that statistics are about when none are named: those of each index, by themselves and the first of them
-- together, then all others.
CREATE FUNCTION crdb.statistics_columns(target oid) RETURNS SETOF text[]
LANGUAGE sql STABLE AS $$
  WITH indexes AS (
    SELECT index_name, array_agg(column_name ORDER BY seq_in_index) AS names
    FROM crdb.index_columns(target::regclass)
    WHERE NOT implicit
      AND NOT storing
    GROUP BY index_name
  )
  SELECT s.names
  FROM (
    SELECT ARRAY[i.names[p]] AS names, i.index_name <> 'primary' AS rank, i.index_name, p AS place
    FROM indexes i, generate_series(1, array_length(i.names, 1)) AS p
    UNION ALL
    SELECT i.names[:p], i.index_name <> 'primary', i.index_name, p
    FROM indexes i, generate_series(2, array_length(i.names, 1)) AS p
    UNION ALL
    SELECT ARRAY[attname::text], true, NULL, attnum
    FROM pg_catalog.pg_attribute
    WHERE attrelid = target
      AND attnum > 0
      AND NOT attisdropped
  ) s
  GROUP BY s.names
  ORDER BY min(s.rank::int), min(s.index_name) NULLS LAST, min(s.place), array_length(s.names, 1)
$$;

-- Counts the rows of a table, and the values of columns; NULL counts as a value. Empty `columns` stands for the usual.
CREATE FUNCTION crdb.create_statistics(target oid, called text, columns text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owned record;
  names text[];
  list text;
  nulls text;
  counted record;
BEGIN
  SELECT relname, relowner, relacl INTO owned FROM pg_class WHERE oid = target;
  IF NOT crdb.owns(owned.relowner) AND NOT crdb.has_entry(owned.relacl, 'SELECT', false) THEN
    PERFORM crdb.refuse_grant('SELECT', 'relation ' || owned.relname);
  END IF;
  FOR names IN
    SELECT columns
    WHERE columns <> '{}'
    UNION ALL
    SELECT c
    FROM crdb.statistics_columns(target) c
    WHERE columns = '{}'
  LOOP
    SELECT string_agg(quote_ident(n), ', '), string_agg(quote_ident(n) || ' IS NULL', ' AND ')
    INTO list, nulls
    FROM unnest(names) n;
    EXECUTE crdb_standin.format(
      'SELECT count(*) AS f1, (SELECT count(*) FROM (SELECT DISTINCT %s FROM %s) d) AS f2,
        count(*) FILTER (WHERE %s) AS f3 FROM %s',
      list,
      target::regclass,
      nulls,
      target::regclass
    ) INTO counted;
    INSERT INTO crdb.standin_statistics
    VALUES (target, called, names, clock_timestamp(), counted.f1, counted.f2, counted.f3)
    ON CONFLICT ON CONSTRAINT standin_statistics_pkey DO UPDATE
    SET created = EXCLUDED.created,
      row_count = EXCLUDED.row_count,
      distinct_count = EXCLUDED.distinct_count,
      null_count = EXCLUDED.null_count;
  END LOOP;
END
$$;
