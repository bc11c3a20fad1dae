import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

const standin = useStandin();
const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

/** Returns the families of a table as SHOW CREATE prints them. */
async function familiesOf(table: string): Promise<string[]> {
  const [rows] = await playAll(`SELECT create_statement FROM [SHOW CREATE TABLE ${table}]`);
  return (rows as string[][])[0]![0]!.match(/FAMILY .*\)/g) ?? [];
}

describe('column families', () => {
  it('without a name are named after their columns, the first with those that have none', async () => {
    await playAll(
      'CREATE TABLE desks (d INT, c INT, b INT, a INT, FAMILY (b, a), FAMILY (c))',
      'CREATE TABLE lamps (w INT, id INT PRIMARY KEY, on_since DATE FAMILY late, FAMILY (w))',
    );
    expect(await familiesOf('desks')).toEqual(['FAMILY fam_0_b_a_d_rowid (b, a, d, rowid)', 'FAMILY fam_1_c (c)']);
    expect(await familiesOf('lamps')).toEqual(['FAMILY fam_0_w_id (w, id)', 'FAMILY late (on_since)']);
  });

  it('get the columns that ALTER TABLE adds, and follow those that it renames', async () => {
    expect(
      await playAll(
        'CREATE TABLE shelves (id INT PRIMARY KEY, a INT)',
        'ALTER TABLE shelves ADD COLUMN b INT CREATE FAMILY second, ADD COLUMN c INT FAMILY second',
        'ALTER TABLE shelves ADD COLUMN d INT, ADD COLUMN e INT CREATE IF NOT EXISTS FAMILY second',
        'ALTER TABLE shelves ADD COLUMN f INT CREATE FAMILY second',
        'ALTER TABLE shelves ADD COLUMN f INT FAMILY third',
        'ALTER TABLE shelves ADD COLUMN f INT CREATE FAMILY',
        'ALTER TABLE shelves RENAME COLUMN c TO z',
      ),
    ).toEqual([
      'CREATE TABLE',
      'ALTER TABLE',
      'ALTER TABLE',
      'XXUUU family "second" already exists',
      'XXUUU unknown family "third"',
      'ALTER TABLE',
      'ALTER TABLE',
    ]);
    expect(await familiesOf('shelves')).toEqual([
      'FAMILY "primary" (id, a, d)',
      'FAMILY second (b, z, e)',
      'FAMILY fam_2_f (f)',
    ]);
  });

  it('have names and columns of their own', async () => {
    expect(
      await playAll(
        'CREATE TABLE wrong (a INT, b INT, FAMILY x (a), FAMILY x (b))',
        'CREATE TABLE wrong (a INT, b INT, FAMILY x (a), FAMILY y (b, a))',
        'CREATE TABLE wrong (a INT, FAMILY x (a, z))',
      ),
    ).toEqual([
      'XXUUU duplicate family name: "x"',
      'XXUUU column 1 is in both family 0 and 1',
      'XXUUU family "x" contains unknown column "0"',
    ]);
  });
});
