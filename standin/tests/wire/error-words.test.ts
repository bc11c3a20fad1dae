import { beforeAll, describe, expect, it } from 'vitest';
import { useStandin } from './served.ts';

describe('the errors about a statement', () => {
  const served = useStandin();
  beforeAll(async () => {
    for (const sql of [
      'CREATE TABLE crew (id INT PRIMARY KEY, badge STRING(4) UNIQUE, grade INT CHECK (grade < 10), born DATE)',
      'CREATE TABLE shifts (id INT PRIMARY KEY, member INT REFERENCES crew (id), hours DECIMAL(4,1) NOT NULL)',
      "INSERT INTO crew VALUES (1, 'a1', 5, '1990-01-01')",
      'INSERT INTO shifts VALUES (1, 1, 8)',
      'CREATE VIEW badges AS SELECT id, badge FROM crew',
      'CREATE SEQUENCE ticket',
    ])
      expect([sql, (await served.client.ask({ sql })).error]).toEqual([sql, null]);
  });

  it.each([
    ["INSERT INTO crew VALUES (2, 'a1')", '23505', /"crew_badge_key"$/, "Key (badge)=('a1') already exists."],
    ['INSERT INTO crew (badge, grade) VALUES (NULL, 3)', '42830', /^missing "id" primary key column$/],
    ['INSERT INTO crew (id) VALUES (NULL)', '23502', /^null value in column "id" violates/],
    ['INSERT INTO crew (id, grade) VALUES (3, 12)', '23514', /^failed to satisfy CHECK constraint \(.*grade.*\)$/],
    ["INSERT INTO crew VALUES (4, 'abcde')", '22001', /^value too long for type STRING\(4\)$/],
    ["INSERT INTO crew (id, born) VALUES (5, '2020-13-01')", '22008', /^parsing as type date: field month value 13 is/],
    ["INSERT INTO crew (id, born) VALUES (5, 'noon')", '22007', /^parsing as type date: could not parse "noon"$/],
    ['SELECT ARRAY[], 1', '42P18', /^cannot determine type of empty array\. Consider .* ARRAY\[\]:::int\[\]$/],
    [
      "SELECT 'a' COLLATE pt_BR = 'a' COLLATE it",
      '22023',
      /^unsupported comparison operator: <collatedstring\{pt_BR\}> = <collatedstring\{it\}>$/,
    ],
    ["SELECT 'maybe'::BOOL", '22P02', /^could not parse "maybe" as type bool: invalid bool value$/],
    ['INSERT INTO shifts VALUES (2, 1, 12345)', '22003', /^type DECIMAL\(4,1\): value with precision 4, scale 1 must/],
    [
      'INSERT INTO shifts VALUES (2, 7, 1)',
      '23503',
      /^insert on table "shifts" violates/,
      /^Key \(member\)=\(7\) is not/,
    ],
    ['UPSERT INTO shifts VALUES (1, 7, 1)', '23503', /^upsert on table "shifts" violates/],
    ['UPDATE shifts SET member = 7', '23503', /^update on table "shifts" violates/],
    ['UPDATE crew SET id = 7', '23503', /^update on table "crew" violates .* on table "shifts"$/],
    ['DELETE FROM crew', '23503', /^delete on table "crew" violates .* on table "shifts"$/],
    ['TRUNCATE crew', 'XXUUU', /^"crew" is referenced by foreign key from table "shifts"$/],
    ['INSERT INTO badges VALUES (9)', '42809', /^"badges" is not a table$/],
    ['UPDATE badges SET id = 1 WHERE false', '42809', /^"badges" is not a table$/],
    ['DELETE FROM badges', '42809', /^"badges" is not a table$/],
    ['INSERT INTO ticket VALUES (1)', '42809', /^"ticket" is not a table$/],
    ['DROP TABLE badges', '42809', /^"badges" is not a table$/],
    ['CREATE INDEX ON badges (id)', '42809', /^"badges" is not a table or materialized view$/],
    [
      'CREATE TABLE x (a STRING REFERENCES crew (id))',
      '42804',
      /^type of "a" \(string\) does not match .*"crew"."id" \(int\)$/,
    ],
    ['INSERT INTO shifts VALUES (1, 2, 3, 4)', '42601', /, 4 expressions for 3 targets$/],
    ['SELECT id FROM crew c JOIN shifts s ON c.id = s.member', '42702', /\(candidates: c\.id, s\.id\)$/],
    ['SELECT x.id FROM crew', '42P01', /^no data source matches prefix: x in this context$/],
    ['SELECT * FROM crew LIMIT -1', '2201W', /^negative value for LIMIT$/],
  ])("are CockroachDB's: %s", async (sql, code, message, detail?: string | RegExp) => {
    const { error } = await served.client.ask({ sql });
    expect([error?.code, error?.message]).toEqual([code, expect.stringMatching(message)]);
    if (detail !== undefined) expect(error?.detail).toMatch(detail);
  });

  it('name what the catalog knows in a transaction too', async () => {
    const { client } = served;
    await client.ask({ sql: 'BEGIN' });
    const { error, status } = await client.ask({ sql: 'INSERT INTO crew (badge) VALUES (NULL)' });
    expect([error?.code, status]).toEqual(['42830', 'E']);
    await client.ask({ sql: 'ROLLBACK' });
  });

  it('name the placeholder whose value does not fit', async () => {
    const { error } = await served.client.ask({ sql: 'SELECT $1::INT', protocol: 'extended', params: ['abc'] });
    expect(error).toMatchObject({
      code: '08P01',
      message: expect.stringMatching(/^error in argument for \$1: strconv/),
    });
  });

  it("never show PostgreSQL's own details and hints", async () => {
    for (const sql of ['DROP VIEW crew', "SELECT '[1'::JSONB", 'SELECT nosuch(1)', "SELECT '{1'::INT[]"]) {
      const { error } = await served.client.ask({ sql });
      expect([sql, error?.detail, error?.hint]).toEqual([sql, undefined, undefined]);
    }
  });
});
