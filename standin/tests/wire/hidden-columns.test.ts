import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

describe('hidden columns', () => {
  const standin = useStandin();
  const run = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

  it('identify the rows of a table without a primary key', async () => {
    const seen = await run(
      'CREATE TABLE pets (name STRING, age INT)',
      "INSERT INTO pets VALUES ('Rex', 3), ('Tom', 5), ('Ada', 1)",
      "UPDATE pets SET age = 4 WHERE name = 'Rex' RETURNING *",
      'SELECT * FROM pets',
      'SELECT rowid > 0, pets.* FROM pets ORDER BY rowid DESC LIMIT 1',
      'DELETE FROM pets WHERE rowid = (SELECT min(rowid) FROM pets) RETURNING *',
      "INSERT INTO pets (name, rowid) VALUES ('Zoe', 7) RETURNING rowid, *",
      'INSERT INTO pets (rowid) VALUES (7)',
      'INSERT INTO pets (rowid, age) VALUES (7, 1) ON CONFLICT (rowid) DO UPDATE SET age = excluded.age',
      "UPSERT INTO pets (rowid, name) VALUES (7, 'Zoë')",
      "UPSERT INTO pets VALUES ('Zoë')",
      'SELECT * FROM pets',
    );
    expect(seen.slice(2)).toEqual([
      [['Rex', '4']],
      [
        ['Rex', '4'],
        ['Tom', '5'],
        ['Ada', '1'],
      ],
      [['t', 'Ada', '1']],
      [['Rex', '4']],
      [['7', 'Zoe', null]],
      expect.stringContaining('23505'),
      'INSERT 0 1',
      'INSERT 0 1',
      'INSERT 0 1',
      [
        ['Zoë', '1'],
        ['Tom', '5'],
        ['Ada', '1'],
        ['Zoë', null],
      ],
    ]);
  });

  it('are in no row that does not name them', async () => {
    const seen = await run(
      'CREATE TABLE l (a INT, b INT); CREATE TABLE r (a INT, c INT)',
      'INSERT INTO l VALUES (1, 2); INSERT INTO r VALUES (1, 3)',
      'SELECT * FROM l NATURAL JOIN r',
      'SELECT * FROM l JOIN r USING (a)',
      'SELECT * FROM l, r WHERE l.rowid <> r.rowid',
      'SELECT to_json(l) FROM l',
      'SELECT * FROM l WITH ORDINALITY AS x',
      'WITH l AS (SELECT * FROM l) SELECT * FROM l',
      'SELECT * FROM [INSERT INTO r SELECT * FROM l RETURNING *]',
      'CREATE VIEW seen AS SELECT a, rowid IS NULL AS r FROM l',
      'SELECT * FROM seen',
      'PREPARE one AS SELECT * FROM l',
      'EXECUTE one',
      'COPY l TO STDOUT',
      'SELECT rowid FROM (SELECT * FROM l)',
      'SELECT rowid FROM l, r',
      'INSERT INTO l VALUES (1, 2, 3)',
    );
    expect(seen.slice(2)).toEqual([
      [['1', '2', '3']],
      [['1', '2', '3']],
      [['1', '2', '1', '3']],
      [['{"a": 1, "b": 2}']],
      [['1', '2', '1']],
      [['1', '2']],
      [['1', '2']],
      'CREATE VIEW',
      [['1', 'f']],
      'PREPARE',
      [['1', '2']],
      expect.anything(),
      expect.stringContaining('column "rowid" does not exist'),
      expect.stringContaining('(candidates: l.rowid, r.rowid)'),
      expect.stringContaining('3 expressions for 2 targets'),
    ]);
  });

  it('follow a table through its definitions', async () => {
    const seen = await run(
      'CREATE TABLE made AS SELECT 1 AS rowid',
      'SELECT rowid, rowid_1 < 0 FROM made',
      'CREATE TABLE alike (LIKE made INCLUDING ALL)',
      'SELECT column_name FROM [SHOW COLUMNS FROM alike] WHERE is_hidden',
      'ALTER TABLE alike ADD COLUMN b INT NOT NULL DEFAULT 1',
      'INSERT INTO alike VALUES (1, 2)',
      'ALTER TABLE alike ALTER PRIMARY KEY USING COLUMNS (b)',
      'SELECT *, rowid_1 > 0 FROM alike',
      'SELECT constraint_name FROM [SHOW CONSTRAINTS FROM made]',
      'ALTER TABLE made DROP COLUMN rowid_1',
      'ALTER TABLE made RENAME COLUMN rowid_1 TO k',
      'SELECT k < 0, * FROM made',
    );
    expect(seen).toEqual([
      'CREATE TABLE AS',
      [['1', 't']],
      'CREATE TABLE',
      [['rowid_1']],
      'ALTER TABLE',
      'INSERT 0 1',
      'ALTER TABLE',
      [['1', '2', 't']],
      [],
      expect.stringContaining('is referenced by the primary key'),
      'ALTER TABLE',
      [['t', '1']],
    ]);
  });

  it('can be defined, and SHOW CREATE says so', async () => {
    const seen = await run(
      'CREATE TABLE secret (id INT PRIMARY KEY, pin STRING NOT VISIBLE, name STRING)',
      "INSERT INTO secret VALUES (1, 'Eve')",
      "INSERT INTO secret (id, pin) VALUES (2, '0000')",
      'SELECT *, pin FROM secret',
      'SELECT * FROM secret',
      'CREATE TABLE blank (x INT NOT VISIBLE)',
      'INSERT INTO blank VALUES (1)',
      'SELECT create_statement FROM [SHOW CREATE TABLE blank]',
    );
    expect(seen.slice(3)).toEqual([
      [
        ['1', 'Eve', null],
        ['2', null, '0000'],
      ],
      [
        ['1', 'Eve'],
        ['2', null],
      ],
      'CREATE TABLE',
      expect.stringContaining('1 expressions for 0 targets'),
      [[expect.stringContaining('x INT8 NOT VISIBLE NULL')]],
    ]);
    const [[shown] = []] = seen.at(-1) as string[][];
    await run('DROP TABLE blank');
    expect(await run(shown ?? '', 'SELECT create_statement FROM [SHOW CREATE TABLE blank]')).toEqual([
      'CREATE TABLE',
      [[shown]],
    ]);
  });

  it('shard an index, and come before its columns', async () => {
    const seen = await run(
      'SET experimental_enable_hash_sharded_indexes = on',
      'CREATE TABLE logs (at TIMESTAMP PRIMARY KEY USING HASH WITH BUCKET_COUNT = 8, n INT)',
      'CREATE INDEX ON logs (n, at) USING HASH WITH BUCKET_COUNT = 4',
      "INSERT INTO logs VALUES ('2020-01-01', 1), ('2020-01-02', 2), ('2020-01-03', 3)",
      "INSERT INTO logs VALUES ('2020-01-01', 4) ON CONFLICT (at) DO UPDATE SET n = 4",
      'SELECT count(*) FROM logs WHERE crdb_internal_at_shard_8 = mod(fnv32(at::STRING), 8)',
      'SELECT n FROM logs',
      'SELECT n FROM logs ORDER BY crdb_internal_at_shard_8, at',
      'SELECT index_name, column_name, implicit FROM [SHOW INDEXES FROM logs]',
      'SELECT create_statement FROM [SHOW CREATE TABLE logs]',
    );
    const [all, listed, ordered, indexes, made] = seen.slice(5) as string[][][];
    const shown = String(made?.[0]?.[0]);
    expect(all).toEqual([['3']]);
    expect(listed).toEqual(ordered);
    expect(indexes).toEqual([
      ['logs_crdb_internal_at_n_shard_4_n_at_idx', 'crdb_internal_at_n_shard_4', 'f'],
      ['logs_crdb_internal_at_n_shard_4_n_at_idx', 'n', 'f'],
      ['logs_crdb_internal_at_n_shard_4_n_at_idx', 'at', 'f'],
      ['logs_crdb_internal_at_n_shard_4_n_at_idx', 'crdb_internal_at_shard_8', 't'],
      ['primary', 'crdb_internal_at_shard_8', 'f'],
      ['primary', 'at', 'f'],
    ]);
    expect(
      await run(
        'DROP TABLE logs',
        shown,
        'SELECT create_statement FROM [SHOW CREATE TABLE logs]',
        'DROP INDEX logs_crdb_internal_at_n_shard_4_n_at_idx',
        'SELECT column_name FROM [SHOW COLUMNS FROM logs] WHERE is_hidden',
      ),
    ).toEqual(['DROP TABLE', 'CREATE TABLE', [[shown]], 'DROP INDEX', [['crdb_internal_at_shard_8']]]);
  });
});
