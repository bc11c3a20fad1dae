-- GRANT and REVOKE on tables, sequences, schemas and types (cockroachlabs.com/docs/stable/grant). They run as the
-- superuser, so that PostgreSQL notes the owner as the one who granted: a REVOKE then undoes what any other user granted.

-- Whether the client may do everything with what this role owns.
CREATE FUNCTION crdb.owns(owner oid) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT crdb_standin.pg_has_role(session_user, 'admin', 'MEMBER')
    OR crdb_standin.pg_has_role(session_user, owner, 'MEMBER')
$$;

-- Whether the client has a privilege by these entries, itself or through a role; NULL means that anyone may.
CREATE FUNCTION crdb.has_entry(acl aclitem[], wanted text, grantable bool) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT wanted IS NULL
    OR EXISTS (
      SELECT 1
      FROM aclexplode(acl) x
      WHERE x.privilege_type = wanted
        AND x.is_grantable >= grantable
        AND (x.grantee = 0 OR crdb_standin.pg_has_role(session_user, x.grantee, 'USAGE'))
    )
$$;

-- Whether the client has any privilege on a relation, so that SHOW may tell of it.
CREATE FUNCTION crdb.may_see(rel oid) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT crdb.owns(c.relowner)
    OR EXISTS (
      SELECT 1
      FROM aclexplode(c.relacl) x
      WHERE x.grantee = 0
        OR crdb_standin.pg_has_role(session_user, x.grantee, 'USAGE')
    )
  FROM pg_class c
  WHERE c.oid = rel
$$;

