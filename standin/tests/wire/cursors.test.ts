import { beforeAll, describe, expect, it } from 'vitest';
import { RawClient, send } from './raw-client.ts';
import { play, playOne, useStandin } from './served.ts';

describe('cursors', () => {
  const standin = useStandin();
  beforeAll(async () => {
    await playOne(standin.client, {
      sql: 'CREATE TABLE read (a INT PRIMARY KEY); INSERT INTO read VALUES (3), (1), (2)',
    });
  });

  it('read a query forward, row by row or all at once', async () => {
    const texts = ['BEGIN', 'DECLARE c NO SCROLL CURSOR WITHOUT HOLD FOR SELECT a, a::STRING FROM read'];
    const fetches = ['FETCH c', 'MOVE FORWARD 1 IN c', 'FETCH FORWARD ALL FROM "c"', 'FETCH 2 c', 'CLOSE c', 'FETCH c'];
    expect(await play(standin.client, [...texts, ...fetches, 'ROLLBACK'])).toEqual([
      ...['BEGIN', 'DECLARE CURSOR'],
      ...[[['1', '1']], 'MOVE 1', [['3', '3']], []],
      ...['CLOSE CURSOR', '34000 cursor "c" does not exist', 'ROLLBACK'],
    ]);
  });

  it.each([
    ['DECLARE c CURSOR FOR SELECT 1', '25P01 DECLARE CURSOR can only be used in transaction blocks'],
    ['DECLARE c CURSOR FOR DELETE FROM read', '42601 at or near "delete": syntax error'],
    ['BEGIN; DECLARE c CURSOR FOR SELECT a FROM read; FETCH BACKWARD 1 FROM c', '55000 cursor can only scan forward'],
    [
      'BEGIN; DECLARE c CURSOR FOR SELECT a FROM read; FETCH c; DROP TABLE read',
      '55000 cannot run schema change in a transaction with open DECLARE cursors',
    ],
  ])('refuse %s', async (sql, error) => {
    expect(await playOne(standin.client, { sql })).toBe(error);
    await playOne(standin.client, { sql: 'ROLLBACK' });
  });

  it('are described by the extended protocol, as psycopg asks for', async () => {
    const client = await RawClient.open(standin.address);
    await client.ask(1, send.query('BEGIN; DECLARE d CURSOR FOR SELECT a FROM read'));
    expect(await client.ask(1, send.describe('P', 'd'), send.sync())).toEqual(['columns a 20', 'ready T']);
    expect(await client.ask(1, send.describe('P', 'e'), send.sync())).toEqual(['34000 unknown portal "e"', 'ready E']);
    client.vanish();
  });
});
