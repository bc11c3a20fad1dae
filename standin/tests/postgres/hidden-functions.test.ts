import { describe, expect, it } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe("PostgreSQL's functions", () => {
  const standin = useStandin();

  it.each([
    'factorial(5)',
    "to_char(now(), 'YYYY')",
    "pg_catalog.to_char(now(), 'YYYY')",
    "format('%s', 1)",
    'cardinality(ARRAY[1])',
    "pg_read_file('/etc/passwd')",
    "pg_catalog.pg_ls_dir('/')",
    '"lo_import"(\'/etc/passwd\')',
    'pg_terminate_backend(1)',
    "query_to_xml('SELECT 1', true, true, '')",
    "to_tsvector('a')",
    'gcd(4, 6)',
  ])('that CockroachDB lacks do not exist: %s', async (call) => {
    const { error } = await standin.client.ask({ sql: `SELECT ${call}` });
    expect(error?.code).toBe('42883');
  });

  it('cannot be called by the schema where they are', async () => {
    const { error } = await standin.client.ask({ sql: "SELECT crdb_hidden.to_char(now(), 'YYYY')" });
    expect(error?.code).toBe('42883');
  });

  describe('that the parser calls for special forms are there', () => {
    expectAnswers(standin, {
      "substring('abcd' FROM 2 FOR 2), overlay('abcd' PLACING 'X' FROM 2), position('c' IN 'abcd')": 'bc | aXcd | 3',
      "trim(' a '), trim(LEADING 'x' FROM 'xax'), trim(BOTH 'x' FROM 'xax')": 'a | ax | a',
      "'a_c' LIKE 'a!_c' ESCAPE '!', 'abc' SIMILAR TO 'a%'": 't | t',
      "'2020-01-01 00:00:00'::TIMESTAMP AT TIME ZONE 'UTC'": '2020-01-01 00:00:00+00:00',
      "extract(year FROM '2020-01-01'::DATE)": '2020',
    });
  });

  it('still serve foreign keys and unique constraints', async () => {
    const { error } = await standin.client.ask({
      sql: `CREATE TABLE hf_p (a INT PRIMARY KEY, b INT UNIQUE);
        CREATE TABLE hf_c (a INT REFERENCES hf_p ON DELETE CASCADE);
        INSERT INTO hf_p VALUES (1, 1);
        INSERT INTO hf_c VALUES (1);
        DELETE FROM hf_p WHERE a = 1;`,
    });
    expect(error).toBeNull();
    const { answers } = await standin.client.ask({ sql: 'SELECT count(*) FROM hf_c' });
    expect(answers[0]?.rows).toEqual([['0']]);
  });
});
