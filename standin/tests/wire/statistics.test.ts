import { describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { play, rowsAsText, useStandin } from './served.ts';

describe('CREATE STATISTICS', () => {
  const standin = useStandin();
  const shown = async (name: string): Promise<string[] | string> =>
    await rowsAsText(
      standin.client,
      'SELECT column_names, row_count, distinct_count, null_count FROM [SHOW STATISTICS FOR TABLE rides] ' +
        `WHERE statistics_name = '${name}'`,
    );

  it('counts the rows and values of columns', async () => {
    await play(standin.client, [
      'CREATE TABLE rides (city STRING, id INT, fare DECIMAL, note STRING, INDEX (fare), PRIMARY KEY (city, id))',
      "INSERT INTO rides VALUES ('rome', 1, 5), ('rome', 2, NULL), ('oslo', 1, 5)",
      'CREATE STATISTICS some ON fare, city FROM rides',
      'CREATE STATISTICS usual FROM rides',
    ]);
    expect(await shown('some')).toEqual(['{fare,city} 3 3 0']);
    expect(await shown('usual')).toEqual([
      '{city} 3 2 0',
      '{id} 3 2 0',
      '{city,id} 3 3 0',
      '{fare} 3 2 1',
      '{note} 3 1 3',
    ]);
  });

  it('replaces what it counted before under the same name', async () => {
    await play(standin.client, ['DELETE FROM rides WHERE true', 'CREATE STATISTICS some ON fare, city FROM rides']);
    expect(await shown('some')).toEqual(['{fare,city} 0 0 0']);
  });

  it('needs a table, its columns and the right to read it', async () => {
    const tell = [
      'CREATE STATISTICS a ON wheel FROM rides',
      'CREATE STATISTICS a FROM horses',
      'CREATE STATISTICS a FROM rides WITH OPTIONS THROTTLING 0.1',
    ];
    expect(await play(standin.client, tell)).toEqual([
      '42703 column "wheel" does not exist',
      '42P01 relation "horses" does not exist',
      '0A000 unimplemented: the stand-in for CockroachDB does not have options of CREATE STATISTICS',
    ]);
    await play(standin.client, ['CREATE USER eve']);
    const eve = await Connection.open(standin.address, { user: 'eve', database: 'defaultdb' });
    expect(await play(eve, ['CREATE STATISTICS a FROM rides'])).toEqual([
      '42501 user eve does not have SELECT privilege on relation rides',
    ]);
    await eve.close();
  });
});

describe('REASSIGN OWNED', () => {
  const standin = useStandin();

  it('gives what one user owns to another', async () => {
    await play(standin.client, [
      'CREATE USER ann',
      'CREATE USER bob',
      'GRANT CREATE ON DATABASE defaultdb TO ann, bob',
    ]);
    const ann = await Connection.open(standin.address, { user: 'ann', database: 'defaultdb' });
    await play(ann, ['CREATE TABLE left_behind (a INT PRIMARY KEY)']);
    await ann.close();
    expect(
      await play(standin.client, ['REASSIGN OWNED BY ann TO bob', 'SELECT table_name, owner FROM [SHOW TABLES]']),
    ).toEqual(['REASSIGN OWNED', [['left_behind', 'bob']]]);
  });
});
