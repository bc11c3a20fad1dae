-- In CockroachDB the names of indexes, and of the constraints that have one, are unique to their table; in PostgreSQL to
-- their schema. So the stand-in gives each a name with a mark after it, `by_city@#k3f`. Where the name without the mark
-- is free in the schema, the index gets it; otherwise it keeps its mark, which nothing shows.

-- A name as the client gave it.
CREATE FUNCTION crdb.plain_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN pg_catalog.regexp_replace(name, '@##?[0-9a-z]+$', '');

-- The name of an index; `primary` for a primary key whose author chose no name.
CREATE FUNCTION crdb.index_name(index_oid oid, is_primary bool) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN is_primary AND relname ~ '_pkey\d*$' THEN 'primary' ELSE crdb.plain_name(relname) END
  FROM pg_catalog.pg_class
  WHERE oid = index_oid
$$;

-- Gives an index the name `wanted`, with a mark if it is taken by another object of the schema.
CREATE FUNCTION crdb.name_index(index_oid oid, wanted text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, crdb_standin, pg_temp AS $$
DECLARE
  taken bool;
BEGIN
  SELECT EXISTS (SELECT 1 FROM pg_class o WHERE o.relnamespace = c.relnamespace AND o.relname = wanted)
  INTO taken
  FROM pg_class c
  WHERE c.oid = index_oid;
  EXECUTE format(
    'ALTER INDEX %s RENAME TO %I',
    index_oid::regclass,
    CASE WHEN taken THEN left(wanted, 50) || '@#' || index_oid ELSE wanted END
  );
END
$$;

-- Names the indexes of a table that have a mark, or, among those `made` now, a number that PostgreSQL gave them because
-- another table has an index of that name. A name that the statement did not give (`@##`) gets a number where the table
-- has it already. Throws 42P07 when the table has a given name already.
CREATE FUNCTION crdb.name_indexes(rel oid, made oid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, crdb_standin, pg_temp AS $$
DECLARE
  named record;
  wanted text;
BEGIN
  FOR named IN
    SELECT i.indexrelid AS id, c.relname, i.indisprimary, crdb.plain_name(c.relname) AS plain
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = rel
      AND (c.relname ~ '@#' OR (c.relname ~ '(_idx|_key)\d+$' AND i.indexrelid = ANY (made)))
    ORDER BY 1
  LOOP
    wanted := CASE WHEN named.relname = named.plain THEN regexp_replace(named.plain, '\d+$', '') ELSE named.plain END;
    -- A primary key with such a name must keep its mark: without it, the name counts as PostgreSQL's own.
    CONTINUE WHEN named.indisprimary AND wanted ~ '^primary$|_pkey\d*$';
    -- The marks that `name_index` gives are for good.
    CONTINUE WHEN named.relname ~ '@#\d+$';
    IF named.relname !~ '@#[0-9a-z]' THEN
      SELECT wanted || coalesce(nullif(min(n), 0)::text, '')
      INTO wanted
      FROM generate_series(0, 99) n
      WHERE NOT crdb.has_index(rel, named.id, wanted || coalesce(nullif(n, 0)::text, ''));
    ELSIF crdb.has_index(rel, named.id, wanted) THEN
      RAISE EXCEPTION USING ERRCODE = '42P07', MESSAGE = format('relation "%s" already exists', wanted);
    END IF;
    IF wanted <> named.relname THEN
      PERFORM crdb.name_index(named.id, wanted);
    END IF;
  END LOOP;
END
$$;

-- Whether a table has an index of that name, other than `but`.
CREATE FUNCTION crdb.has_index(rel oid, but oid, name text) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1
    FROM pg_catalog.pg_index i
    WHERE i.indrelid = rel
      AND i.indexrelid <> but
      AND crdb.index_name(i.indexrelid, i.indisprimary) = name
  )
$$;

CREATE FUNCTION crdb.after_indexes() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM crdb.name_indexes(x.rel, x.made)
  FROM (
    SELECT coalesce(i.indrelid, e.objid) AS rel,
      CASE
        WHEN i.indexrelid IS NOT NULL THEN ARRAY[i.indexrelid]
        WHEN e.command_tag = 'CREATE TABLE' THEN ARRAY(SELECT indexrelid FROM pg_index WHERE indrelid = e.objid)
        ELSE '{}'
      END AS made
    FROM crdb_standin.pg_event_trigger_ddl_commands() e
    LEFT JOIN pg_index i ON i.indexrelid = e.objid
    WHERE e.classid = 'pg_class'::regclass
      AND e.schema_name !~ '^(pg_|crdb)'
  ) AS x;
END
$$;
CREATE EVENT TRIGGER crdb_after_indexes ON ddl_command_end
WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX', 'ALTER TABLE')
EXECUTE FUNCTION crdb.after_indexes();

-- The indexes of a name: those of one table, or else those in the schemas of search_path or in one schema. Each with
-- its name for PostgreSQL, the constraint that it belongs to, and how CockroachDB names its table in messages.
CREATE FUNCTION crdb.find_indexes(name text, of_table regclass, in_schema text) RETURNS TABLE (
  index_name text,
  constraint_name text,
  constraint_type text,
  table_name text,
  full_table_name text
)
LANGUAGE sql STABLE AS $$
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    quote_ident(k.conname),
    CASE WHEN i.indisprimary THEN 'p' ELSE k.contype::text END,
    quote_ident(n.nspname) || '.' || quote_ident(t.relname),
    quote_ident(pg_catalog.current_database()) || '.' || quote_ident(n.nspname) || '.' || quote_ident(t.relname)
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
  WHERE crdb_standin.is_client_schema(n.nspname)
    AND crdb.index_name(i.indexrelid, i.indisprimary) = name
    AND CASE
      WHEN of_table IS NOT NULL THEN i.indrelid = of_table
      WHEN in_schema IS NOT NULL THEN n.nspname = in_schema
      ELSE n.nspname = ANY (pg_catalog.current_schemas(false))
    END
  ORDER BY 5 DESC
$$;

-- Gives an index a mark when it has the name that a table, view or sequence is about to get: they share names in
-- PostgreSQL, and not in CockroachDB.
CREATE FUNCTION crdb.set_index_aside(index regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, crdb_standin, pg_temp AS $$
BEGIN
  EXECUTE (
    SELECT format('ALTER INDEX %s RENAME TO %I', index, left(relname, 50) || '@#' || oid)
    FROM pg_class
    WHERE oid = index
      AND relkind = 'i'
  );
END
$$;
