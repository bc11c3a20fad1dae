import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { rowsAsText, useStandin } from './served.ts';

const served = useStandin();

/** Returns the rows of the last answer, one text for each, or the error. */
async function said(sql: string, client = served.client): Promise<string[] | string> {
  return await rowsAsText(client, sql);
}

async function newSession(): Promise<Connection> {
  return await Connection.open(served.address, { user: 'root', database: 'defaultdb' });
}

describe('a session variable', () => {
  it.each([
    ['SET default_int_size = 2', '22023 only 4 or 8 are supported by default_int_size'],
    ['SET extra_float_digits = 9', '22023 9 is outside the valid range for parameter "extra_float_digits" (-15 .. 3)'],
    ['SET reorder_joins_limit = -1', '22023 cannot set reorder_joins_limit to a negative value: -1'],
    ["SET distsql = 'maybe'", '22023 invalid value for parameter "distsql": "maybe"'],
    ["SET datestyle = 'SQL'", '22023 invalid value for parameter "DateStyle": "SQL"'],
    ["SET intervalstyle = 'iso_8601'", '22023 invalid value for parameter "IntervalStyle": "iso_8601"'],
    ["SET client_min_messages = 'loud'", '22023 loud is not supported'],
    [
      "SET default_transaction_isolation = 'none'",
      '22023 invalid value for parameter "default_transaction_isolation": "none"',
    ],
    ['SET node_id = 2', '55P02 parameter "node_id" cannot be changed'],
  ])('refuses what CockroachDB refuses: %s', async (sql, error) => {
    expect(await said(sql)).toBe(error);
  });

  it.each([
    ["SET application_name = 'a' || 'b'", 'application_name', 'ab'],
    ['SET statement_timeout = 2 * 1000', 'statement_timeout', '2000'],
    ['SET sql_safe_updates = 1 > 2', 'sql_safe_updates', 'off'],
    [`SET search_path = a, "B c", 'd'`, 'search_path', 'a,B c,d'],
  ])('takes expressions, names and lists: %s', async (sql, name, value) => {
    const client = await newSession();
    expect(await said(sql, client)).toEqual([]);
    expect(await said(`SHOW ${name}`, client)).toEqual([value]);
    await client.close();
  });

  it.each([
    ['SET application_name = 12', '22023 parameter "application_name" requires a string value'],
    ['SET application_name = a, b', '22023 SET application_name takes only one argument'],
    ['SET application_name = (SELECT 1)', '0A000 subqueries are not allowed in SET'],
    ['SET enable_zigzag_join = 1', '22023 parameter "enable_zigzag_join" requires a Boolean value'],
    [
      "SET transaction_isolation = 'read committed'",
      '22023 invalid value for parameter "transaction_isolation": "read committed"',
    ],
    ['SET tracing = 1', '42601 expected string or boolean for set tracing argument'],
    ['SET SESSION AUTHORIZATION root', '0A000 at or near "root": syntax error: unimplemented: this syntax'],
  ])('takes no value of another kind: %s', async (sql, error) => {
    expect(await said(sql)).toBe(error);
  });

  it('leaves out notices that the client does not want', async () => {
    const client = new pg.Client({ host: 'localhost', port: served.address.port, user: 'root', database: 'defaultdb' });
    await client.connect();
    const seen: string[] = [];
    client.on('notice', ({ severity, message }) => seen.push(`${severity} ${message}`));
    const told = async (sql: string): Promise<string[]> => {
      seen.length = 0;
      await client.query(sql);
      return [...seen];
    };
    expect(await told("SELECT crdb_internal.notice('[set] x')")).toEqual(['NOTICE [set] x']);
    expect(await told("SELECT crdb_internal.notice('debug1', 'much')")).toEqual([]);
    await told('SET client_min_messages = warning');
    expect(await told("SELECT crdb_internal.notice('less')")).toEqual([]);
    expect(await told('SET enable_seqscan = off')).toEqual(['WARNING setting session var "enable_seqscan" is a no-op']);
    await told("SET client_min_messages = 'debug2'");
    expect(await told("SELECT crdb_internal.notice('debug1', 'much')")).toEqual(['DEBUG1 much']);
    await client.end();
  });

  it.each([
    ["SET serial_normalization = 'virtual_sequence'"],
    ['SET disallow_full_table_scans = on'],
    ['SET default_transaction_use_follower_reads = on'],
    ["SET bytea_output = 'base64'"],
    ["SET idle_in_session_timeout = '5s'"],
  ])('is refused by name when it would change what the stand-in does not: %s', async (sql) => {
    const name = sql.split(' ')[1];
    expect(await said(sql)).toMatch(new RegExp(`^0A000 unimplemented: the stand-in .* SET ${name} = `));
    expect(await said(`SHOW ${name}`)).not.toEqual(['on']);
  });

  it('turns tracing off, which it always is', async () => {
    expect(await said('SET tracing = off')).toEqual([]);
    expect(await said('SET SESSION tracing = on')).toMatch(/^0A000 .* SET tracing$/);
  });

  it('resets the time zone by its own words', async () => {
    await said("SET TIME ZONE 'America/New_York'; SET TIME ZONE LOCAL");
    expect(await said('SHOW TIME ZONE')).toEqual(['UTC']);
  });

  it('keeps its default under another spelling', async () => {
    await said("SET datestyle = 'iso'; SET bytea_output = 'HEX'; SET optimizer = 'ON'");
    expect(await said('SHOW datestyle')).toEqual(['ISO, MDY']);
    expect(await said('SHOW bytea_output')).toEqual(['hex']);
  });

  it('makes SERIAL a sequence', async () => {
    await said("SET serial_normalization = 'sql_sequence'; CREATE TABLE numbered (id SERIAL PRIMARY KEY, v INT)");
    expect(await said('INSERT INTO numbered (v) VALUES (7), (8) RETURNING id')).toEqual(['1', '2']);
    await said('RESET serial_normalization; CREATE TABLE unnumbered (id SERIAL PRIMARY KEY, v INT)');
    expect(await said('INSERT INTO unnumbered (v) VALUES (7) RETURNING id > 1000000')).toEqual(['t']);
  });

  it('requires primary keys', async () => {
    await said('SET require_explicit_primary_keys = true');
    expect(await said('CREATE TABLE keyless (v INT)')).toBe(
      'XXUUU no primary key specified for table keyless (require_explicit_primary_keys = true)',
    );
    expect(await said('CREATE TABLE keyed (a INT, b INT, PRIMARY KEY (b, a))')).toEqual([]);
    await said('RESET require_explicit_primary_keys');
  });

  it('makes transactions read-only, from now on or until they end', async () => {
    await said('SET default_transaction_read_only = on');
    expect(await said('SHOW transaction_read_only')).toEqual(['on']);
    expect(await said('CREATE TABLE late (a INT PRIMARY KEY)')).toMatch(/^25006 /);
    await said('RESET default_transaction_read_only; BEGIN; SET transaction_read_only = true');
    expect(await said('SHOW transaction_read_only')).toEqual(['on']);
    await said('ROLLBACK');
    expect(await said('SHOW transaction_read_only')).toEqual(['off']);
  });

  it('rejects what loses data by mistake', async () => {
    await said(
      'CREATE DATABASE full_one; CREATE TABLE full_one.t (a INT PRIMARY KEY, b INT); CREATE DATABASE bare_one',
    );
    await said('SET sql_safe_updates = on');
    const rejected = '01000 rejected (sql_safe_updates = true): ';
    expect(await said('DROP DATABASE full_one')).toBe(
      `${rejected}DROP DATABASE on non-empty database without explicit CASCADE`,
    );
    expect(await said('DROP DATABASE defaultdb CASCADE')).toBe(`${rejected}DROP DATABASE on current database`);
    expect(await said('ALTER DATABASE defaultdb RENAME TO d')).toBe(`${rejected}RENAME DATABASE on current database`);
    expect(await said("SET database = ''")).toBe(`${rejected}SET database to empty string`);
    expect(await said('DROP DATABASE bare_one')).toEqual([]);
    await said('SET sql_safe_updates = off');
    expect(await said('DROP DATABASE full_one RESTRICT')).toBe(
      '2BP01 database "full_one" is not empty and RESTRICT was specified',
    );
    expect(await said('DROP DATABASE full_one CASCADE')).toEqual([]);
  });
});