-- Throws 42501: the client lacks a privilege on an object, which is named with its kind.
CREATE FUNCTION crdb.refuse_grant(what text, object text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = '42501',
    MESSAGE = crdb_standin.format('user %s does not have %s privilege on %s', session_user, what, object);
END
$$;

-- Throws when one of the grantees does not exist.
CREATE FUNCTION crdb.require_grantees(grantees text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  missing text := (
    SELECT who
    FROM unnest(grantees) AS who
    WHERE who <> 'public'
      AND NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who AND rolname !~ '^pg_' AND NOT rolsuper)
    LIMIT 1
  );
BEGIN
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = crdb_standin.format('[XXUUU]user or role %s does not exist', missing);
  END IF;
END
$$;

-- `TO` or `FROM` these grantees, for GRANT or REVOKE.
CREATE FUNCTION crdb.grantee_clause(verb text, grantees text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE verb WHEN 'GRANT' THEN ' TO ' ELSE ' FROM ' END
    || string_agg(CASE who WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(who) END, ', ')
  FROM unnest(grantees) AS who
$$;

-- Whoever grants needs the privilege GRANT, and each privilege that it grants.
CREATE FUNCTION crdb.change_table_grants(verb text, privileges text[], target regclass, grantees text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  rel record;
  what text;
BEGIN
  SELECT relname, relkind, relowner, relacl INTO rel FROM pg_class WHERE oid = target;
  PERFORM crdb.require_grantees(grantees);
  FOREACH what IN ARRAY ARRAY['GRANT'] || privileges LOOP
    IF NOT crdb.owns(rel.relowner)
      AND NOT crdb.has_entry(
        rel.relacl,
        CASE WHEN what = 'ALL' AND rel.relkind <> 'S' THEN 'MAINTAIN' ELSE crdb.table_privilege(what, rel.relkind) END,
        false
      )
    THEN
      PERFORM crdb.refuse_grant(what, 'relation ' || rel.relname);
    END IF;
  END LOOP;
  FOREACH what IN ARRAY privileges LOOP
    CONTINUE WHEN crdb.table_privilege(what, rel.relkind) IS NULL;
    EXECUTE crdb_standin.format('%s %s ON %s', verb, crdb.table_privilege(what, rel.relkind), target)
      || crdb.grantee_clause(verb, grantees);
  END LOOP;
END
$$;

-- Grants on a schema or type, by its oid. Who has ALL may grant it, which PostgreSQL notes as the grant option.
CREATE FUNCTION crdb.change_object_grants(verb text, kind text, privileges text[], object oid, grantees text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owner oid;
  acl aclitem[];
  name text;
  path text;
  what text;
BEGIN
  IF kind = 'SCHEMA' THEN
    SELECT nspowner, nspacl, nspname, object::regnamespace INTO owner, acl, name, path
    FROM pg_namespace
    WHERE oid = object;
  ELSE
    SELECT typowner, typacl, typname, object::regtype INTO owner, acl, name, path
    FROM pg_type
    WHERE oid = object;
  END IF;
  PERFORM crdb.require_grantees(grantees);
  IF NOT crdb.owns(owner) AND NOT crdb.has_entry(acl, 'USAGE', true) THEN
    PERFORM crdb.refuse_grant('GRANT', lower(kind) || ' ' || name);
  END IF;
  FOREACH what IN ARRAY privileges LOOP
    EXECUTE crdb_standin.format('%s %s ON %s %s', verb, what, kind, path)
      || crdb.grantee_clause(verb, grantees)
      || CASE WHEN verb = 'GRANT' AND what = 'ALL' AND grantees <> '{public}' THEN ' WITH GRANT OPTION' ELSE '' END;
  END LOOP;
END
$$;

-- Privileges on schemas. Those that every database has get the grants of the database.
CREATE FUNCTION crdb.schema_privileges() RETURNS TABLE (schema_name text, grantee text, privilege_type text)
LANGUAGE sql STABLE AS $$
  SELECT s.name, g.grantee, g.privilege
  FROM unnest('{crdb_internal,information_schema,pg_catalog,pg_extension,public}'::text[]) AS s (name),
    crdb.database_privileges() g
  WHERE g.privilege IN ('ALL', 'CREATE', 'GRANT', 'USAGE')
  UNION
  SELECT n.nspname::text, g.who, g.what
  FROM pg_catalog.pg_namespace n
  CROSS JOIN LATERAL (
    VALUES ('admin', 'ALL'), ('root', 'ALL')
    UNION
    SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee)::text END,
      CASE WHEN x.is_grantable OR x.grantee = n.nspowner THEN 'ALL' ELSE x.privilege_type END
    FROM pg_catalog.aclexplode(n.nspacl) x
  ) AS g (who, what)
  WHERE crdb_standin.is_client_schema(n.nspname)
    AND n.nspname <> 'public'
    AND (g.who NOT IN ('admin', 'root') OR g.what = 'ALL')
$$;

-- Privileges on the types of this database, and on those that every database has.
CREATE FUNCTION crdb.type_privileges() RETURNS TABLE (schema_name text, type_name text, grantee text, privilege_type text)
LANGUAGE sql STABLE AS $$
  SELECT n.nspname::text, t.typname::text, g.who, g.what
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  CROSS JOIN LATERAL (
    VALUES ('admin', 'ALL'), ('root', 'ALL'), ('public', 'USAGE')
    UNION
    SELECT pg_catalog.pg_get_userbyid(x.grantee)::text, CASE WHEN x.is_grantable THEN 'ALL' ELSE x.privilege_type END
    FROM pg_catalog.aclexplode(t.typacl) x
    WHERE x.grantee NOT IN (0, t.typowner)
  ) AS g (who, what)
  WHERE t.typtype = 'e'
    AND crdb_standin.is_client_schema(n.nspname)
  UNION ALL
  SELECT 'pg_catalog', t.typname::text, g.who, g.what
  FROM crdb.pg_type t,
    (VALUES ('admin', 'ALL'), ('root', 'ALL'), ('public', 'USAGE')) AS g (who, what)
  WHERE t.typnamespace = 'pg_catalog'::regnamespace
    AND t.typtype = 'b'
$$;

-- Whether the client may grant a role: as a member of admin, or because it got the role with that right, itself or
-- through other roles. Granting admin takes that right of everyone.
CREATE FUNCTION crdb.may_change_members(granted text) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT granted <> 'admin' AND crdb_standin.pg_has_role(session_user, 'admin', 'MEMBER')
    OR EXISTS (
      SELECT 1
      FROM pg_auth_members a
      WHERE a.roleid = granted::regrole
        AND a.admin_option
        AND a.inherit_option
        AND a.set_option
        AND crdb_standin.pg_has_role(session_user, a.member, 'USAGE')
    )
$$;

-- Grants and revokes roles, after the stand-in has checked that the client may. PostgreSQL notes the superuser as the
-- one who granted, whoever it was. root stays able to change and drop every role.
CREATE FUNCTION crdb.change_memberships(verb text, roles text[], members text[], admin_option bool) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  granted text;
  who text;
BEGIN
  FOREACH granted IN ARRAY roles LOOP
    FOREACH who IN ARRAY members LOOP
      IF NOT crdb.may_change_members(granted) THEN
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'insufficient privilege';
      ELSIF verb = 'GRANT' THEN
        -- root, which keeps the right to grant, has it from somebody only together with SET.
        EXECUTE crdb_standin.format(
          'GRANT %I TO %I WITH INHERIT TRUE, SET %s, ADMIN %s',
          granted,
          who,
          CASE WHEN admin_option OR who <> 'root' THEN 'TRUE' ELSE 'FALSE' END,
          CASE WHEN admin_option OR who = 'root' THEN 'TRUE' ELSE 'FALSE' END
        );
      ELSIF who = 'root' THEN
        EXECUTE crdb_standin.format('GRANT %I TO root WITH INHERIT FALSE, SET FALSE, ADMIN TRUE', granted);
      ELSE
        EXECUTE crdb_standin.format(
          'REVOKE %s %I FROM %I',
          CASE WHEN admin_option THEN 'ADMIN OPTION FOR' ELSE '' END,
          granted,
          who
        );
      END IF;
    END LOOP;
  END LOOP;
END
$$;
