import { describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { rowsAsText, useStandin } from './served.ts';

const served = useStandin();

/** Returns the rows of an answer, one text for each, or the error. */
async function said(sql: string, client = served.client): Promise<string[] | string> {
  return await rowsAsText(client, sql);
}

describe('a virtual table', () => {
  it('tells tables and indexes of this database', async () => {
    await said('CREATE TABLE listed (a INT PRIMARY KEY, b INT, UNIQUE INDEX by_b (b DESC))');
    const ofTable = "WHERE descriptor_name = 'listed' ORDER BY index_id, column_id";
    expect(await said("SELECT name, schema_name, state FROM crdb_internal.tables WHERE name = 'listed'")).toEqual([
      'listed public PUBLIC',
    ]);
    expect(
      await said(`SELECT index_name, column_name, column_direction FROM crdb_internal.index_columns ${ofTable}`),
    ).toEqual(['primary a ASC', 'by_b a ASC', 'by_b b DESC']);
    expect(
      await said(
        'SELECT i.index_id, i.is_unique FROM crdb_internal.table_indexes AS i ' +
          'JOIN crdb_internal.tables ON table_id = descriptor_id ' +
          "WHERE tables.name = 'listed' AND crdb_internal.tables.state = 'PUBLIC' ORDER BY 1",
      ),
    ).toEqual(['1 t', '2 t']);
  });

  it('tells users, roles and changed settings, by either name', async () => {
    await said('CREATE ROLE readers; CREATE USER ann; GRANT readers TO ann WITH ADMIN OPTION');
    expect(
      await said("SELECT username, \"isRole\" FROM system.users WHERE username IN ('readers', 'ann') ORDER BY 1"),
    ).toEqual(['ann f', 'readers t']);
    expect(await said('SELECT role, "isAdmin" FROM system.public.role_members WHERE member = \'ann\'')).toEqual([
      'readers t',
    ]);
    await said('SET CLUSTER SETTING kv.rangefeed.enabled = true');
    expect(await said('SELECT name, value FROM system.settings')).toEqual(['kv.rangefeed.enabled true']);
    expect(
      await said("SELECT s.value FROM crdb_internal.cluster_settings s WHERE s.variable = 'kv.rangefeed.enabled'"),
    ).toEqual(['true']);
    await said('RESET CLUSTER SETTING kv.rangefeed.enabled');
    expect(await said('SELECT name FROM system.settings')).toEqual([]);
  });

  it('tells the variables of the session', async () => {
    await said("SET application_name = 'it''s mine'");
    const where = "WHERE variable = 'application_name'";
    expect(await said(`SELECT value FROM crdb_internal.session_variables ${where}`)).toEqual(["it's mine"]);
    expect(await said(`SELECT value FROM information_schema.session_variables ${where}`)).toEqual(["it's mine"]);
  });

  it('that the stand-in does not have tells its columns, and is refused when read', async () => {
    expect(await said('SELECT target FROM crdb_internal.zones LIMIT 0')).toEqual([]);
    expect(await said('SELECT target FROM crdb_internal.zones')).toMatch(
      /^0A000 .* does not have crdb_internal\.zones$/,
    );
    expect(await said('SELECT count(*) FROM system.eventlog')).toMatch(/^0A000 .* does not have system\.eventlog$/);
    expect(await said('SELECT nosuch FROM crdb_internal.zones')).toBe('42703 column "nosuch" does not exist');
    expect(await said('SELECT * FROM crdb_internal.nosuch')).toBe(
      '42P01 relation "crdb_internal.nosuch" does not exist',
    );
  });

  it('is not meant by a string, a column or a function', async () => {
    await said('CREATE TABLE plain (jobs INT PRIMARY KEY); INSERT INTO plain VALUES (3)');
    expect(await said("SELECT jobs, 'crdb_internal.jobs' FROM plain, (SELECT 1) AS s")).toEqual([
      '3 crdb_internal.jobs',
    ]);
    expect(await said('SELECT crdb_internal.node_id()')).toEqual(['1']);
    expect(await said('SELECT count(*) > 0 FROM crdb_internal.node_build_info')).toEqual(['t']);
  });

  it('about the cluster is for members of admin', async () => {
    await said('CREATE USER bob');
    const bob = await Connection.open(served.address, { user: 'bob', database: 'defaultdb' });
    expect(await said('SELECT * FROM system.users', bob)).toBe(
      '42501 user bob does not have SELECT privilege on relation users',
    );
    expect(await said('SELECT * FROM crdb_internal.gossip_nodes', bob)).toBe(
      '42501 only users with the admin role are allowed to read crdb_internal.gossip_nodes',
    );
    expect(await said('SELECT count(*) FROM crdb_internal.jobs', bob)).toEqual(['0']);
    await bob.close();
  });

  it('that is refused says so whatever is asked of it', async () => {
    for (const where of ["name = 'x'", 'node_id > 1 AND deleted', 'true'])
      expect(await said(`SELECT * FROM crdb_internal.leases WHERE ${where}`)).toMatch(
        /^0A000 .* crdb_internal.leases$/,
      );
  });

  it('prints the statements that make objects', async () => {
    await said('CREATE TABLE made_first (a INT PRIMARY KEY)');
    await said('CREATE TABLE made_then (b INT PRIMARY KEY REFERENCES made_first (a))');
    await said("CREATE TYPE made_type AS ENUM ('it''s', 'so')");
    expect(
      await said(
        "SELECT create_nofks LIKE '%FOREIGN%', alter_statements, validate_statements " +
          "FROM crdb_internal.create_statements WHERE descriptor_name = 'made_then'",
      ),
    ).toEqual([
      'f {"ALTER TABLE public.made_then ADD CONSTRAINT fk_b_ref_made_first FOREIGN KEY (b) ' +
        'REFERENCES public.made_first(a)"} {"ALTER TABLE public.made_then VALIDATE CONSTRAINT fk_b_ref_made_first"}',
    ]);
    expect(await said('SELECT create_statement FROM crdb_internal.create_type_statements')).toEqual([
      "CREATE TYPE public.made_type AS ENUM (e'it\\'s', 'so')",
    ]);
  });
});

describe('a catalog of PostgreSQL', () => {
  it.each(['pg_locks', 'pg_catalog.pg_language', 'pg_rules', 'information_schema.routines'])(
    'tells nothing of PostgreSQL: %s',
    async (name) => {
      expect(await said(`SELECT * FROM ${name} AS c`)).toEqual([]);
    },
  );

  it('tells the variables of the session as its settings', async () => {
    expect(
      await said("SELECT name, setting, vartype, boot_val FROM pg_settings WHERE name IN ('distsql', 'node_id')"),
    ).toEqual(['distsql auto string auto', 'node_id 1 string 1']);
    expect(await said('SELECT spcname FROM pg_catalog.pg_tablespace')).toEqual(['pg_default']);
  });

  it('lists columns that are NOT NULL as checks', async () => {
    await said('CREATE TABLE checked (a INT PRIMARY KEY, b INT CONSTRAINT small CHECK (b < 9))');
    const names = 'SELECT constraint_name FROM information_schema.table_constraints';
    expect(await said(`${names} WHERE table_name = 'checked' AND constraint_type = 'CHECK' ORDER BY 1`)).toEqual([
      expect.stringMatching(/^\d+_\d+_1_not_null$/),
      'small',
    ]);
    expect(
      await said("SELECT check_clause FROM information_schema.check_constraints WHERE constraint_name = 'small'"),
    ).toEqual(['((b < 9))']);
    expect(await said("SELECT condef FROM pg_constraint WHERE conname = 'small'")).toEqual(['CHECK ((b < 9))']);
  });
});