describe('an index hint', () => {
  it('names an index that the table has', async () => {
    await said('CREATE TABLE hinted (a INT PRIMARY KEY, b INT, INDEX by_b (b)); INSERT INTO hinted VALUES (1, 2)');
    expect(await said('SELECT b FROM hinted@by_b')).toEqual(['2']);
    expect(await said('SELECT h.b FROM defaultdb.public.hinted@{FORCE_INDEX=primary,DESC} AS h')).toEqual(['2']);
    expect(await said('SELECT b FROM hinted@by_c')).toBe('XXUUU index "by_c" not found');
    expect(await said('SELECT b FROM (SELECT * FROM hinted@{FORCE_INDEX=by_c})')).toBe('XXUUU index "by_c" not found');
    expect(await said('DELETE FROM hinted@nosuch WHERE a = 5')).toBe('XXUUU index "nosuch" not found');
    expect(await said('SELECT b FROM hinted@{BY_LUCK}')).toBe('42601 at or near "by_luck": syntax error');
    expect(await said('SELECT b FROM hinted@{NO_FULL_SCAN}')).toMatch(/^0A000 .* NO_FULL_SCAN$/);
    expect(await said('SELECT b FROM nosuch@by_b')).toBe('42P01 relation "nosuch" does not exist');
  });
});

