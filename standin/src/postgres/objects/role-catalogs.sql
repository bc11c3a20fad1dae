-- The catalogs of users and roles with CockroachDB's contents (cockroachlabs.com/docs/stable/pg-catalog): admin and
-- its member root are what PostgreSQL calls superusers, and the stand-in's own roles are hidden.
CREATE VIEW crdb.pg_roles AS
SELECT oid,
  rolname,
  rolname IN ('admin', 'root') AS rolsuper,
  rolname = 'admin' OR NOT rolcanlogin AS rolinherit,
  rolname IN ('admin', 'root') AS rolcreaterole,
  rolname IN ('admin', 'root') AS rolcreatedb,
  false AS rolcatupdate,
  rolname = 'admin' OR rolcanlogin AS rolcanlogin,
  false AS rolreplication,
  -1 AS rolconnlimit,
  '********'::text AS rolpassword,
  rolvaliduntil,
  false AS rolbypassrls,
  NULL::text[] AS rolconfig
FROM pg_catalog.pg_roles
WHERE rolname !~ '^pg_'
  AND NOT rolsuper;

CREATE VIEW crdb.pg_authid AS
SELECT oid,
  rolname,
  rolsuper,
  rolinherit,
  rolcreaterole,
  rolcreatedb,
  rolcanlogin,
  rolreplication,
  rolbypassrls,
  rolconnlimit,
  rolpassword,
  rolvaliduntil
FROM crdb.pg_roles;

CREATE VIEW crdb.pg_user AS
SELECT rolname AS usename,
  oid AS usesysid,
  rolcreatedb AS usecreatedb,
  rolsuper AS usesuper,
  rolreplication AS userepl,
  rolbypassrls AS usebypassrls,
  rolpassword AS passwd,
  rolvaliduntil::timestamp AS valuntil,
  rolconfig AS useconfig
FROM crdb.pg_roles
WHERE NOT rolinherit;

CREATE VIEW crdb.pg_shadow AS
SELECT usename,
  usesysid,
  usecreatedb,
  usesuper,
  userepl,
  usebypassrls,
  passwd,
  valuntil::timestamptz AS valuntil,
  useconfig
FROM crdb.pg_user;

CREATE VIEW crdb.pg_auth_members AS
SELECT m.roleid, m.member, NULL::oid AS grantor, m.admin_option
FROM pg_catalog.pg_auth_members m
JOIN crdb.pg_roles r ON r.oid = m.roleid
JOIN crdb.pg_roles u ON u.oid = m.member
-- PostgreSQL makes the creator of a role its member, which nobody granted.
WHERE m.inherit_option
  AND m.grantor <> m.member;
