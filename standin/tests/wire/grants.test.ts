import { beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { play, rowsAsText, useStandin } from './served.ts';

const served = useStandin();
let ann: Connection;

async function said(sql: string, client = served.client): Promise<string[] | string> {
  return await rowsAsText(client, sql);
}

beforeAll(async () => {
  await play(served.client, [
    'CREATE USER ann',
    'CREATE USER bob',
    'CREATE ROLE crew',
    'CREATE TABLE ships (id INT PRIMARY KEY, name STRING)',
    'CREATE TABLE ports (id INT PRIMARY KEY)',
    'CREATE SCHEMA docks',
    "CREATE TYPE flag AS ENUM ('red', 'blue')",
    'CREATE SEQUENCE knots',
  ]);
  ann = await Connection.open(served.address, { user: 'ann', database: 'defaultdb' });
  return async () => ann.close();
});

describe('SHOW GRANTS', () => {
  it('tells those on schemas and types, and on all tables of a schema', async () => {
    await said('GRANT ALL ON SCHEMA docks TO ann; GRANT USAGE ON TYPE flag TO bob; GRANT ALL ON TYPE flag TO ann');
    expect(await said('SHOW GRANTS ON SCHEMA docks FOR ann, root')).toEqual([
      'defaultdb docks ann ALL',
      'defaultdb docks root ALL',
    ]);
    expect(await said('SHOW GRANTS ON TYPE flag FOR ann, bob, public')).toEqual([
      'defaultdb public flag ann ALL',
      'defaultdb public flag bob USAGE',
      'defaultdb public flag public USAGE',
    ]);
    await said('GRANT SELECT ON TABLE defaultdb.public.* TO bob');
    expect(await said('SHOW GRANTS ON TABLE * FOR bob')).toEqual([
      'defaultdb public knots bob SELECT',
      'defaultdb public ports bob SELECT',
      'defaultdb public ships bob SELECT',
    ]);
  });

  it('tells everything of one user, without a target', async () => {
    await said('GRANT CREATE, SELECT ON DATABASE defaultdb TO bob');
    const own = await said('SHOW GRANTS FOR bob');
    expect(own).toContain('defaultdb null null bob CREATE');
    expect(own).toContain('defaultdb public null bob CREATE');
    expect(own).not.toContain('defaultdb public null bob SELECT');
    expect(own).toContain('defaultdb public flag bob USAGE');
    expect(await said("SELECT count(*) FROM [SHOW GRANTS] WHERE relation_name = 'pg_class'")).toEqual(['1']);
  });

  it('keeps what is left of ALL', async () => {
    await said('GRANT ALL ON ports TO ann; REVOKE SELECT, DROP ON ports FROM ann');
    expect(await said('SELECT privilege_type FROM [SHOW GRANTS ON ports FOR ann]')).toEqual([
      'CREATE',
      'DELETE',
      'GRANT',
      'INSERT',
      'UPDATE',
      'ZONECONFIG',
    ]);
    expect(await said('GRANT USAGE ON ports TO ann')).toBe('0LP01 invalid privilege type USAGE for table');
    expect(await said('GRANT SAIL ON ports TO ann')).toMatch(/^42601 .* not a valid privilege: "sail"$/);
  });
});

describe('a user who grants', () => {
  it('needs GRANT, and what it grants', async () => {
    await said('GRANT SELECT ON ships TO ann');
    expect(await said('GRANT SELECT ON ships TO bob', ann)).toBe(
      '42501 user ann does not have GRANT privilege on relation ships',
    );
    await said('GRANT GRANT ON ships TO ann');
    expect(await said('GRANT DELETE ON ships TO bob', ann)).toBe(
      '42501 user ann does not have DELETE privilege on relation ships',
    );
    expect(await said('GRANT SELECT ON ships TO crew', ann)).toEqual([]);
    expect(await said('REVOKE SELECT ON ships FROM crew; SHOW GRANTS ON ships FOR crew')).toEqual([]);
    expect(await said('GRANT SELECT ON ships TO nobody')).toBe('XXUUU user or role nobody does not exist');
  });

  it('is not blamed for what only owners may do here', async () => {
    await said('CREATE TABLE lent (a INT PRIMARY KEY); GRANT CREATE ON lent TO ann');
    expect(await said('ALTER TABLE lent ADD COLUMN b INT', ann)).toMatch(/^0A000 .* another user's table/);
    expect(await said('DROP TABLE lent', ann)).toBe('42501 user ann does not have DROP privilege on relation lent');
  });

  it('sees no table without privileges', async () => {
    await said('CREATE TABLE hidden (a INT PRIMARY KEY)');
    for (const sql of ['SHOW COLUMNS FROM hidden', 'SHOW CREATE hidden', 'SHOW INDEX FROM hidden'])
      expect(await said(sql, ann)).toBe('42501 user ann has no privileges on relation hidden');
  });
});

describe('roles', () => {
  it('have only the members that were granted', async () => {
    await said('GRANT crew TO ann');
    const all = ['admin root t', 'crew ann f'];
    expect(await said('SHOW GRANTS ON ROLE')).toEqual(all);
    expect(await said('SELECT role, member, "isAdmin" FROM system.role_members ORDER BY 1')).toEqual(all);
    expect(await said('SELECT * FROM information_schema.applicable_roles')).toEqual(['root admin YES']);
    expect(await said('SELECT * FROM information_schema.enabled_roles ORDER BY 1', ann)).toEqual(['ann', 'crew']);
  });

  it('are granted by their admins', async () => {
    expect(await said('GRANT crew TO bob', ann)).toBe('42501 ann is not a superuser or role admin for role crew');
    await said('GRANT crew TO ann WITH ADMIN OPTION');
    expect(await said('GRANT crew TO bob', ann)).toEqual([]);
    expect(await said('REVOKE ADMIN OPTION FOR crew FROM ann; SHOW GRANTS ON ROLE crew')).toEqual([
      'crew ann f',
      'crew bob f',
    ]);
    expect(await said('GRANT crew TO root; SHOW GRANTS ON ROLE crew FOR root')).toEqual(['crew root f']);
    expect(await said('REVOKE crew FROM root; SHOW GRANTS ON ROLE crew FOR root')).toEqual([]);
    expect(await said('DROP ROLE crew')).toEqual([]);
  });

  it('are not dropped while they have privileges', async () => {
    await said('CREATE ROLE kept_role; CREATE TABLE kept (a INT PRIMARY KEY); GRANT SELECT ON kept TO kept_role');
    expect(await said('DROP ROLE kept_role')).toBe(
      '2BP01 cannot drop role/user kept_role: grants still exist on defaultdb.public.kept',
    );
    expect(await said('DROP ROLE kept_role', ann)).toBe('42501 user ann does not have CREATEROLE privilege');
    expect(await said('REVOKE ALL ON kept FROM kept_role; DROP ROLE kept_role')).toEqual([]);
  });

  it('make no circle', async () => {
    await said('CREATE ROLE inner_role; CREATE ROLE outer_role; GRANT outer_role TO inner_role');
    expect(await said('GRANT inner_role TO outer_role')).toBe(
      '0LP01 making outer_role a member of inner_role would create a cycle',
    );
    expect(await said('GRANT inner_role TO inner_role')).toBe('0LP01 inner_role cannot be a member of itself');
    expect(await said('GRANT inner_role TO nobody')).toBe('XXUUU role/user nobody does not exist');
  });

  it.each([
    ['CREATE USER node', '42939 username "node" reserved'],
    ['CREATE USER "-dash"', 'XXUUU username is invalid'],
    ['CREATE USER ""', 'XXUUU username is empty'],
    ['ALTER USER nobody CREATEDB', 'XXUUU role/user nobody does not exist'],
    ['CREATE USER zed LOGIN NOLOGIN', '42601 conflicting role options'],
    ['CREATE USER zed CREATEDB CREATEDB', '42601 redundant role options'],
    ['CREATE USER "Ann"', '42710 a role/user named ann already exists'],
  ])('have names of their own: %s', async (sql, error) => {
    expect(await said(sql)).toBe(error);
  });
});

it('members of admin create what they like, as owners', async () => {
  await said('CREATE USER chief; GRANT admin TO chief');
  const chief = await Connection.open(served.address, { user: 'chief', database: 'defaultdb' });
  expect(
    await play(chief, ['CREATE TABLE plans (id INT PRIMARY KEY)', 'CREATE SCHEMA plotting', 'CREATE DATABASE harbour']),
  ).toEqual(['CREATE TABLE', 'CREATE SCHEMA', 'CREATE DATABASE']);
  expect(await said('SELECT database_name, owner FROM [SHOW DATABASES]', chief)).toContain('harbour chief');
  expect(await said('DROP DATABASE harbour', chief)).toEqual([]);
  expect(await said('CREATE DATABASE harbour', ann)).toBe('42501 permission denied to create database');
  await chief.close();
});
