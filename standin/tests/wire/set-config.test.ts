import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { useStandin } from './served.ts';

describe('set_config', () => {
  const standin = useStandin();
  const open = async (): Promise<Connection> =>
    await Connection.open(standin.address, { user: 'root', database: 'defaultdb' });

  it.each([undefined, 'extended'] as const)('sets what SHOW and the statements after it see (%s)', async (protocol) => {
    const client = await open();
    const sql = `SELECT pg_catalog.set_config('TimeZone', ${protocol ? '$1' : "'Asia/Tokyo'"}, false)`;
    const { answers, error } = await client.ask({ sql, protocol, params: protocol && ['Asia/Tokyo'] });
    expect([error, answers[0]?.rows]).toEqual([null, [['Asia/Tokyo']]]);
    expect((await client.ask({ sql: 'SHOW timezone' })).answers[0]?.rows).toEqual([['Asia/Tokyo']]);
    const cast = await client.ask({ sql: "SELECT '2020-02-02 20:00:00+00'::TIMESTAMPTZ::DATE::STRING" });
    expect(cast.answers[0]?.rows).toEqual([['2020-02-03']]);
    await client.close();
  });

  it('sets what the rest of the statement sees, and variables that PostgreSQL does not have', async () => {
    const client = await open();
    const sql = "SELECT set_config('application_name', 'x', false), current_setting('application_name')";
    expect((await client.ask({ sql })).answers[0]?.rows).toEqual([['x', 'x']]);
    await client.ask({ sql: "SELECT set_config('distsql', 'off', false)" });
    expect((await client.ask({ sql: 'SHOW distsql' })).answers[0]?.rows).toEqual([['off']]);
    await client.close();
  });

  it('tells the client of a change, as drivers need it to read times', async () => {
    const { Client } = pg;
    const client = new Client({ host: 'localhost', port: standin.address.port, user: 'root', database: 'defaultdb' });
    const told: [string, string][] = [];
    client.connection.on('parameterStatus', (message: { parameterName: string; parameterValue: string }) =>
      told.push([message.parameterName, message.parameterValue]),
    );
    await client.connect();
    expect(told).toContainEqual(['TimeZone', 'UTC']);
    told.length = 0;
    await client.query("SELECT set_config('timezone', 'Asia/Tokyo', false)");
    await client.query("SET application_name = 'x'; SET distsql = off");
    await client.query('SELECT $1::INT8', [1]);
    await client.query('RESET timezone');
    await client.end();
    expect(told).toEqual([
      ['TimeZone', 'Asia/Tokyo'],
      ['application_name', 'x'],
      ['TimeZone', 'UTC'],
    ]);
  });

  it('lets django-cockroachdb change the type of a column', async () => {
    const client = await open();
    await client.ask({ sql: "SELECT crdb_internal.increment_feature_counter('django-cockroachdb 5.2.2')" });
    const { answers } = await client.ask({ sql: 'SHOW enable_experimental_alter_column_type_general' });
    expect(answers[0]?.rows).toEqual([['on']]);
    await client.close();
  });

  it.each([
    ["INTERVAL '+05:30' HOUR TO MINUTE", '2020-01-01 05:30:00'],
    ["INTERVAL '-03:00'", '2019-12-31 21:00:00'],
    ["INTERVAL '+00:00' HOUR TO MINUTE", '2020-01-01 00:00:00'],
    ['4', '2020-01-01 04:00:00'],
    ['DEFAULT', '2020-01-01 00:00:00'],
  ])('is not needed for SET TIME ZONE %s, which sequelize sends', async (zone, expected) => {
    const client = await open();
    await client.ask({ sql: `SET TIME ZONE ${zone}` });
    const { answers } = await client.ask({ sql: "SELECT ('2020-01-01 00:00:00+00'::TIMESTAMPTZ)::TIMESTAMP::STRING" });
    expect(answers[0]?.rows).toEqual([[expected]]);
    await client.close();
  });

  it.each([
    ["'work_mem', '1MB', false", '0A000', 'set_config(): unimplemented: the configuration setting "work_mem" is not'],
    ["'no_such', 'x', false", '42704', 'set_config(): unrecognized configuration parameter "no_such"'],
    ["'server_version', '14', false", '55P02', 'set_config(): parameter "server_version" cannot be changed'],
    ["'sql_safe_updates', 'maybe', false", '22023', 'set_config(): parameter "sql_safe_updates" requires a Boolean'],
    ["'sql_safe_updates', 'yes', false", '0A000', 'does not have set_config of "sql_safe_updates" to a value that is'],
    ["'timezone', 'UTC', true", '0A000', 'set_config(): transaction-scoped settings are not supported'],
  ])('refuses (%s) with %s and no row', async (values, code, message) => {
    const { answers, error } = await standin.client.ask({ sql: `SELECT set_config(${values})` });
    expect(answers).toEqual([]);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('opens connections that name their encoding as asyncpg does', async () => {
    const { answers } = await standin.client.ask({ sql: `SET client_encoding = '''utf-8'''; SHOW client_encoding` });
    expect(answers[1]?.rows).toEqual([['UTF8']]);
  });
});
