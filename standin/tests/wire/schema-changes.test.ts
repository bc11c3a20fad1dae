import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

const standin = useStandin();
const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

describe('ALTER COLUMN TYPE', () => {
  it('widens what keeps its values, and nothing else without the setting', async () => {
    await playAll(
      'CREATE TABLE sizes (i INT2, d DECIMAL(5,2), v VARCHAR(3), s STRING(4), t TIME(0), b BIT(2), k INT4, INDEX (k))',
    );
    expect(
      await playAll(
        'ALTER TABLE sizes ALTER COLUMN i TYPE INT4',
        'ALTER TABLE sizes ALTER COLUMN i TYPE INT2',
        'ALTER TABLE sizes ALTER COLUMN d TYPE DECIMAL(7,2)',
        'ALTER TABLE sizes ALTER COLUMN d TYPE DECIMAL(7,1)',
        'ALTER TABLE sizes ALTER COLUMN v TYPE STRING',
        'ALTER TABLE sizes ALTER COLUMN s TYPE STRING(9)',
        'ALTER TABLE sizes ALTER COLUMN s TYPE STRING(2)',
        'ALTER TABLE sizes ALTER COLUMN t TYPE TIME',
        'ALTER TABLE sizes ALTER COLUMN k TYPE INT8',
        'ALTER TABLE sizes ALTER COLUMN s SET NOT NULL, ALTER COLUMN k TYPE STRING',
      ),
    ).toEqual([
      'ALTER TABLE',
      '0A000 ALTER COLUMN TYPE from int to int2 is only supported experimentally',
      'ALTER TABLE',
      '0A000 ALTER COLUMN TYPE from decimal to decimal is only supported experimentally',
      'ALTER TABLE',
      'ALTER TABLE',
      expect.stringMatching(/^0A000 ALTER COLUMN TYPE from .* is only supported experimentally$/),
      'ALTER TABLE',
      'ALTER TABLE',
      '0A000 ALTER COLUMN TYPE from int to string is only supported experimentally',
    ]);
  });

  it('rewrites no column of an index', async () => {
    const [, , ...seen] = await playAll(
      'CREATE TABLE indexed (a INT PRIMARY KEY, b INT, c INT, INDEX (b))',
      'SET enable_experimental_alter_column_type_general = true',
      'ALTER TABLE indexed ALTER COLUMN a TYPE STRING',
      'ALTER TABLE indexed ALTER COLUMN b TYPE STRING',
      'ALTER TABLE indexed ALTER COLUMN c TYPE STRING',
    );
    const refused =
      '0A000 unimplemented: ALTER COLUMN TYPE requiring rewrite of on-disk data is currently not supported for ' +
      'columns that are part of an index';
    expect(seen).toEqual([refused, refused, 'ALTER TABLE']);
  });
});

describe('a transaction', () => {
  it('does not free the names of the columns and indexes that it drops', async () => {
    expect(
      await playAll(
        'CREATE TABLE kept (a INT PRIMARY KEY, b INT, INDEX by_b (b))',
        'BEGIN',
        'DROP INDEX kept@by_b',
        'CREATE INDEX by_b ON kept (a)',
        'ROLLBACK',
        'BEGIN',
        'ALTER TABLE kept DROP COLUMN b',
        'ALTER TABLE kept ADD COLUMN b STRING',
        'ROLLBACK',
        'BEGIN; CREATE TABLE fresh (b INT, INDEX by_b (b)); DROP INDEX fresh@by_b; CREATE INDEX by_b ON fresh (b)',
        'COMMIT',
        'DROP INDEX kept@by_b; CREATE INDEX by_b ON kept (b)',
      ),
    ).toEqual([
      'CREATE TABLE',
      'BEGIN',
      'DROP INDEX',
      '55000 index "by_b" being dropped, try again later',
      'ROLLBACK',
      'BEGIN',
      'ALTER TABLE',
      '55000 column "b" being dropped, try again later',
      'ROLLBACK',
      'CREATE INDEX',
      'COMMIT',
      'CREATE INDEX',
    ]);
  });
});

describe('a unique index that a transaction makes', () => {
  it('fails only when it commits, and takes nothing else with it', async () => {
    expect(
      await playAll(
        'CREATE TABLE twins (a INT PRIMARY KEY, b INT)',
        'INSERT INTO twins VALUES (1, 1), (2, 1)',
        'BEGIN',
        'CREATE UNIQUE INDEX one ON twins (b)',
        'INSERT INTO twins VALUES (3, 3)',
        'COMMIT',
        'SHOW TRANSACTION STATUS',
        'SELECT a FROM twins',
        'BEGIN',
        'CREATE UNIQUE INDEX one ON twins (b)',
        'UPDATE twins SET b = a',
        'COMMIT',
        'UPDATE twins SET b = 1',
        'DROP INDEX twins@one CASCADE',
      ),
    ).toEqual([
      'CREATE TABLE',
      'INSERT 0 2',
      'BEGIN',
      'CREATE INDEX',
      'INSERT 0 1',
      'XXA00 transaction committed but schema change aborted with error: (23505): failed to ingest index entries ' +
        'during backfill: duplicate key value violates unique constraint "one"',
      [['NoTxn']],
      [['1'], ['2'], ['3']],
      'BEGIN',
      'CREATE INDEX',
      'UPDATE 3',
      'COMMIT',
      '23505 duplicate key value violates unique constraint "one"',
      'DROP INDEX',
    ]);
  });

  it('fails at once on a table of the same transaction, and after a savepoint', async () => {
    expect(
      await playAll(
        'BEGIN; CREATE TABLE young (a INT); INSERT INTO young VALUES (1), (1); CREATE UNIQUE INDEX ON young (a)',
        'ROLLBACK',
        'CREATE TABLE old (a INT); INSERT INTO old VALUES (1), (1)',
        'BEGIN; SAVEPOINT here; CREATE UNIQUE INDEX only ON old (a)',
        'ROLLBACK TO SAVEPOINT here; COMMIT',
      ),
    ).toEqual([expect.stringMatching(/^23505 /), 'ROLLBACK', 'INSERT 0 2', expect.stringMatching(/^23505 /), 'COMMIT']);
  });
});

describe('constants of defaults', () => {
  it('are printed as CockroachDB prints bytes and addresses', async () => {
    expect(
      await playAll(
        "CREATE TABLE raw (a BYTES DEFAULT b'ab', b BYTES DEFAULT x'00ff', c INET DEFAULT '10.0.0.1')",
        "SELECT column_default FROM [SHOW COLUMNS FROM raw] WHERE column_name != 'rowid'",
        'INSERT INTO raw DEFAULT VALUES RETURNING a, b, c',
      ),
    ).toEqual([
      'CREATE TABLE',
      [["'\\x6162':::BYTES"], ["'\\x00ff':::BYTES"], ["'10.0.0.1':::INET"]],
      [['\\x6162', '\\x00ff', '10.0.0.1']],
    ]);
  });
});
