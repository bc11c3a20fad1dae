-- Makes the integers of a table that a query made INT8. PostgreSQL says int4 of constants and of lengths; this makes an
-- INT8 of a column that the query took from an INT4 column, too.
CREATE FUNCTION crdb.widen_integers(made regclass) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  changes text;
BEGIN
  SELECT string_agg(
    crdb_standin.format(
      'ALTER COLUMN %I TYPE %s', attname, CASE atttypid WHEN 'int4'::regtype THEN 'int8' ELSE 'int8[]' END
    ),
    ', '
  )
  INTO changes
  FROM pg_catalog.pg_attribute
  WHERE attrelid = made
    AND attnum > 0
    AND atttypid IN ('int4'::regtype, 'int4[]'::regtype);
  IF changes IS NOT NULL THEN
    EXECUTE crdb_standin.format('ALTER TABLE %s %s', made, changes);
  END IF;
END
$$;

-- CockroachDB changes no rows through a view; PostgreSQL does through a simple one, unless a trigger prevents it.
CREATE FUNCTION crdb.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = '42809', MESSAGE = '"' || TG_TABLE_NAME || '" is not a table';
END
$$;

-- Throws 42830 for a foreign key of this transaction that would set NULL in a column that does not take it.
CREATE FUNCTION crdb.check_actions(rel oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wrong record;
BEGIN
  SELECT crdb_standin.format('%s.%s.%s.%s', current_database(), n.nspname, c.relname, a.attname) AS col,
    'n' IN (k.confdeltype, k.confupdtype) AS to_null
  INTO wrong
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
  WHERE k.conrelid = rel
    AND k.contype = 'f'
    AND k.xmin = crdb_hidden.pg_current_xact_id()::xid
    AND a.attnotnull
    AND (
      'n' IN (k.confdeltype, k.confupdtype)
      OR ('d' IN (k.confdeltype, k.confupdtype) AND NOT a.atthasdef)
    )
  LIMIT 1;
  IF wrong.col IS NOT NULL THEN
    RAISE EXCEPTION USING
      ERRCODE = '42830',
      MESSAGE = crdb_standin.format(
        'cannot add a SET %s cascading action on column "%s" which has a NOT NULL constraint%s',
        CASE WHEN wrong.to_null THEN 'NULL' ELSE 'DEFAULT' END,
        wrong.col,
        CASE WHEN wrong.to_null THEN '' ELSE ' and a NULL default expression' END
      );
  END IF;
END
$$;

-- What CockroachDB does after it has created a table. After every CREATE and ALTER, the table gets the grants of the
-- database, admin may use it, and its constraints get CockroachDB's names.
CREATE FUNCTION crdb.after_ddl() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made record;
  granted record;
  named record;
  name text;
BEGIN
  FOR made IN
    SELECT c.oid, c.relkind, e.command_tag
    FROM crdb_standin.pg_event_trigger_ddl_commands() e
    JOIN pg_class c ON c.oid = e.objid
    WHERE e.classid = 'pg_class'::regclass
      AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
      AND e.schema_name !~ '^(pg_|crdb)'
  LOOP
    IF made.command_tag LIKE 'CREATE%' OR made.command_tag = 'SELECT INTO' THEN
      IF made.command_tag = 'CREATE VIEW' AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = made.oid) THEN
        EXECUTE crdb_standin.format(
          'CREATE TRIGGER no_change BEFORE INSERT OR UPDATE OR DELETE ON %s EXECUTE FUNCTION crdb.refuse_change()',
          made.oid::regclass
        );
        -- PostgreSQL fires the trigger only where another handles the rows.
        EXECUTE crdb_standin.format(
          'CREATE TRIGGER no_change_of_row INSTEAD OF INSERT OR UPDATE OR DELETE ON %s
          FOR EACH ROW EXECUTE FUNCTION crdb.refuse_change()',
          made.oid::regclass
        );
      END IF;
      PERFORM crdb.apply_grant(made.oid, made.relkind, 'admin', 'ALL');
      FOR granted IN SELECT grantee, privilege FROM crdb.standin_database_grants LOOP
        PERFORM crdb.apply_grant(made.oid, made.relkind, granted.grantee, granted.privilege);
      END LOOP;
    END IF;
    IF made.command_tag IN ('CREATE TABLE AS', 'SELECT INTO') THEN
      PERFORM crdb.widen_integers(made.oid);
      PERFORM crdb.add_rowid(made.oid);
    END IF;
    IF made.relkind = 'r' THEN
      PERFORM crdb.check_actions(made.oid);
    END IF;
    FOR named IN
      SELECT k.oid,
        k.conname,
        k.contype,
        t.relname,
        k.conrelid::regclass AS rel,
        coalesce(f.relname, '') AS target,
        (
          SELECT string_agg(a.attname, '_' ORDER BY array_position(k.conkey, a.attnum))
          FROM pg_attribute a
          WHERE a.attrelid = k.conrelid
            AND a.attnum = ANY (k.conkey)
        ) AS cols
      FROM pg_constraint k
      JOIN pg_class t ON t.oid = k.conrelid
      LEFT JOIN pg_class f ON f.oid = k.confrelid
      WHERE k.conrelid = made.oid
        AND k.contype IN ('f', 'c')
      ORDER BY k.oid
    LOOP
      -- Only a name that PostgreSQL made up is replaced; such a name contains at least the beginning of the table's
      -- name.
      IF named.contype = 'f'
        AND named.conname ~ ('^' || regexp_replace(left(named.relname, 20), '\W', '.', 'g') || '.*_fkey\d*$')
      THEN
        name := 'fk_' || named.cols || '_ref_' || named.target;
      ELSIF named.contype = 'c'
        AND named.conname ~ ('^' || regexp_replace(left(named.relname, 20), '\W', '.', 'g') || '.*_check\d*$')
      THEN
        name := 'check_' || coalesce(named.cols, '');
      ELSE
        CONTINUE;
      END IF;
      -- A name that is taken already gets the first number that makes it free.
      SELECT name || CASE n WHEN 0 THEN '' ELSE n::text END INTO name
      FROM generate_series(0, (SELECT count(*) FROM pg_constraint WHERE conrelid = made.oid)) n
      WHERE NOT EXISTS (
        SELECT 1
        FROM pg_constraint
        WHERE conrelid = made.oid
          AND conname = name || CASE n WHEN 0 THEN '' ELSE n::text END
      )
      ORDER BY n
      LIMIT 1;
      EXECUTE crdb_standin.format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', named.rel, named.conname, name);
    END LOOP;
  END LOOP;
END
$$;
CREATE EVENT TRIGGER crdb_after_ddl ON ddl_command_end
WHEN TAG IN (
  'CREATE TABLE',
  'CREATE TABLE AS',
  'CREATE VIEW',
  'CREATE MATERIALIZED VIEW',
  'CREATE SEQUENCE',
  'ALTER TABLE',
  'SELECT INTO'
)
EXECUTE FUNCTION crdb.after_ddl();
