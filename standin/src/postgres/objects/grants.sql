-- Privileges on a database as CockroachDB has them: tables that are created later inherit them
-- (cockroachlabs.com/docs/stable/grant).
CREATE TABLE crdb.standin_database_grants (
  grantee text NOT NULL,
  privilege text NOT NULL,
  PRIMARY KEY (grantee, privilege)
);
GRANT SELECT ON crdb.standin_database_grants TO PUBLIC;

-- Who has which privileges on this database; admin and root always have all.
CREATE FUNCTION crdb.database_privileges() RETURNS TABLE (grantee text, privilege text)
LANGUAGE sql STABLE AS $$
  VALUES ('admin', 'ALL'), ('root', 'ALL')
  UNION
  SELECT grantee, privilege
  FROM crdb.standin_database_grants
$$;

-- Whether the client may grant privileges on this database.
CREATE FUNCTION crdb.may_grant() RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT crdb_standin.pg_has_role(session_user, 'admin', 'MEMBER')
    OR EXISTS (
      SELECT 1
      FROM crdb.standin_database_grants
      WHERE grantee = session_user
        AND privilege IN ('ALL', 'GRANT')
    )
    OR EXISTS (
      SELECT 1
      FROM pg_catalog.pg_database
      WHERE datname = pg_catalog.current_database()
        AND crdb_standin.pg_has_role(session_user, datdba, 'MEMBER')
    )
$$;

-- Throws 42501 when the client may not.
CREATE FUNCTION crdb.require_grant() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT crdb.may_grant() THEN
    RAISE EXCEPTION USING
      ERRCODE = '42501',
      MESSAGE = crdb_standin.format(
        'user %s does not have GRANT privilege on database %s',
        session_user,
        current_database()
      );
  END IF;
END
$$;

-- PostgreSQL's privilege on a table or sequence for CockroachDB's; NULL where it has none. Four of CockroachDB's stand
-- for others of PostgreSQL's: who may create foreign keys to a table has CREATE on it, who may empty it has DROP. The
-- other two, TRIGGER and MAINTAIN, let nobody do anything here.
CREATE FUNCTION crdb.table_privilege(what text, kind "char") RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN what IN ('ALL', 'SELECT', 'UPDATE') THEN what
    WHEN kind = 'S' THEN NULL
    WHEN what IN ('INSERT', 'DELETE') THEN what
    WHEN what = 'CREATE' THEN 'REFERENCES'
    WHEN what = 'DROP' THEN 'TRUNCATE'
    WHEN what = 'GRANT' THEN 'TRIGGER'
    WHEN what = 'ZONECONFIG' THEN 'MAINTAIN'
  END
$$;

-- Grants a privilege of the database on one of its tables or sequences.
CREATE FUNCTION crdb.apply_grant(target regclass, kind "char", who text, what text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  granted text := crdb.table_privilege(what, kind);
BEGIN
  IF granted IS NULL OR NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) THEN
    RETURN;
  END IF;
  EXECUTE crdb_standin.format('GRANT %s ON %s TO %I', granted, target, who);
END
$$;
REVOKE ALL ON FUNCTION crdb.apply_grant(regclass, "char", text, text) FROM PUBLIC;

CREATE FUNCTION crdb.grant_database(privileges text[], grantees text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who text;
  what text;
BEGIN
  PERFORM crdb.require_grant();
  FOREACH who IN ARRAY grantees LOOP
    IF who <> 'public'
      AND NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who AND rolname !~ '^pg_' AND NOT rolsuper)
    THEN
      RAISE EXCEPTION USING
        ERRCODE = 'XX000',
        MESSAGE = crdb_standin.format('[XXUUU]user or role %s does not exist', who);
    END IF;
    FOREACH what IN ARRAY privileges LOOP
      IF what = 'ALL' THEN
        DELETE FROM crdb.standin_database_grants WHERE grantee = who;
      END IF;
      INSERT INTO crdb.standin_database_grants
      SELECT who, what
      WHERE NOT EXISTS (SELECT 1 FROM crdb.standin_database_grants WHERE grantee = who AND privilege = 'ALL')
      ON CONFLICT DO NOTHING;
      IF what IN ('ALL', 'CREATE') THEN
        EXECUTE crdb_standin.format('GRANT CREATE ON SCHEMA public TO %I', who);
        EXECUTE crdb_standin.format('GRANT CREATE ON DATABASE %I TO %I', current_database(), who);
      END IF;
    END LOOP;
  END LOOP;
