import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { play, playOne, useStandin } from './served.ts';

const root = { user: 'root', database: 'defaultdb' };

/** Attempts to leave the database, or to gain privileges in it. None may get an answer. */
const ATTACKS = [
  "COPY (SELECT 1) TO PROGRAM 'id'",
  "COPY (SELECT 1 FROM stdin) TO PROGRAM 'id'",
  "COPY (SELECT 1) TO '/tmp/out'",
  "SELECT pg_read_file('/etc/passwd')",
  'SELECT "pg_read_file"(\'/etc/passwd\')',
  "SELECT lo_import('/etc/passwd')",
  "SELECT set_config('role', 'sandbox_admin', false)",
  "SELECT \"set_config\"('session_authorization', 'sandbox_admin', false)",
  'SET ROLE sandbox_admin',
  'SET SESSION AUTHORIZATION sandbox_admin',
  'GRANT pg_execute_server_program TO root',
  'GRANT sandbox_admin TO root',
  'ALTER USER root WITH SUPERUSER',
  'CREATE ROLE boss SUPERUSER',
  'ALTER USER sandbox_admin WITH LOGIN',
  'DROP USER sandbox_admin',
  "ALTER SYSTEM SET archive_command = 'id'",
  'CREATE EXTENSION plpython3u',
  'DO $$ BEGIN END $$',
  "LOAD 'x'",
  'CREATE FUNCTION f() RETURNS INT AS $$ SELECT 1 $$ LANGUAGE sql',
  'CREATE TRIGGER t BEFORE INSERT ON x EXECUTE PROCEDURE f()',
  'UPDATE pg_catalog.pg_authid SET rolsuper = true',
  'DELETE FROM crdb.standin_database_grants',
  'DROP SCHEMA crdb CASCADE',
  'ALTER TABLE crdb.standin_families OWNER TO root',
];

