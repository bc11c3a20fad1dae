-- CockroachDB's roles. root may do everything in the databases but nothing to the server, because it is not a
-- superuser.
CREATE ROLE admin NOLOGIN CREATEDB CREATEROLE;
CREATE ROLE root LOGIN CREATEDB CREATEROLE;
GRANT admin TO root WITH ADMIN OPTION;
