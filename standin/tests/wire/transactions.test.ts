import { beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { play, useStandin } from './served.ts';

describe('transactions as CockroachDB has them', () => {
  const standin = useStandin();

  /** Plays statements in one session; an error is told by its code. */
  const playAll = async (...statements: string[]): Promise<unknown[]> =>
    await play(standin.client, statements, ({ code }) => code);

  beforeAll(async () => {
    await playAll('CREATE TABLE kept (id INT PRIMARY KEY)', 'CREATE SEQUENCE numbers');
  });

  it.each([
    ['a restart savepoint inside another', ['SAVEPOINT a', 'SAVEPOINT cockroach_restart'], ['SAVEPOINT', '42601']],
    ['a restart savepoint after a read', ['SELECT * FROM kept', 'SAVEPOINT cockroach_restart_again'], [[], '42601']],
    ['an unknown savepoint', ['SAVEPOINT a', 'RELEASE SAVEPOINT b'], ['SAVEPOINT', '3B001']],
    ['a released savepoint', ['SAVEPOINT a', 'RELEASE a', 'ROLLBACK TO a'], ['SAVEPOINT', 'RELEASE', '3B001']],
    [
      'a savepoint before a definition',
      ['INSERT INTO kept VALUES (1)', 'SAVEPOINT a', 'CREATE TABLE brief (a INT)', 'ROLLBACK TO a'],
      ['INSERT 0 1', 'SAVEPOINT', 'CREATE TABLE', '0A000'],
    ],
  ])('%s fails the transaction', async (_, statements, expected) => {
    expect(await playAll('BEGIN', ...statements, 'COMMIT')).toEqual(['BEGIN', ...expected, 'ROLLBACK']);
    expect(await playAll('SELECT * FROM kept')).toEqual([[]]);
  });

  it('a failed transaction begins anew when its restart savepoint is set again', async () => {
    const seen = await playAll(
      'BEGIN; SAVEPOINT cockroach_restart; INSERT INTO kept VALUES (1)',
      'SELECT 1/0',
      'SAVEPOINT other',
      'SAVEPOINT cockroach_restart',
      'SELECT count(*) FROM kept',
      'RELEASE SAVEPOINT cockroach_restart; COMMIT',
    );
    expect(seen).toEqual(['INSERT 0 1', '22012', '25P02', 'ROLLBACK', [['0']], 'COMMIT']);
  });

  it('with force_savepoint_restart, releasing any savepoint commits', async () => {
    const seen = await playAll(
      'SET force_savepoint_restart = on',
      'BEGIN; SAVEPOINT mine; INSERT INTO kept VALUES (3)',
      'RELEASE SAVEPOINT mine',
      'SHOW TRANSACTION STATUS',
      'ROLLBACK; RESET force_savepoint_restart',
      'DELETE FROM kept RETURNING id',
    );
    expect(seen).toEqual(['SET', 'INSERT 0 1', 'COMMIT', [['CommitWait']], 'SET', [['3']]]);
  });

  it('a restarted transaction keeps its time, so that a loop around force_retry ends', async () => {
    const [time] = await playAll('BEGIN; SAVEPOINT cockroach_restart; SELECT now()::STRING');
    const attempt = (): Promise<unknown[]> => playAll("SELECT crdb_internal.force_retry('1s')");
    let last = await attempt();
    expect(last).toEqual(['40001']);
    while (last[0] === '40001') {
      const again = [
        'ROLLBACK TO SAVEPOINT cockroach_restart; SELECT now()::STRING',
        'SELECT current_timestamp::STRING',
      ];
      expect(await playAll(...again)).toEqual([time, time]);
      last = await attempt();
    }
    expect(last).toEqual([[['0']]]);
    expect(await playAll('COMMIT')).toEqual(['COMMIT']);
  });

  it.each([
    ['that was there', 'DROP TABLE kept', 'CREATE TABLE kept AS SELECT 1 AS a', '55000'],
    ['of a sequence', 'DROP SEQUENCE numbers', 'CREATE SEQUENCE numbers', '55000'],
    ['that was given up', 'ALTER TABLE kept RENAME TO other', 'CREATE TABLE kept (a INT)', '42P07'],
    ['that was free', 'DROP TABLE IF EXISTS free', 'CREATE TABLE free (a INT)', 'CREATE TABLE'],
    ['of its own', 'CREATE TABLE own (a INT); DROP TABLE own', 'CREATE TABLE own (b INT)', 'CREATE TABLE'],
  ])('a name %s', async (_, before, create, expected) => {
    const [, , seen] = await playAll('BEGIN', before, create, 'ROLLBACK');
    expect(seen).toBe(expected);
  });

  it('idle_in_transaction_session_timeout ends a session that leaves its transaction open', async () => {
    const idle = await Connection.open(standin.address, { user: 'root', database: 'defaultdb' });
    await idle.ask({ sql: "SET idle_in_transaction_session_timeout = '20ms'; BEGIN; INSERT INTO kept VALUES (9)" });
    // Waits for the row's lock, which the end of the other session releases.
    expect(await playAll('INSERT INTO kept VALUES (9)', 'DELETE FROM kept')).toEqual(['INSERT 0 1', 'DELETE 1']);
    expect((await idle.ask({ sql: 'SELECT 1' })).error).not.toBeNull();
    await idle.close();
  });

  it('tells of savepoints even after an error', async () => {
    const shown = ['SHOW SAVEPOINT STATUS', 'SHOW TRANSACTION STATUS', 'SHOW TABLES', 'ROLLBACK'];
    expect(await playAll('BEGIN', 'SAVEPOINT a', 'SELECT 1/0', ...shown)).toEqual([
      'BEGIN',
      'SAVEPOINT',
      '22012',
      [['a', 't']],
      [['Aborted']],
      '25P02',
      'ROLLBACK',
    ]);
  });
});