END
$$;

CREATE FUNCTION crdb.revoke_database(privileges text[], grantees text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who text;
  what text;
BEGIN
  PERFORM crdb.require_grant();
  FOREACH who IN ARRAY grantees LOOP
    FOREACH what IN ARRAY privileges LOOP
      -- Revoking one privilege from ALL leaves all the others.
      IF what <> 'ALL'
        AND EXISTS (SELECT 1 FROM crdb.standin_database_grants WHERE grantee = who AND privilege = 'ALL')
      THEN
        DELETE FROM crdb.standin_database_grants WHERE grantee = who;
        INSERT INTO crdb.standin_database_grants
        SELECT who, x
        FROM unnest('{CREATE,DROP,GRANT,SELECT,INSERT,DELETE,UPDATE,ZONECONFIG}'::text[]) AS x;
      END IF;
      DELETE FROM crdb.standin_database_grants
      WHERE grantee = who
        AND (what = 'ALL' OR privilege = what);
      IF what IN ('ALL', 'CREATE') AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) THEN
        EXECUTE crdb_standin.format('REVOKE CREATE ON SCHEMA public FROM %I', who);
        EXECUTE crdb_standin.format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), who);
      END IF;
    END LOOP;
  END LOOP;
END
$$;

-- A database is listed for users who have a privilege on it.
CREATE FUNCTION crdb.database_visible(database name) RETURNS bool
LANGUAGE sql STABLE AS $$
  SELECT crdb_standin.pg_has_role('admin', 'MEMBER')
    OR pg_catalog.has_database_privilege(database, 'CREATE')
    OR (
      database = current_database()
      AND EXISTS (SELECT 1 FROM crdb.standin_database_grants WHERE grantee = current_user)
    )
$$;

-- Privileges on a table. A user with all of PostgreSQL's has ALL; root and admin always have it.
CREATE FUNCTION crdb.table_privileges(rel regclass) RETURNS TABLE (grantee text, privilege_type text)
LANGUAGE sql STABLE AS $$
  WITH acl AS (
    SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee)::text END AS who,
      CASE x.privilege_type
        WHEN 'REFERENCES' THEN 'CREATE'
        WHEN 'TRUNCATE' THEN 'DROP'
        WHEN 'TRIGGER' THEN 'GRANT'
        WHEN 'MAINTAIN' THEN 'ZONECONFIG'
        ELSE x.privilege_type
      END AS what,
      CASE c.relkind WHEN 'S' THEN 3 ELSE 8 END AS all_of_them
    FROM pg_catalog.pg_class c,
      pg_catalog.aclexplode(
        coalesce(c.relacl, crdb_standin.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))
      ) x
    WHERE c.oid = rel
  )
  SELECT 'admin', 'ALL'
  UNION
  SELECT 'root', 'ALL'
  UNION
  SELECT who, unnest(CASE WHEN count(DISTINCT what) >= max(all_of_them) THEN ARRAY['ALL'] ELSE array_agg(what) END)
  FROM acl
  WHERE who NOT IN ('admin', 'root', 'sandbox_admin')
  GROUP BY who
$$;

-- Makes a database that a member of admin has just created as admin that user's own.
CREATE FUNCTION crdb.own_database(name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF crdb_standin.pg_has_role(session_user, 'admin', 'MEMBER')
    AND EXISTS (SELECT 1 FROM pg_database WHERE datname = name AND datdba = 'admin'::regrole)
  THEN
    EXECUTE crdb_standin.format('ALTER DATABASE %I OWNER TO %I', name, session_user);
  END IF;
END
$$;
