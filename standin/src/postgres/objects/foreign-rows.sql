-- Reads a whole table, for a statement in another database: the names and types of its columns (an empty type for one
-- that other databases do not have), and its first rows, each an array of texts.
CREATE FUNCTION crdb.table_rows(rel regclass, most int8) RETURNS TABLE (columns json, rows json)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, crdb_standin, pg_temp
SET extra_float_digits = 3
SET bytea_output = 'hex'
SET datestyle = 'ISO'
SET intervalstyle = 'postgres' AS $$
DECLARE
  list text;
BEGIN
  SELECT json_agg(
      json_build_array(
        a.attname,
        CASE
          WHEN b.typnamespace = 'pg_catalog'::regnamespace
            AND (b.typelem = 0 OR b.typelem < 16384)
          THEN format_type(b.oid, CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END)
          ELSE ''
        END
      )
      ORDER BY a.attnum
    ),
    string_agg(format('r.%I::text', a.attname), ', ' ORDER BY a.attnum)
  INTO columns, list
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_type b ON b.oid = CASE WHEN t.typbasetype = 0 THEN t.oid ELSE t.typbasetype END
  WHERE a.attrelid = rel
    AND a.attnum > 0
    AND NOT a.attisdropped
    AND NOT crdb.is_hidden(rel, a.attnum);
  EXECUTE format(
    'SELECT json_agg(to_json(ARRAY[%s]::text[])) FROM (SELECT * FROM %s LIMIT %s) AS r', list, rel, most
  ) INTO rows;
  RETURN NEXT;
END
$$;

-- The rows that a setting holds, for the statement that needs them. The body knows its functions by their OIDs, because
-- nobody may use the schema where some of them are.
SET search_path = pg_catalog, crdb_standin, crdb_hidden;
CREATE FUNCTION crdb.foreign_rows(setting text) RETURNS TABLE (cells text[])
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT ARRAY(SELECT json_array_elements_text(line))
  FROM json_array_elements(crdb_standin.current_setting(setting)::json) AS line;
END;
RESET search_path;
