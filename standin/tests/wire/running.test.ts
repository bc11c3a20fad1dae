import { beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { useStandin } from './served.ts';

const IDLE = "SELECT count(*) FROM [SHOW QUERIES] WHERE query LIKE 'SELECT pg_sleep%'";

describe('what the sessions of a node do', () => {
  const served = useStandin();
  let other: Connection;
  beforeAll(async () => {
    other = await Connection.open(served.address, { user: 'root', database: 'defaultdb' });
    return () => other.close();
  });
  const rowsOf = async (sql: string): Promise<(string | null)[][]> => {
    const { answers, error } = await served.client.ask({ sql });
    expect([sql, error]).toEqual([sql, null]);
    return answers[0]!.rows;
  };

  it('can be seen, with types that can be compared', async () => {
    expect(
      await rowsOf(
        "SELECT user_name, session_start <= now(), node_id + 1 FROM [SHOW SESSIONS] WHERE active_queries <> ''",
      ),
    ).toEqual([['root', 't', '2']]);
    expect(await rowsOf('SELECT phase, distributed FROM [SHOW ALL CLUSTER STATEMENTS]')).toEqual([['executing', 'f']]);
    expect(await rowsOf('SELECT num_stmts FROM [SHOW TRANSACTIONS]')).toEqual([['1']]);
  });

  it('can be cancelled by the id of the statement', async () => {
    const asked = other.ask({ sql: 'SELECT pg_sleep(15)' });
    await expect.poll(() => rowsOf(IDLE)).toEqual([['1']]);
    const [[id] = []] = await rowsOf("SELECT query_id FROM [SHOW QUERIES] WHERE query LIKE 'SELECT pg_sleep%'");
    expect((await served.client.ask({ sql: `CANCEL QUERY '${id}'` })).answers[0]?.tag).toBe('CANCEL QUERIES 1');
    expect(await asked).toMatchObject({ error: { code: '57014', message: 'query execution canceled' }, status: 'I' });
    expect(await served.client.ask({ sql: `CANCEL QUERY '${id}'` })).toMatchObject({ error: { code: 'XXUUU' } });
    expect((await served.client.ask({ sql: `CANCEL QUERY IF EXISTS '${id}'` })).error).toBeNull();
  });

  it('can be cancelled only by the same user or an admin', async () => {
    await served.client.ask({ sql: 'CREATE USER onlooker' });
    const onlooker = await Connection.open(served.address, { user: 'onlooker', database: 'defaultdb' });
    const [[id] = []] = await rowsOf("SELECT session_id FROM [SHOW SESSIONS] WHERE user_name = 'root' LIMIT 1");
    const { error } = await onlooker.ask({ sql: `CANCEL SESSION '${id}'` });
    expect(error?.message).toBe(`could not cancel session ${id}: session ID ${id} not found`);
    expect((await onlooker.ask({ sql: 'SHOW SESSIONS' })).answers[0]?.rows.every((row) => row[2] === 'onlooker')).toBe(
      true,
    );
    await onlooker.close();
  });

  it('can be ended with the session', async () => {
    const asked = other.ask({ sql: 'SELECT pg_sleep(15)' });
    await expect.poll(() => rowsOf(IDLE)).toEqual([['1']]);
    const ended = await served.client.ask({
      sql: "CANCEL SESSIONS SELECT session_id FROM [SHOW SESSIONS] WHERE active_queries LIKE 'SELECT pg_sleep%'",
    });
    expect(ended.answers[0]?.tag).toBe('CANCEL SESSIONS 1');
    expect((await asked).error).not.toBeNull();
    await expect.poll(() => rowsOf(IDLE)).toEqual([['0']]);
  });

  it('are jobs when they change the schema and commit', async () => {
    await served.client.ask({ sql: 'CREATE TABLE jobs_of (a INT)' });
    await served.client.ask({ sql: 'BEGIN' });
    await served.client.ask({ sql: 'CREATE INDEX undone ON jobs_of (a)' });
    await served.client.ask({ sql: 'ROLLBACK' });
    await served.client.ask({ sql: 'CREATE INDEX done ON jobs_of (a)' });
    expect(
      await rowsOf(
        "SELECT description, status, fraction_completed FROM [SHOW JOBS] WHERE description LIKE '%jobs_of%'",
      ),
    ).toEqual([['CREATE INDEX done ON jobs_of (a)', 'succeeded', '1']]);
    const { error } = await served.client.ask({ sql: 'CANCEL JOBS SELECT job_id FROM [SHOW JOBS]' });
    expect(error?.message).toBe('job with status succeeded cannot be canceled');
    expect((await served.client.ask({ sql: 'PAUSE JOB 7' })).error?.message).toBe('job with ID 7 does not exist');
  });

  it.each([
    ["CANCEL QUERY '0f0'", "invalid query ID '0f0': could not decode 0f0 as hex: encoding/hex: odd length hex string"],
    [
      "CANCEL SESSION 'xy'",
      "invalid session ID 'xy': could not decode xy as hex: encoding/hex: invalid byte: U+0078 'x'",
    ],
  ])('have ids of hexadecimal digits: %s', async (sql, message) => {
    expect(await served.client.ask({ sql })).toMatchObject({ error: { code: '42601', message } });
  });
});
