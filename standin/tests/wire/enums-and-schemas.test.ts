import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

const standin = useStandin();
const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

describe('an ENUM', () => {
  it('has each value once, and those that it has', async () => {
    expect(
      await playAll(
        "CREATE TYPE tone AS ENUM ('low', 'high', 'low')",
        "CREATE TYPE tone AS ENUM ('low', 'high')",
        "ALTER TYPE tone ADD VALUE 'low'",
        "ALTER TYPE tone ADD VALUE 'mid' AFTER 'none'",
        "ALTER TYPE tone RENAME VALUE 'low' TO 'high'",
        "ALTER TYPE tone RENAME VALUE 'none' TO 'some'",
        "ALTER TYPE tone ADD VALUE 'mid' BEFORE 'high'",
        "SELECT enum_range('low'::tone)",
      ),
    ).toEqual([
      '42P17 enum definition contains duplicate value "low"',
      'CREATE TYPE',
      '42710 enum value "low" already exists',
      '22023 "none" is not an existing enum value',
      '42710 enum value high already exists',
      '22023 none is not an existing enum value',
      'ALTER TYPE',
      [['{low,mid,high}']],
    ]);
  });

  it('stays while columns have its type', async () => {
    await playAll(
      "CREATE TYPE shape AS ENUM ('round')",
      'CREATE SCHEMA store',
      'CREATE TABLE one (a shape, b shape[])',
      "CREATE TABLE store.two (a STRING AS ('round'::shape::STRING) STORED)",
    );
    expect(
      await playAll('DROP TYPE shape', 'DROP TYPE _shape', 'DROP TYPE shape CASCADE', 'SELECT count(*) FROM one'),
    ).toEqual([
      expect.stringMatching(/^2BP01 cannot drop type "shape" because other objects \(\[defaultdb\.public\.one/),
      '2BP01 "_shape" is an implicit array type and cannot be modified',
      '0A000 unimplemented: DROP TYPE CASCADE is not yet supported',
      [['0']],
    ]);
  });
});

describe('the schemas that every database has', () => {
  it('are made, renamed and filled by nobody', async () => {
    expect(
      await playAll(
        'CREATE SCHEMA IF NOT EXISTS pg_catalog',
        'CREATE SCHEMA crdb_internal',
        'CREATE SCHEMA IF NOT EXISTS public',
        'ALTER SCHEMA public RENAME TO private',
        'ALTER SCHEMA information_schema RENAME TO facts',
        'ALTER SCHEMA pg_catalog OWNER TO root',
        'CREATE TABLE pg_catalog.mine (a INT)',
        'CREATE SCHEMA theirs AUTHORIZATION nobody_at_all',
      ),
    ).toEqual([
      'CREATE SCHEMA',
      '42P06 schema "crdb_internal" already exists',
      'CREATE SCHEMA',
      '3F000 cannot rename schema "public"',
      '3F000 cannot modify schema "information_schema"',
      '3F000 cannot modify schema "pg_catalog"',
      '42501 schema cannot be modified: "pg_catalog"',
      '42704 role/user "nobody_at_all" does not exist',
    ]);
  });
});

describe('a database', () => {
  it('is made with the options that every database has', async () => {
    expect(
      await playAll(
        "CREATE DATABASE inks WITH TEMPLATE = template0 ENCODING 'UTF-8' LC_COLLATE = 'C' CONNECTION LIMIT = -1",
        'DROP DATABASE inks',
        'CREATE DATABASE inks TEMPLATE postgres',
        "CREATE DATABASE inks ENCODING = 'LATIN1'",
        "CREATE DATABASE inks LC_CTYPE 'de_DE'",
        'CREATE DATABASE inks CONNECTION LIMIT 5',
        'CREATE DATABASE inks LIMIT 5',
        'CREATE DATABASE ""',
      ),
    ).toEqual([
      'CREATE DATABASE',
      'DROP DATABASE',
      '0A000 unimplemented: unsupported template: postgres',
      '0A000 unimplemented: unsupported encoding: LATIN1',
      '0A000 unimplemented: unsupported character classification: de_DE',
      '0A000 unimplemented: only connection limit -1 is supported, got: 5',
      '42601 at or near "limit": syntax error',
      '42601 empty database name',
    ]);
  });

  it("is not dropped or renamed when it is the cluster's own, and has comments when it exists", async () => {
    expect(
      await playAll(
        'DROP DATABASE system',
        'ALTER DATABASE system RENAME TO other',
        'CREATE DATABASE pens',
        'ALTER DATABASE pens RENAME TO defaultdb',
        'ALTER DATABASE pens RENAME TO pens',
        "COMMENT ON DATABASE nowhere IS 'x'",
        "COMMENT ON DATABASE pens IS 'x'",
        'DROP DATABASE pens',
      ),
    ).toEqual([
      '42501 user root does not have DROP privilege on database system',
      expect.stringMatching(/^42501 /),
      'CREATE DATABASE',
      '42P04 the new database name "defaultdb" already exists',
      'RENAME DATABASE',
      '3D000 database "nowhere" does not exist',
      'COMMENT ON DATABASE',
      'DROP DATABASE',
    ]);
  });
});

describe('a temporary table', () => {
  it('keeps its rows when a transaction commits', async () => {
    expect(
      await playAll(
        'SET experimental_enable_temp_tables = true',
        'CREATE TEMP TABLE brief (a INT) ON COMMIT PRESERVE ROWS',
        'BEGIN; INSERT INTO brief VALUES (1); COMMIT',
        'SELECT a FROM brief',
        'CREATE TABLE lasting (a INT) ON COMMIT PRESERVE ROWS',
        'CREATE TEMP TABLE other (a INT) ON COMMIT DELETE ROWS',
      ),
    ).toEqual([
      'SET',
      'CREATE TABLE',
      'COMMIT',
      [['1']],
      '42P16 ON COMMIT can only be used on temporary tables',
      '0A000 at or near "rows": syntax error: unimplemented: this syntax',
    ]);
  });
});
