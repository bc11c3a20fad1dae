-- The schemas of the stand-in's own objects. In search_path, crdb comes after public and before pg_catalog: new tables
-- go to public, and an object of crdb hides PostgreSQL's object of the same name.
CREATE SCHEMA crdb;
GRANT USAGE ON SCHEMA crdb TO PUBLIC;
CREATE SCHEMA crdb_internal;
GRANT USAGE ON SCHEMA crdb_internal TO PUBLIC;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT ALL ON SCHEMA public TO root, admin WITH GRANT OPTION;

-- Only the stand-in may SET a session's settings: with others, such as standard_conforming_strings = off, PostgreSQL
-- would end strings at another place than the stand-in does. An UPDATE of pg_settings calls this function too.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, bool) FROM PUBLIC;

-- What CockroachDB's geospatial support adds to every database; drivers list it.
CREATE SCHEMA pg_extension;
GRANT USAGE ON SCHEMA pg_extension TO PUBLIC;
CREATE TABLE pg_extension.geography_columns (
  f_table_catalog name,
  f_table_schema name,
  f_table_name name,
  f_geography_column name,
  coord_dimension int8,
  srid int8,
  type text
);
CREATE TABLE pg_extension.geometry_columns (
  f_table_catalog name,
  f_table_schema name,
  f_table_name name,
  f_geometry_column name,
  coord_dimension int8,
  srid int8,
  type text
);
CREATE TABLE pg_extension.spatial_ref_sys (
  srid int8,
  auth_name varchar(256),
  auth_srid int8,
  srtext varchar(2048),
  proj4text varchar(2048)
);
GRANT SELECT ON ALL TABLES IN SCHEMA pg_extension TO PUBLIC;
