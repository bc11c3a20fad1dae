import { beforeAll, describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

describe('several databases', () => {
  const standin = useStandin();

  const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

  beforeAll(async () => {
    await playAll(
      'CREATE DATABASE shop',
      'CREATE TABLE shop.items (id INT PRIMARY KEY, name STRING, price FLOAT, tags STRING[], extra JSONB)',
      `INSERT INTO shop.items VALUES (1, 'pen', 1e-7, ARRAY['a,"b', NULL], 'null'), (2, 'ink', NULL, NULL, NULL)`,
      'CREATE SEQUENCE shop.numbers',
      'CREATE TABLE sold (id INT PRIMARY KEY, item INT)',
      'INSERT INTO sold VALUES (7, 1), (8, 2)',
    );
  });

  it('joins their tables, with all values as they are', async () => {
    const seen = await playAll(
      `SELECT sold.id, name, shop.items.price, tags, extra IS NULL, tags[1]
      FROM sold JOIN shop.public.items ON shop.items.id = sold.item ORDER BY sold.id`,
      'SELECT count(*) FROM shop.items i, sold, shop.items@primary AS j WHERE i.id = j.id',
      'WITH cheap AS (SELECT id FROM shop.items WHERE price < 1) SELECT s.id FROM sold s, cheap WHERE item = cheap.id',
      'SELECT id FROM sold WHERE NOT EXISTS (SELECT 1 FROM shop.items WHERE items.id = item AND price IS NULL)',
    );
    const tags = '{"a,\\"b",NULL}';
    expect(seen).toEqual([
      [
        ['7', 'pen', '1e-07', tags, 'f', 'a,"b'],
        ['8', 'ink', null, null, 't', null],
      ],
      [['4']],
      [['7']],
      [['7']],
    ]);
  });

  it('changes the tables of one with those of another', async () => {
    const seen = await playAll(
      'CREATE TABLE shop.copies AS SELECT * FROM sold',
      'INSERT INTO sold SELECT id + 100, NULL FROM shop.copies WHERE id = 7',
      'UPDATE shop.copies SET item = sold.id FROM sold WHERE sold.id = copies.id RETURNING copies.item',
      'DELETE FROM sold WHERE id IN (SELECT id + 100 FROM shop.copies)',
      'DROP TABLE shop.copies',
    );
    expect(seen).toEqual(['CREATE TABLE AS', 'INSERT 0 1', [['7'], ['8']], 'DELETE 1', 'DROP TABLE']);
  });

  it.each([
    ['COMMIT', ['9']],
    ['ROLLBACK', null],
  ])('ends the transactions in all of them together, with %s', async (end, kept) => {
    const seen = await playAll(
      'BEGIN',
      'INSERT INTO sold VALUES (9, 3)',
      'SAVEPOINT before',
      "INSERT INTO shop.items (id, name) VALUES (3, 'rag')",
      'ROLLBACK TO before',
      "INSERT INTO shop.items (id, name) VALUES (3, 'cap')",
      'SELECT name FROM sold JOIN shop.items ON items.id = item WHERE sold.id = 9',
    );
    expect(seen.at(-1)).toEqual([['cap']]);
    const after = await playAll(
      end,
      'SELECT id FROM sold WHERE item = 3',
      'SELECT id FROM shop.items WHERE id = 3',
      'DELETE FROM sold WHERE id = 9',
      'DELETE FROM shop.items WHERE id = 3',
    );
    expect(after.slice(1, 3)).toEqual(kept ? [[kept], [['3']]] : [[], []]);
  });

  it('can be changed by USE in a transaction', async () => {
    const seen = await playAll(
      'BEGIN',
      'INSERT INTO sold VALUES (30, 30)',
      'USE shop',
      "INSERT INTO items (id, name) VALUES (30, 'tape')",
      'SELECT current_database(), count(*) FROM defaultdb.sold WHERE id = 30',
      'ROLLBACK',
      'SELECT current_database(), count(*) FROM items WHERE id = 30',
      'SELECT count(*) FROM sold',
      'SET database = defaultdb',
      'SELECT count(*) FROM sold WHERE id = 30',
    );
    expect(seen.slice(4)).toEqual([
      [['shop', '1']],
      'ROLLBACK',
      [['shop', '0']],
      '42P01 relation "sold" does not exist',
      'SET',
      [['0']],
    ]);
  });

  it('fails in all of them when it fails in one', async () => {
    const seen = await playAll(
      'BEGIN',
      'INSERT INTO sold VALUES (9, 3)',
      'INSERT INTO shop.items (id) VALUES (1)',
      'SELECT 1',
      'COMMIT',
      'SELECT count(*) FROM sold',
    );
    expect(seen.slice(2)).toEqual([
      expect.stringMatching(/^23505 /),
      expect.stringMatching(/^25P02 /),
      'ROLLBACK',
      [['2']],
    ]);
  });

  it('reads again what a prepared statement needs, each time', async () => {
    const count = async (): Promise<unknown> => {
      const sql = 'SELECT count(*) FROM sold JOIN shop.items ON items.id = item AND items.id < $1';
      const { answers, error } = await standin.client.ask({ sql, protocol: 'extended', params: ['10'] });
      return error?.message ?? answers[0]?.rows;
    };
    expect(await count()).toEqual([['2']]);
    await playAll('UPDATE shop.items SET id = 20 WHERE id = 2');
    expect(await count()).toEqual([['1']]);
    await playAll('UPDATE shop.items SET id = 2 WHERE id = 20');
  });

  it('makes nothing in the wrong one, and nothing that depends on another', async () => {
    const seen = await playAll(
      'CREATE VIEW both AS SELECT * FROM shop.items',
      'CREATE TABLE refers (id INT REFERENCES shop.items (id))',
      'CREATE TABLE shop.refers (id INT REFERENCES sold (id))',
      'CREATE TABLE shop.refers (id INT REFERENCES nosuch (id))',
      'CREATE TABLE refers (id INT REFERENCES shop.nosuch (id))',
      'ALTER TABLE sold ADD FOREIGN KEY (item) REFERENCES shop.items (id)',
      'DROP TABLE sold, shop.items',
      "INSERT INTO sold VALUES (nextval('shop.numbers'), 1)",
    );
    const keys = /^42830 foreign references between databases are not allowed/;
    expect(seen).toEqual([
      expect.stringMatching(/^0A000 the view cannot refer to other databases/),
      expect.stringMatching(keys),
      expect.stringMatching(keys),
      '42P01 relation "nosuch" does not exist',
      '42P01 relation "shop.nosuch" does not exist',
      expect.stringMatching(keys),
      expect.stringMatching(/^0A000 unimplemented: the stand-in .* two databases/),
      expect.stringMatching(/^0A000 unimplemented: the stand-in .* two databases/),
    ]);
    expect(await playAll("SELECT table_name FROM [SHOW TABLES FROM shop] WHERE type = 'table'")).toEqual([[['items']]]);
  });

  it('repeats names in errors as they were written', async () => {
    const seen = await playAll(
      'SELECT * FROM shop.nosuch',
      'SELECT * FROM nosuch.items',
      'SELECT * FROM nosuch.public.items',
      'CREATE TABLE nosuch.items (id INT)',
      'CREATE VIEW nosuch.public.items AS SELECT 1',
      'CREATE TABLE nosuch.public.items (id INT)',
      'DROP TABLE nosuch.public.items',
      'SELECT nosuch.items()',
      'DROP SCHEMA nosuch',
    );
    expect(seen).toEqual([
      '42P01 relation "shop.nosuch" does not exist',
      '42P01 relation "nosuch.items" does not exist',
      '42P01 relation "nosuch.public.items" does not exist',
      '3F000 cannot create "nosuch.items" because the target database or schema does not exist',
      '3F000 cannot create "nosuch.public.items" because the target database or schema does not exist',
      '3F000 cannot create "nosuch.public.items" because the target database or schema does not exist',
      '42P01 relation "nosuch.public.items" does not exist',
      '42883 unknown function: nosuch.items()',
      '3F000 unknown schema "nosuch"',
    ]);
  });

  it('says what a name that is taken, or may not be used, belongs to', async () => {
    await playAll('CREATE SCHEMA side', 'CREATE TABLE side.goods (a INT)', 'CREATE VIEW seen AS SELECT id FROM sold');
    const seen = await playAll(
      'CREATE VIEW sold AS SELECT 1',
      'CREATE SEQUENCE shop.items',
      'CREATE TABLE side.goods AS SELECT 1',
      'ALTER TABLE side.goods RENAME TO defaultdb.side.wares',
      'ALTER TABLE side.wares RENAME TO public.wares',
      'ALTER TABLE sold RENAME TO gone',
      'ALTER VIEW seen RENAME TO sold',
      'DROP SCHEMA public CASCADE',
      'ALTER SCHEMA public RENAME TO private',
    );
    expect(seen).toEqual([
      '42P07 relation "defaultdb.public.sold" already exists',
      '42P07 relation "shop.public.items" already exists',
      '42P07 relation "defaultdb.side.goods" already exists',
      'RENAME TABLE',
      '42602 cannot change schema of table with RENAME',
      '2BP01 cannot rename relation "defaultdb.public.sold" because view "seen" depends on it',
      '42P07 relation "defaultdb.public.sold" already exists',
      '3F000 cannot drop schema "public"',
      '3F000 cannot rename schema "public"',
    ]);
    await playAll('DROP VIEW seen');
  });

  it('shows what they hold', async () => {
    const seen = await playAll(
      'SELECT sequence_name FROM [SHOW SEQUENCES FROM shop]',
      'SELECT column_name FROM [SHOW COLUMNS FROM shop.items] ORDER BY 1 LIMIT 2',
      "SELECT nextval('shop.numbers')",
      "SELECT count(*) FROM shop.information_schema.tables WHERE table_name = 'items'",
    );
    expect(seen).toEqual([[['numbers']], [['extra'], ['id']], [['1']], [['1']]]);
  });
});
