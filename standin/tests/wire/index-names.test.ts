import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

describe('the names of indexes and constraints', () => {
  const standin = useStandin();

  const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

  /** The names of a table's indexes, as every catalog has them. */
  async function namesOf(table: string): Promise<unknown[]> {
    const seen = await playAll(
      `SELECT DISTINCT index_name FROM [SHOW INDEXES FROM ${table}] ORDER BY 1`,
      `SELECT indexname FROM pg_indexes WHERE tablename = '${table}' ORDER BY 1`,
      `SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_name = '${table}' ORDER BY 1`,
      `SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
      WHERE t.relname = '${table}' ORDER BY 1`,
    );
    const [first] = seen as string[][][];
    for (const other of seen) expect(other).toEqual(first);
    return first!.flat();
  }

  it('of checks are the first that are free', async () => {
    const columns = 'c1 INT CHECK (c1 > 0), c10 INT CHECK (c10 > 0), CHECK (c1 < 9), CHECK (c1 < 8)';
    const [made, rows] = await playAll(
      `CREATE TABLE checked (${columns})`,
      'SELECT constraint_name FROM [SHOW CONSTRAINTS FROM checked] ORDER BY 1',
    );
    expect(made).toBe('CREATE TABLE');
    expect((rows as string[][]).flat()).toEqual(['check_c1', 'check_c10', 'check_c11', 'check_c12']);
  });

  it('are unique to their table', async () => {
    const columns = '(id INT, a INT, INDEX by_a (a), CONSTRAINT one UNIQUE (a), CONSTRAINT "primary" PRIMARY KEY (id))';
    await playAll(`CREATE TABLE left_one ${columns}`, `CREATE TABLE right_one ${columns}`);
    expect(await namesOf('left_one')).toEqual(['by_a', 'one', 'primary']);
    expect(await namesOf('right_one')).toEqual(['by_a', 'one', 'primary']);
    const seen = await playAll(
      'CREATE INDEX by_a ON right_one (id)',
      'CREATE INDEX IF NOT EXISTS by_a ON right_one (id)',
      'CREATE INDEX one ON right_one (id)',
      'INSERT INTO right_one VALUES (1, 1), (2, 1)',
      'DROP INDEX by_a',
      'DROP INDEX right_one@one',
      'DROP INDEX right_one@primary',
      'DROP INDEX right_one@nosuch, right_one@by_a',
      'ALTER INDEX right_one@by_a RENAME TO one',
      'ALTER INDEX by_a RENAME TO by_b',
    );
    expect(seen).toEqual([
      '42P07 relation "by_a" already exists',
      'CREATE INDEX',
      '42P07 relation "one" already exists',
      '23505 duplicate key value violates unique constraint "one"',
      '42P08 index name "by_a" is ambiguous (found in defaultdb.public.right_one and defaultdb.public.left_one)',
      '2BP01 index "one" is in use as unique constraint',
      '0A000 cannot drop the primary index of a table using DROP INDEX',
      '42704 index "nosuch" does not exist',
      '42P07 index name "one" already exists',
      '42P08 index name "by_a" is ambiguous (found in defaultdb.public.right_one and defaultdb.public.left_one)',
    ]);
    await playAll(
      'DROP INDEX left_one@by_a',
      'ALTER INDEX by_a RENAME TO one_more',
      'DROP INDEX right_one@one CASCADE',
    );
    expect(await namesOf('left_one')).toEqual(['one', 'primary']);
    expect(await namesOf('right_one')).toEqual(['one_more', 'primary']);
  });

  it('are made up from the table and the columns, with a number only where the table has the name', async () => {
    await playAll(
      'CREATE TABLE a_b (c INT UNIQUE, INDEX (c))',
      'CREATE TABLE a (id INT PRIMARY KEY, b_c INT UNIQUE, INDEX (b_c), INDEX (b_c))',
      'CREATE INDEX ON a (b_c)',
      'CREATE UNIQUE INDEX ON a (b_c)',
    );
    expect(await namesOf('a')).toEqual(['a_b_c_idx', 'a_b_c_idx1', 'a_b_c_idx2', 'a_b_c_key', 'a_b_c_key1', 'primary']);
  });

  it('can be changed, dropped, commented and used in ON CONFLICT, each in its table', async () => {
    const columns = '(id INT PRIMARY KEY, a INT, CONSTRAINT only_a UNIQUE (a), CONSTRAINT positive CHECK (a > 0))';
    await playAll(`CREATE TABLE first_one ${columns}`, `CREATE TABLE second_one ${columns}`);
    const seen = await playAll(
      'INSERT INTO second_one VALUES (1, 1), (2, 1) ON CONFLICT ON CONSTRAINT only_a DO NOTHING',
      'INSERT INTO second_one VALUES (1, 2) ON CONFLICT ON CONSTRAINT "primary" DO NOTHING',
      "COMMENT ON INDEX second_one@only_a IS 'once'",
      'COMMENT ON INDEX only_a IS NULL',
      "SELECT count(*) FROM [SHOW INDEXES FROM second_one WITH COMMENT] WHERE comment = 'once'",
      'SELECT count(*) FROM [SHOW INDEXES FROM first_one WITH COMMENT] WHERE comment IS NOT NULL',
      'ALTER TABLE second_one DROP CONSTRAINT only_a',
      'ALTER TABLE second_one RENAME CONSTRAINT "primary" TO key',
      'ALTER TABLE second_one RENAME CONSTRAINT only_a TO single_a',
      'ALTER TABLE second_one DROP CONSTRAINT positive',
      'ALTER TABLE second_one ADD CONSTRAINT only_a UNIQUE (id, a)',
    );
    expect(seen.map((each) => (typeof each === 'string' ? each.slice(0, 40) : each))).toEqual([
      'INSERT 0 1',
      'INSERT 0 0',
      'COMMENT ON INDEX',
      '42P08 index name "only_a" is ambiguous (',
      [['2']],
      [['0']],
      '0A000 unimplemented: cannot drop UNIQUE ',
      'ALTER TABLE',
      'ALTER TABLE',
      'ALTER TABLE',
      'ALTER TABLE',
    ]);
    expect(await namesOf('second_one')).toEqual(['key', 'only_a', 'single_a']);
    expect(await namesOf('first_one')).toEqual(['only_a', 'primary']);
  });

  it('can be those in COMMENT ON CONSTRAINT, as in newer versions, and SHOW CREATE tells the comments', async () => {
    const columns = '(id INT PRIMARY KEY, a INT, CONSTRAINT once UNIQUE (a), CONSTRAINT above CHECK (a > 0))';
    await playAll(`CREATE TABLE left_of ${columns}`, `CREATE TABLE right_of ${columns}`);
    const seen = await playAll(
      "COMMENT ON CONSTRAINT once ON right_of IS 'it''s one'",
      'COMMENT ON CONSTRAINT "primary" ON public.right_of IS \'key\'',
      "COMMENT ON CONSTRAINT above ON right_of IS 'up'; COMMENT ON CONSTRAINT above ON right_of IS NULL",
      "COMMENT ON COLUMN right_of.a IS 'letter'",
      "COMMENT ON CONSTRAINT nosuch ON right_of IS 'x'",
      "COMMENT ON CONSTRAINT once IS 'x'",
      `SELECT c.conname, d.description, obj_description(c.oid, 'pg_constraint')
      FROM pg_description d JOIN pg_constraint c ON c.oid = d.objoid ORDER BY 1`,
      "SELECT split_part(create_statement, e'\\n);\\n', 2) FROM [SHOW CREATE TABLE right_of]",
      "SELECT count(*) FROM [SHOW CREATE TABLE left_of] WHERE create_statement LIKE '%COMMENT%'",
    );
    expect(seen).toEqual([
      'COMMENT ON CONSTRAINT',
      'COMMENT ON CONSTRAINT',
      'COMMENT ON CONSTRAINT',
      'COMMENT ON COLUMN',
      '42704 constraint "nosuch" of relation "right_of" does not exist',
      '42601 at or near "is": syntax error',
      [
        ['once', "it's one", "it's one"],
        ['primary', 'key', 'key'],
      ],
      [
        [
          "COMMENT ON COLUMN public.right_of.a IS 'letter';\n" +
            'COMMENT ON CONSTRAINT "primary" ON public.right_of IS \'key\';\n' +
            "COMMENT ON CONSTRAINT once ON public.right_of IS e'it\\'s one'",
        ],
      ],
      [['0']],
    ]);
  });

  it('leave those of tables alone', async () => {
    const seen = await playAll(
      'CREATE TABLE holder (a INT, INDEX held (a))',
      'CREATE TABLE held (a INT PRIMARY KEY)',
      'SELECT count(*) FROM held',
      'DROP INDEX holder@held',
      'SELECT count(*) FROM held',
    );
    expect(seen).toEqual(['CREATE TABLE', 'CREATE TABLE', [['0']], 'DROP INDEX', [['0']]]);
  });

  it('survive SHOW CREATE TABLE, whose statement can be played again', async () => {
    await playAll(
      'CREATE TABLE told (id INT PRIMARY KEY, a INT, b INT, UNIQUE (a), INDEX told_idx (a DESC) STORING (b))',
    );
    const statement = async (): Promise<string> => {
      const [rows] = (await playAll('SELECT create_statement FROM [SHOW CREATE TABLE told]')) as string[][][];
      return rows![0]![0]!;
    };
    const before = await statement();
    expect(await playAll('ALTER TABLE told RENAME TO older', before)).toEqual(['RENAME TABLE', 'CREATE TABLE']);
    expect(await statement()).toBe(before);
  });
});
