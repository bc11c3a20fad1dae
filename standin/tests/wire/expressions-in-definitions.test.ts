import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

const standin = useStandin();
const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

describe('an expression in a definition', () => {
  it.each([
    ['a INT DEFAULT (SELECT 1)', '42601 variable sub-expressions are not allowed in DEFAULT'],
    ['a INT, b INT DEFAULT a', '42601 variable sub-expressions are not allowed in DEFAULT'],
    ['a INT DEFAULT max(1)', '42803 max(): aggregate functions are not allowed in DEFAULT'],
    ['a INT DEFAULT generate_series(1, 2)', '0A000 generate_series(): generator functions are not allowed in DEFAULT'],
    ['a INT DEFAULT lag(1) OVER ()', '42P20 lag(): window functions are not allowed in DEFAULT'],
    [
      "a INT DEFAULT 'x'::STRING",
      "42804 expected DEFAULT expression to have type int, but ''x'::STRING' has type string",
    ],
    ['a INT CHECK (a)', "42804 expected CHECK expression to have type bool, but 'a' has type int"],
    ['a INT, CHECK (count(*) > a)', '42601 variable sub-expressions are not allowed in CHECK'],
    ['a INT, CHECK (a IN (SELECT 1))', '42601 variable sub-expressions are not allowed in CHECK'],
    ['a INT AS (avg(2)) STORED', '42803 avg(): aggregate functions are not allowed in computed column'],
    [
      'a DATE AS (current_date) STORED',
      '0A000 current_date(): context-dependent operators are not allowed in computed column',
    ],
    ['a FLOAT AS (random()) STORED', '0A000 random(): volatile functions are not allowed in computed column'],
    [
      'a STRING, b DATE AS (a::DATE) STORED',
      '0A000 string::date: context-dependent operators are not allowed in computed column',
    ],
    [
      "a TIMESTAMPTZ, b TIMESTAMPTZ AS (a + INTERVAL '1 day') STORED",
      '0A000 +: context-dependent operators are not allowed in computed column',
    ],
    ['a INT AS (1) STORED, b INT AS (a) STORED', '42P16 computed columns cannot reference other computed columns'],
    ['a INT AS (1) STORED DEFAULT 2', '42P16 computed columns cannot have default values'],
    ['a INT, CHECK (a < none)', '42703 column "none" does not exist, referenced in "a < none"'],
    ['a INT AS (none + 1) STORED', '42703 column "none" does not exist, referenced in "none + 1"'],
    ['a INT, INDEX (a) WHERE a', "42804 expected index predicate expression to have type bool, but 'a' has type int"],
    [
      'a INT, INDEX (a) WHERE unique_rowid() > a',
      '0A000 unique_rowid(): volatile functions are not allowed in index predicate',
    ],
    ['a INT, UNIQUE (a) WHERE (SELECT true)', '42601 variable sub-expressions are not allowed in index predicate'],
  ])('%s is refused', async (columns, error) => {
    expect(await playAll(`CREATE TABLE refused (${columns})`)).toEqual([error]);
  });

  it('is refused in ALTER TABLE and CREATE INDEX, too', async () => {
    await playAll('CREATE TABLE altered (a INT, b STRING)');
    expect(
      await playAll(
        'ALTER TABLE altered ALTER COLUMN a SET DEFAULT sum(1)',
        'ALTER TABLE altered ADD COLUMN c TIMESTAMP AS (b::TIMESTAMP) STORED',
        'ALTER TABLE altered ADD CHECK (EXISTS (SELECT 1))',
        'CREATE INDEX ON altered (a) WHERE b::TIMESTAMPTZ > now()',
      ),
    ).toEqual([
      '42803 sum(): aggregate functions are not allowed in DEFAULT',
      '0A000 string::timestamp: context-dependent operators are not allowed in computed column',
      '42601 variable sub-expressions are not allowed in CHECK',
      '0A000 now(): context-dependent operators are not allowed in index predicate',
    ]);
  });

  it('may print dates, intervals and values of an ENUM, and name its table', async () => {
    expect(
      await playAll(
        "CREATE TYPE size AS ENUM ('s', 'l')",
        `CREATE TABLE printed (a DATE, b size, c INTERVAL, d STRING AS (a::STRING || b::STRING || c::STRING) STORED,
          INDEX (a) WHERE printed.b::STRING = 's')`,
        "INSERT INTO printed VALUES ('2021-03-04', 's', '1 day')",
        'SELECT d FROM printed',
        "SELECT create_statement LIKE '%WHERE b::STRING = ''s'':::STRING%' FROM [SHOW CREATE TABLE printed]",
      ),
    ).toEqual(['CREATE TYPE', 'CREATE TABLE', 'INSERT 0 1', [['2021-03-04s1 day']], [['t']]]);
  });

  it('computes columns that nobody may write', async () => {
    const written = '55000 cannot write directly to computed column "b"';
    expect(
      await playAll(
        'CREATE TABLE computed (a INT PRIMARY KEY, b INT AS (a + 1) STORED)',
        'INSERT INTO computed VALUES (1, 2)',
        'INSERT INTO computed (b) SELECT 1',
        'UPSERT INTO computed VALUES (1, 2)',
        'INSERT INTO computed (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 3',
        'UPDATE computed SET b = 1, a = 2',
        'UPSERT INTO computed VALUES (1)',
      ),
    ).toEqual(['CREATE TABLE', written, written, written, written, written, 'INSERT 0 1']);
  });
});
