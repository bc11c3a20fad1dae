-- CockroachDB's roles. root may do everything in the databases, and nothing to the server: it is no superuser.
CREATE ROLE admin NOLOGIN CREATEDB CREATEROLE;
CREATE ROLE root LOGIN CREATEDB CREATEROLE;
GRANT admin TO root WITH ADMIN OPTION;