describe('a cluster setting', () => {
  it.each([
    ['sql.defaults.reorder_joins_limit', '4', '4'],
    ['sql.stats.automatic_collection.fraction_stale_rows', '0.5', '0.5'],
    ['jobs.retention_time', "'90s'", '00:01:30'],
    ['jobs.retention_time', "'36h'", '36:00:00'],
    ['kv.snapshot_rebalance.max_rate', "'64MiB'", '64 MiB'],
    ['kv.snapshot_rebalance.max_rate', "'2GB'", '1.9 GiB'],
    ['sql.trace.log_statement_execute', 'on', 't'],
    ['kv.allocator.load_based_rebalancing', '1', 'leases'],
    ['cluster.organization', "'It''s us'", "It's us"],
  ])('is set in its type: %s = %s', async (name, value, shown) => {
    expect(await said(`SET CLUSTER SETTING ${name} = ${value}`)).toEqual([]);
    expect(await said(`SHOW CLUSTER SETTING ${name}`)).toEqual([shown]);
    await said(`RESET CLUSTER SETTING ${name}`);
  });

  it.each([
    [
      'jobs.retention_time',
      '5',
      '42804 argument of SET CLUSTER SETTING jobs.retention_time must be type interval, not type int',
    ],
    [
      'kv.rangefeed.enabled',
      '5',
      '42804 argument of SET CLUSTER SETTING kv.rangefeed.enabled must be type bool, not type int',
    ],
    ['kv.rangefeed.enabled', "'5'", '22P02 could not parse "5" as type bool: invalid bool value'],
    [
      'sql.distsql.max_running_flows',
      "'x'",
      '22P02 could not parse "x" as type int: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    ['sql.defaults.distsql', "'x'", "XXUUU invalid string value 'x' for enum setting"],
  ])('has no value of another type: %s = %s', async (name, value, error) => {
    expect(await said(`SET CLUSTER SETTING ${name} = ${value}`)).toBe(error);
  });

  it('is refused by name where a client would see that it has no effect', async () => {
    expect(await said('SET CLUSTER SETTING feature.schema_change.enabled = false')).toMatch(/^0A000 .*feature.schema/);
    expect(await said('SET CLUSTER SETTING feature.schema_change.enabled = true')).toEqual([]);
    expect(await said("SET CLUSTER SETTING sql.defaults.serial_normalization = 'virtual_sequence'")).toMatch(/^0A000 /);
  });

  it('is the default of a variable in new sessions, and after RESET', async () => {
    await said('SET CLUSTER SETTING sql.defaults.default_int_size = 4');
    const session = await newSession();
    expect(await said('SHOW default_int_size', session)).toEqual(['4']);
    await said('SET default_int_size = 8; RESET default_int_size', session);
    expect(await said('SHOW default_int_size', session)).toEqual(['4']);
    expect(await said('SHOW default_int_size')).toEqual(['8']);
    await said('RESET CLUSTER SETTING sql.defaults.default_int_size');
    await session.close();
  });

  it('is listed, the reserved ones only on request', async () => {
    const count = (what: string): string =>
      `SELECT count(*) FROM [SHOW ${what}] WHERE variable IN ('jobs.scheduler.enabled', 'version')`;
    expect(await said(count('CLUSTER SETTINGS'))).toEqual(['1']);
    expect(await said(count('ALL CLUSTER SETTINGS'))).toEqual(['2']);
  });
});
