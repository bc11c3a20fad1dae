-- Privileges on a database, as CockroachDB keeps them: they reach the tables that are made later (cockroachlabs.com/docs/stable/grant).
CREATE TABLE crdb.database_grants (grantee text NOT NULL, privilege text NOT NULL, PRIMARY KEY (grantee, privilege));
GRANT SELECT ON crdb.database_grants TO PUBLIC;

CREATE FUNCTION crdb.may_grant() RETURNS bool LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_catalog.pg_has_role(session_user, 'admin', 'MEMBER')
    OR EXISTS (SELECT 1 FROM crdb.database_grants WHERE grantee = session_user AND privilege IN ('ALL', 'GRANT'))
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database() AND pg_catalog.pg_has_role(session_user, datdba, 'MEMBER')) $$;

CREATE FUNCTION crdb.apply_grant(target regclass, kind "char", who text, what text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF what NOT IN ('ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE') OR NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) THEN RETURN; END IF;
  IF kind = 'S' THEN
    EXECUTE format('GRANT %s ON SEQUENCE %s TO %I', CASE what WHEN 'ALL' THEN 'ALL' WHEN 'SELECT' THEN 'SELECT' ELSE 'UPDATE' END, target, who);
  ELSE
    EXECUTE format('GRANT %s ON %s TO %I', what, target, who);
  END IF;
END $$;
REVOKE ALL ON FUNCTION crdb.apply_grant(regclass, "char", text, text) FROM PUBLIC;

CREATE FUNCTION crdb.grant_database(privileges text[], grantees text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who text; what text;
BEGIN
  IF NOT crdb.may_grant() THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = format('user %s does not have GRANT privilege on database %s', session_user, current_database());
  END IF;
  FOREACH who IN ARRAY grantees LOOP
    IF who <> 'public' AND NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who AND rolname !~ '^pg_' AND NOT rolsuper) THEN
      RAISE EXCEPTION USING ERRCODE = '42704', MESSAGE = format('user or role %s does not exist', who);
    END IF;
    FOREACH what IN ARRAY privileges LOOP
      IF what = 'ALL' THEN DELETE FROM crdb.database_grants WHERE grantee = who; END IF;
      INSERT INTO crdb.database_grants SELECT who, what WHERE NOT EXISTS (SELECT 1 FROM crdb.database_grants WHERE grantee = who AND privilege = 'ALL') ON CONFLICT DO NOTHING;
      IF what IN ('ALL', 'CREATE') THEN
        EXECUTE format('GRANT CREATE ON SCHEMA public TO %I', who);
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), who);
      END IF;
    END LOOP;
  END LOOP;
END $$;

CREATE FUNCTION crdb.revoke_database(privileges text[], grantees text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who text; what text;
BEGIN
  IF NOT crdb.may_grant() THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = format('user %s does not have GRANT privilege on database %s', session_user, current_database());
  END IF;
  FOREACH who IN ARRAY grantees LOOP
    FOREACH what IN ARRAY privileges LOOP
      IF what <> 'ALL' AND EXISTS (SELECT 1 FROM crdb.database_grants WHERE grantee = who AND privilege = 'ALL') THEN
        DELETE FROM crdb.database_grants WHERE grantee = who;
        INSERT INTO crdb.database_grants SELECT who, x FROM unnest('{CREATE,DROP,GRANT,SELECT,INSERT,DELETE,UPDATE,ZONECONFIG}'::text[]) AS x;
      END IF;
      DELETE FROM crdb.database_grants WHERE grantee = who AND (what = 'ALL' OR privilege = what);
      IF what IN ('ALL', 'CREATE') AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) THEN
        EXECUTE format('REVOKE CREATE ON SCHEMA public FROM %I', who);
        EXECUTE format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), who);
      END IF;
    END LOOP;
  END LOOP;
END $$;

-- After every CREATE and ALTER: database grants reach the new table, admin may use it, and constraints get CockroachDB's names.
CREATE FUNCTION crdb.after_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made record; granted record; named record; name text;
BEGIN
  FOR made IN SELECT c.oid, c.relkind, e.command_tag FROM pg_event_trigger_ddl_commands() e JOIN pg_class c ON c.oid = e.objid
      WHERE e.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'v', 'm', 'S', 'p') AND e.schema_name !~ '^(pg_|crdb)' LOOP
    IF made.command_tag LIKE 'CREATE%' OR made.command_tag = 'SELECT INTO' THEN
      PERFORM crdb.apply_grant(made.oid, made.relkind, 'admin', 'ALL');
      FOR granted IN SELECT grantee, privilege FROM crdb.database_grants LOOP
        PERFORM crdb.apply_grant(made.oid, made.relkind, granted.grantee, granted.privilege);
      END LOOP;
    END IF;
    FOR named IN SELECT k.oid, k.conname, k.contype, t.relname, k.conrelid::regclass AS rel, coalesce(f.relname, '') AS target,
        (SELECT string_agg(a.attname, '_' ORDER BY array_position(k.conkey, a.attnum)) FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) AS cols
        FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid WHERE k.conrelid = made.oid AND k.contype IN ('f', 'c') LOOP
      IF named.contype = 'f' AND named.conname ~ ('^' || regexp_replace(left(named.relname, 20), '\W', '.', 'g') || '.*_fkey\d*$') THEN
        name := 'fk_' || replace(named.cols, '_', '_') || '_ref_' || named.target;
      ELSIF named.contype = 'c' AND named.conname ~ ('^' || regexp_replace(left(named.relname, 20), '\W', '.', 'g') || '.*_check\d*$') THEN
        name := 'check_' || coalesce(named.cols, '');
      ELSE
        CONTINUE;
      END IF;
      name := name || coalesce((SELECT max(n)::text FROM generate_series(1, 50) n WHERE EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = made.oid AND conname = name || CASE n WHEN 1 THEN '' ELSE (n - 1)::text END)
        ), '');
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', named.rel, named.conname, name);
    END LOOP;
  END LOOP;
END $$;
CREATE EVENT TRIGGER crdb_after_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'CREATE VIEW', 'CREATE MATERIALIZED VIEW', 'CREATE SEQUENCE', 'ALTER TABLE', 'SELECT INTO')
  EXECUTE FUNCTION crdb.after_ddl();
