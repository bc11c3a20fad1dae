import { describe, expect, it } from 'vitest';
import { RawClient, send } from './raw-client.ts';
import { playOne, useStandin } from './served.ts';

const CANCELED = '57014 query execution canceled';

describe('a statement that the client interrupts', () => {
  const standin = useStandin();

  it('is canceled, and the next one is not', async () => {
    const client = await RawClient.open(standin.address);
    const sleeping = client.ask(1, send.query('SELECT pg_sleep(100)'));
    await client.cancel();
    expect(await sleeping).toContain(CANCELED);
    for (const n of [1, 2, 3, 4, 5]) {
      await client.cancel();
      expect(await client.ask(1, send.query(`SELECT ${n}`))).toContain(`row ${n}`);
    }
    client.vanish();
  });

  it('releases its locks when the client vanishes, and so does a transaction', async () => {
    await playOne(standin.client, { sql: 'CREATE TABLE locked (a INT PRIMARY KEY); INSERT INTO locked VALUES (1)' });
    const client = await RawClient.open(standin.address);
    await client.ask(1, send.query('BEGIN; UPDATE locked SET a = 2'));
    void client.ask('never', send.query('SELECT pg_sleep(100)'));
    client.vanish();
    expect(await playOne(standin.client, { sql: 'DROP TABLE locked' })).toBe('DROP TABLE');
  });

  it.each([
    ['CopyFail', send.copyFail(), 'XXUUU client canceled COPY'],
    ['a query', send.query('SELECT 1'), '08P01 unrecognized client message type ClientMsgSimpleQuery'],
    ['a bad row', Buffer.concat([send.copyData('x\n'), send.copyDone()]), '22P02 '],
  ])('ends a COPY by %s', async (_, end, error) => {
    await playOne(standin.client, { sql: 'CREATE TABLE IF NOT EXISTS filled (a INT)' });
    const client = await RawClient.open(standin.address);
    await client.ask('copy in', send.query('COPY filled FROM STDIN'));
    const seen = await client.ask(1, send.copyData('1\n'), send.sync(), end);
    expect(seen.at(-2)).toMatch(new RegExp(`^${error}`));
    expect(await client.ask(1, send.query('SELECT count(*) FROM filled'))).toContain('row 0');
    client.vanish();
  });
});

describe('a node that serves all the clients that it can', () => {
  const standin = useStandin();

  it('tells the next one so, and serves it once another has gone', async () => {
    const clients: RawClient[] = [];
    try {
      for (let n = 1; n < 24; n++) clients.push(await RawClient.open(standin.address));
      await expect(RawClient.open(standin.address)).rejects.toThrow('53300 sorry, too many clients already');
      const sleeping = clients[0]!.ask(1, send.query('SELECT pg_sleep(100)'));
      await clients[0]!.cancel();
      expect(await sleeping).toContain(CANCELED);
    } finally {
      for (const client of clients) client.vanish();
    }
    await expect.poll(async () => await RawClient.open(standin.address).then(() => 'served', String)).toBe('served');
  });
});
