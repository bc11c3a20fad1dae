import { beforeAll, describe, expect, it } from 'vitest';
import { playOne, useStandin } from './served.ts';

/** Far longer than the stand-in needs to see that nothing more is written, also on a busy machine. */
const QUIET = 'SELECT pg_sleep(0.5)';

describe('AS OF SYSTEM TIME', () => {
  const standin = useStandin();

  /** Plays a statement; returns its rows, its command tag or its error. */
  async function play(sql: string, params?: string[]): Promise<unknown> {
    return await playOne(standin.client, { sql, params, ...(params && { protocol: 'extended' }) });
  }

  const clock = async (): Promise<string> => {
    const [[time] = []] = (await play('SELECT cluster_logical_timestamp()')) as string[][];
    return time!;
  };
  const times: Record<string, string> = {};

  beforeAll(async () => {
    times['before'] = await clock();
    await play('CREATE TABLE past (id INT PRIMARY KEY, v INT)');
    await play('INSERT INTO past VALUES (1, 1)');
    await play(QUIET);
    times['first'] = await clock();
    await play(QUIET);
    await play('UPDATE past SET v = 2');
    await play(QUIET);
    times['second'] = await clock();
    await play(QUIET);
    await play('DELETE FROM past');
    await play(QUIET);
  });

  it.each([
    ['first', [['1']]],
    ['second', [['2']]],
    ['before', '42P01 relation "past" does not exist'],
  ])('reads what was there: %s', async (when, expected) => {
    const time = times[when]!;
    expect(await play(`SELECT v FROM past AS OF SYSTEM TIME ${time} WHERE id = 1`)).toEqual(expected);
    expect(await play(`SELECT v FROM past AS OF SYSTEM TIME '${time}' LIMIT 5`, [])).toEqual(expected);
    expect(await play(`BEGIN AS OF SYSTEM TIME ${time}`)).toBe('BEGIN');
    expect(await play('SELECT v FROM past')).toEqual(expected);
    await play('ROLLBACK');
  });

  it.each([
    ['WITH', 'WITH w AS (UPDATE hidden AS h SET v = v + 1 RETURNING v) SELECT v FROM w'],
    ['WITH, without AS', 'WITH w AS (UPDATE hidden h SET v = v + 1 RETURNING v) SELECT v FROM w'],
    ['a source', 'SELECT v FROM [UPDATE hidden@primary SET v = v + 1 RETURNING v]'],
    ['EXPLAIN ANALYZE', 'EXPLAIN ANALYZE UPDATE hidden AS h SET v = v + 1'],
    ['a statement that was prepared', 'PREPARE writes AS UPDATE hidden SET v = v + 1; EXECUTE writes'],
  ])('knows the state before a write that is hidden in %s', async (_, write) => {
    await play('DROP TABLE IF EXISTS hidden; CREATE TABLE hidden (id INT PRIMARY KEY, v INT)');
    await play('INSERT INTO hidden VALUES (1, 1)');
    await play(QUIET);
    const time = await clock();
    await play(write);
    expect(await play('SELECT v FROM hidden')).toEqual([['2']]);
    expect(await play(`SELECT v FROM hidden AS OF SYSTEM TIME ${time}`)).toEqual([['1']]);
  });

  it('reads the present, and writes nothing', async () => {
    expect(await play("SELECT count(*) FROM past AS OF SYSTEM TIME '-1us'")).toEqual([['0']]);
    expect(await play("BEGIN; SET TRANSACTION AS OF SYSTEM TIME '-1us'; SELECT count(*) FROM past")).toEqual([['0']]);
    expect(await play('SHOW transaction_read_only')).toEqual([['on']]);
    expect(await play('INSERT INTO past VALUES (5, 5)')).toMatch(/^25006/);
    await play('ROLLBACK');
  });

  it('tells the time at which it reads', async () => {
    const seen = await play(
      "SELECT now(), current_date FROM (VALUES (1)) AS one (n) AS OF SYSTEM TIME '2020-02-03 04:05'",
    );
    expect(seen).toEqual([['2020-02-03 04:05:00+00:00', '2020-02-03']]);
  });

  it('refuses what it does not know, in its own words', async () => {
    await play('ALTER TABLE past ADD COLUMN w INT');
    expect(await play(`SELECT v FROM past AS OF SYSTEM TIME ${times['second']!}`)).toMatch(/^0A000 .*stand-in/);
    await play('DROP TABLE past');
    expect(await play(`SELECT v FROM past AS OF SYSTEM TIME ${times['second']!}`)).toMatch(/^0A000 .*stand-in/);
    await play('CREATE TABLE past (id INT)');
    expect(await play(`SELECT * FROM past AS OF SYSTEM TIME ${times['second']!}`)).toMatch(/^0A000 .*stand-in/);
  });

  it.each([
    ["'1h'", 'XXUUU AS OF SYSTEM TIME: cannot specify timestamp in the future'],
    ['now()', 'XXUUU AS OF SYSTEM TIME: only constant expressions or follower_read_timestamp are allowed'],
    ['random()::STRING', 'XXUUU AS OF SYSTEM TIME: only constant expressions'],
    ["'0.5us'", "XXUUU AS OF SYSTEM TIME: interval value '0.5us' too small"],
    ["'yesterweek'", 'XXUUU AS OF SYSTEM TIME: value is neither timestamp, decimal, nor interval'],
    ['-5', 'XXUUU AS OF SYSTEM TIME: timestamp before 1970-01-01T00:00:00Z is invalid'],
    ['(SELECT 1)', '0A000 subqueries are not allowed in AS OF SYSTEM TIME'],
    ['id', '42703 column "id" does not exist'],
  ])('AS OF SYSTEM TIME %s is an error', async (when, message) => {
    expect(await play(`SELECT * FROM past AS OF SYSTEM TIME ${when}`)).toContain(message);
    expect(await play(`BEGIN AS OF SYSTEM TIME ${when}`)).toContain(message);
    expect(await play('SHOW TRANSACTION STATUS')).toEqual([['NoTxn']]);
  });

  it.each([
    [
      "SELECT * FROM (SELECT * FROM past AS OF SYSTEM TIME '-1s')",
      '42601 AS OF SYSTEM TIME must be provided on a top-level',
    ],
    ["DELETE FROM past WHERE id IN (SELECT id FROM past AS OF SYSTEM TIME '-1s')", '42601 AS OF SYSTEM TIME must be'],
    ["SELECT 1 AS a UNION SELECT id FROM past AS OF SYSTEM TIME '-1s'", '42601 AS OF SYSTEM TIME must be provided'],
    ["BEGIN AS OF SYSTEM TIME '-1s', READ WRITE", '42601'],
    ["BEGIN; SELECT * FROM past AS OF SYSTEM TIME '-1s'", '42601 inconsistent AS OF SYSTEM TIME timestamp; expected: '],
  ])('%s is an error', async (sql, message) => {
    expect(await play(sql)).toContain(message);
    await play('ROLLBACK');
  });

  it.each(["INTERVAL '-1us'", "-('1' || 'us')::INTERVAL", "'-1 microsecond'::INTERVAL"])('takes %s', async (when) => {
    expect(await play(`SELECT count(*) FROM past AS OF SYSTEM TIME ${when}`)).toEqual([['0']]);
  });
});