describe('the stand-in under attack', () => {
  const standin = useStandin();

  it.each(ATTACKS)('refuses %s', async (sql) => {
    for (const protocol of [undefined, 'extended'] as const) {
      const seen = await standin.client.ask({ sql, protocol, params: protocol && [] });
      expect(seen.error, JSON.stringify(seen.answers)).not.toBeNull();
      expect(seen.error!.code).not.toBe('LOST');
    }
  });

  it('lets nobody log in as the superuser underneath', async () => {
    await expect(Connection.open(standin.address, { ...root, user: 'sandbox_admin' })).rejects.toThrow(
      /authentication failed/,
    );
  });

  it('shows no passwords', async () => {
    const { answers } = await standin.client.ask({ sql: 'SELECT DISTINCT rolpassword FROM pg_catalog.pg_authid' });
    expect(answers[0]?.rows).toEqual([['********']]);
  });

  it('leaves common names to tables of the client', async () => {
    for (const name of ['notes', 'families', 'database_grants', 'rowid_seq']) {
      const { error } = await standin.client.ask({ sql: `SELECT * FROM ${name}` });
      expect(error?.message).toBe(`relation "${name}" does not exist`);
      expect((await standin.client.ask({ sql: `DROP TABLE IF EXISTS ${name}` })).error).toBeNull();
    }
  });

  it.each([
    ["SELECT note_view('held'::REGCLASS, 'a')", '42883 unknown function: note_view()'],
    ['SELECT 1 WHERE need_string(5) IS NULL', '42883 unknown function: need_string()'],
    ["SELECT * FROM foreign_rows('a')", '42883 unknown function: foreign_rows()'],
    ['SELECT (table_rows(1, 2)).rows', '42883 unknown function: table_rows()'],
    ["SELECT crdb_standin.fail('XX000', 'a', 1)", '42883 unknown function: crdb_standin.fail()'],
    ["EXPLAIN SELECT crdb.note_view('held', 'a')", '42883 unknown function: note_view()'],
    ["SELECT * FROM [SELECT crdb.note_view('held', 'a')]", '42883 unknown function: note_view()'],
    ['CREATE TABLE made AS SELECT need_string(5)', '42883 unknown function: need_string()'],
    ['SELECT * FROM "crdb".standin_notes', '42P01 relation "crdb.standin_notes" does not exist'],
    ["SELECT 'a'::crdb.standin_notes", '42704 type "crdb.standin_notes" does not exist'],
  ])('has nothing of its own for a client: %s', async (sql, expected) => {
    for (const protocol of [undefined, 'extended'] as const)
      expect(await playOne(standin.client, { sql, protocol, params: protocol && [] })).toBe(expected);
  });

  it.each([
    ['SELECT ctid FROM held', '42703 column "ctid" does not exist'],
    ['SELECT h.xmin AS x FROM held AS h', '42703 column "xmin" does not exist'],
    ['SELECT a FROM held WHERE "cmax" IS NULL', '42703 column "cmax" does not exist'],
    ['DELETE FROM held WHERE a = 9 RETURNING xmax', '42703 column "xmax" does not exist'],
    ['CREATE TABLE holds (xmin INT8)', /^0A000 .* does not have columns with the name xmin$/],
    ['SELECT max(xmin) FROM (SELECT 1 AS xmin) AS s', [['1']]],
    ['WITH s (ctid, cmin) AS (SELECT 1, 2) SELECT ctid + cmin FROM s', [['3']]],
    ['SELECT xmax FROM (VALUES (4)) AS s (xmax)', [['4']]],
    ['DELETE FROM held WHERE a = 9 ORDER BY a LIMIT 1', 'DELETE 0'],
  ])('has no system columns of PostgreSQL: %s', async (sql, expected) => {
    await play(standin.client, ['CREATE TABLE IF NOT EXISTS held (a INT8 PRIMARY KEY)']);
    const seen = await playOne(standin.client, { sql });
    if (expected instanceof RegExp) expect(seen).toMatch(expected);
    else expect(seen).toEqual(expected);
  });

  it('leaves the names of its functions to tables, columns, indexes and queries', async () => {
    const outcomes = await play(standin.client, [
      'CREATE TABLE note (note INT8 PRIMARY KEY, noted INT8, INDEX note_view (note), FAMILY f (note, noted))',
      'INSERT INTO note (note) VALUES (1)',
      'UPSERT INTO note (note, noted) VALUES (1, 2)',
      'WITH a AS (SELECT 1), foreign_rows (n) AS (SELECT 3) SELECT n FROM foreign_rows',
      'SELECT noted.a FROM note AS noted (a)',
      'SELECT crdb.note FROM note AS crdb',
    ]);
    expect(outcomes).toEqual(['CREATE TABLE', 'INSERT 0 1', 'INSERT 0 1', [['3']], [['1']], [['1']]]);
  });

  it('does not make root a superuser', async () => {
    // PostgreSQL lets only superusers write system catalogs, and those in any case.
    const { error } = await standin.client.ask({ sql: 'DELETE FROM pg_catalog.pg_proc WHERE false' });
    expect(error?.code).toBe('42501');
  });

  it.each(['pg_class', 'pg_index', 'pg_constraint', 'pg_attribute', 'pg_roles'])(
    'runs no temporary %s of the client as the superuser, who names indexes and grants privileges after CREATE',
    async (catalog) => {
      const client = await Connection.open(standin.address, root);
      const table = `after_${catalog}`;
      await client.ask({ sql: "SET experimental_enable_temp_tables = 'on'" });
      const trap = await client.ask({
        sql:
          `CREATE TEMP VIEW ${catalog} AS SELECT 1::OID AS oid, 1::OID AS indrelid, 1::OID AS indexrelid, ` +
          "1::OID AS conrelid, 'x' AS relname WHERE 1 / (CASE current_user WHEN 'root' THEN 1 ELSE 0 END) = 1",
      });
      expect(trap.error).toBeNull();
      const made = await client.ask({
        sql:
          `CREATE TABLE ${table} (a INT8 PRIMARY KEY, b INT8 CHECK (b > 0), INDEX by_b (b)); ` +
          `CREATE INDEX by_b ON public.${table} (b, a); CREATE VIEW v_${table} AS SELECT 1 AS x`,
      });
      await client.close();
      expect(made.error?.message ?? '').not.toMatch(/division by zero/);
    },
  );

  it('ends a connection whose message is too long, and keeps serving others', async () => {
    const socket = connect(standin.address.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0]));
    await closed;
    expect((await standin.client.ask({ sql: 'SELECT 1' })).error).toBeNull();
  });

  it('also answers on IPv6', async () => {
    const socket = connect(standin.address.port, '::1');
    await expect(once(socket, 'connect')).resolves.toEqual([]);
    socket.destroy();
  });

  it('accepts no new clients while it drains', async () => {
    expect((await standin.client.ask({ sql: 'SELECT crdb_internal.standin_drain()' })).error).toBeNull();
    await expect(Connection.open(standin.address, root)).rejects.toThrow(/not accepting clients/);
  });
});
