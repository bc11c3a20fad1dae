import { beforeAll, describe, expect, it } from 'vitest';
import { playOne, useStandin } from './served.ts';

function repeated(times: number, part: string, separator = ','): string {
  return Array.from({ length: times }, () => part).join(separator);
}

/** Statements that are too large in some way: [what is, its text, what the refusal names]. */
const TOO_LARGE: [string, string, RegExp][] = [
  ['words', `SELECT ARRAY[${repeated(150_000, '1')}]`, /more than 200000 words and signs/],
  ['brackets in each other', `SELECT ${'('.repeat(1001)}1${')'.repeat(1001)}`, /more than 1000 brackets/],
  ['brackets that nothing closes', `SELECT ${'['.repeat(5000)}`, /more than 1000 brackets/],
  [
    'statements as sources',
    `SELECT 1 FROM ${repeated(101, '[SHOW DATABASES]')}`,
    /more than 100 statements as sources/,
  ],
  [
    'statements in WITH',
    `WITH a AS (SELECT 1), ${repeated(101, 'x AS (SHOW DATABASES)')} SELECT 1 FROM a`,
    /more than 100 statements as sources/,
  ],
  ['tables of another database', `SELECT 1 FROM here, ${tables(17)}`, /more than 16 tables of other databases/],
];

/** That many tables of another database. */
function tables(count: number): string {
  return Array.from({ length: count }, (_, i) => `other.t${i}`).join(', ');
}

/** Statements with brackets that belong to nothing. All are syntax errors. */
const UNBALANCED = [
  'SELECT 1 = ANY a[',
  'SELECT 1 = ANY ARRAY[1',
  'SELECT )[1]',
  'SELECT f)[1] FROM here',
  'SELECT * FROM other.t0@{',
  'SELECT 1 FROM here@{force_index=',
  'SELECT (((1, 2)).@1',
  'SELECT a IS OF (INT FROM here',
];

describe('a statement that is too large', () => {
  const standin = useStandin();
  beforeAll(async () => {
    const creating = Array.from({ length: 17 }, (_, i) => `CREATE TABLE other.t${i} (a INT8 PRIMARY KEY)`);
    const sql = ['CREATE DATABASE other', 'CREATE TABLE here (a INT8 PRIMARY KEY)', ...creating].join('; ');
    expect((await standin.client.ask({ sql })).error).toBeNull();
  });

  it.each(TOO_LARGE)('is refused for its %s, and the connection stays', async (_, sql, refusal) => {
    for (const protocol of [undefined, 'extended'] as const) {
      const { error } = await standin.client.ask({ sql, protocol, params: protocol && [] });
      expect(error).toMatchObject({ code: '0A000', message: expect.stringMatching(refusal) as string });
    }
    expect(await playOne(standin.client, { sql: 'SELECT 1' })).toEqual([['1']]);
  });

  it.each(UNBALANCED)('keeps the connection after %s', async (sql) => {
    const { error } = await standin.client.ask({ sql });
    expect(error).toMatchObject({ code: '42601' });
  });

  it('may be as large as a program writes it', async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => `(${i})`).join(',');
    expect(await playOne(standin.client, { sql: `INSERT INTO here VALUES ${values}` })).toBe('INSERT 0 20000');
    const order = repeated(300, 'INDEX here@primary');
    expect(await playOne(standin.client, { sql: `SELECT a FROM here ORDER BY ${order} LIMIT 1` })).toEqual([['0']]);
    expect(await playOne(standin.client, { sql: `SELECT 1 = ANY ${'('.repeat(900)}1, 2${')'.repeat(900)}` })).toEqual([
      ['t'],
    ]);
    const sources = repeated(20, '[SHOW DATABASES]');
    expect(await playOne(standin.client, { sql: `SELECT 1 FROM ${sources} LIMIT 1` })).toEqual([['1']]);
  });

  it('is refused for a row that is too large, and the connection stays', async () => {
    const refusal = '0A000 unimplemented: the stand-in for CockroachDB does not have rows of more than 16 MiB';
    const large = "SELECT repeat('x', 17000000) FROM generate_series(1, 3)";
    for (const protocol of [undefined, 'extended'] as const)
      expect(await playOne(standin.client, { sql: large, protocol, params: protocol && [] })).toBe(refusal);
    expect(await playOne(standin.client, { sql: `COPY (${large}) TO STDOUT` })).toBe(refusal);
    expect(await playOne(standin.client, { sql: `BEGIN; ${large}` })).toBe(refusal);
    expect(await playOne(standin.client, { sql: 'SELECT 1' })).toMatch(/^25P02/);
    expect(await playOne(standin.client, { sql: 'ROLLBACK; SELECT 1' })).toEqual([['1']]);
    expect(await playOne(standin.client, { sql: "SELECT length(repeat('x', 17000000))" })).toEqual([['17000000']]);
  });

  it('shows no SQL but the client’s in an error', async () => {
    const { error } = await standin.client.ask({ sql: 'CREATE VIEW v AS ::: DO' });
    expect(error?.code).toBe('42601');
    expect(error?.detail ?? '').not.toMatch(/crdb|pg_catalog/);
  });
});
