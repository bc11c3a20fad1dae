import { describe, expect, it } from 'vitest';
import { play, useStandin } from './served.ts';

const standin = useStandin();
const playAll = async (...statements: string[]): Promise<unknown[]> => await play(standin.client, statements);

describe('definitions that CockroachDB refuses and PostgreSQL does not', () => {
  it('are indexes of expressions, and those that have a column twice', async () => {
    await playAll('CREATE TABLE pens (id INT PRIMARY KEY, ink STRING, price INT)');
    expect(
      await playAll(
        'CREATE INDEX ON pens (lower(ink))',
        'CREATE INDEX ON pens (price, (price + 1) DESC)',
        'CREATE TABLE nibs (a INT, b INT, UNIQUE (a, (b + 1)))',
        'CREATE INDEX cheap ON pens (price, ink, price)',
        'CREATE INDEX ON pens (price) STORING (ink, price)',
        'CREATE UNIQUE INDEX ON pens (price) STORING (id)',
        'CREATE TABLE caps (a INT, b INT, PRIMARY KEY (a), INDEX (b) STORING (a))',
        'CREATE INDEX ON pens (price DESC) STORING (ink)',
      ),
    ).toEqual([
      '0A000 at or near ")": syntax error: unimplemented: this syntax',
      '0A000 at or near ")": syntax error: unimplemented: this syntax',
      '0A000 at or near ")": syntax error: unimplemented: this syntax',
      'XXUUU index "cheap" contains duplicate column "price"',
      '42701 index "pens_price_idx" already contains column "price"',
      '42701 index "pens_price_key" already contains column "id"',
      '42701 index "caps_b_idx" already contains column "a"',
      'CREATE INDEX',
    ]);
  });

  it('are keys of JSONB and of arrays', async () => {
    const json = '0A000 unimplemented: column j is of type jsonb and thus is not indexable';
    expect(
      await playAll(
        'CREATE TABLE keyed (j JSONB PRIMARY KEY)',
        'CREATE TABLE keyed (a INT, j JSON, PRIMARY KEY (a, j))',
        'CREATE TABLE keyed (j JSONB UNIQUE)',
        'CREATE TABLE keyed (a INT[], j JSONB, INDEX (j, a))',
        'CREATE TABLE keyed (a STRING[], j JSONB, INVERTED INDEX (j))',
        'CREATE INDEX ON keyed (a)',
        'ALTER TABLE keyed ADD UNIQUE (j)',
      ),
    ).toEqual([
      json,
      json,
      json,
      '0A000 unimplemented: the following columns are not indexable due to their type: j (type jsonb), a (type int[])',
      'CREATE TABLE',
      '0A000 unimplemented: column a is of type string[] and thus is not indexable',
      json,
    ]);
  });

  it('are a table without a primary key, and one of columns that may be NULL', async () => {
    const [, , , dropped, ...rest] = await playAll(
      'CREATE TABLE cups (id INT PRIMARY KEY, size INT NOT NULL, glaze STRING)',
      'CREATE TABLE mugs (size INT, handle INT NOT NULL)',
      'INSERT INTO cups VALUES (1, 2)',
      'ALTER TABLE cups DROP CONSTRAINT "primary"',
      'ALTER TABLE mugs ADD PRIMARY KEY (handle, size)',
      'ALTER TABLE mugs ADD COLUMN lid INT PRIMARY KEY',
      'ALTER TABLE mugs ADD CONSTRAINT held PRIMARY KEY (handle)',
      'ALTER TABLE cups DROP CONSTRAINT "primary", ADD PRIMARY KEY (size)',
      `SELECT constraint_name, details FROM [SHOW CONSTRAINTS FROM cups]`,
    );
    expect(dropped).toMatch(/^0A000 relation "cups" \(\d+\): unimplemented: primary key dropped without subsequent/);
    expect(rest).toEqual([
      '42P15 cannot use nullable column "size" in primary key',
      '42611 multiple primary keys for table "mugs" are not allowed',
      'ALTER TABLE',
      'ALTER TABLE',
      [['primary', 'PRIMARY KEY (size ASC)']],
    ]);
  });

  it('are actions of foreign keys that would set what the column does not take', async () => {
    expect(
      await playAll(
        'CREATE TABLE towns (id INT PRIMARY KEY)',
        'CREATE TABLE roads (id INT PRIMARY KEY, town INT NOT NULL REFERENCES towns ON DELETE SET NULL)',
        'CREATE TABLE roads (id INT PRIMARY KEY, town INT NOT NULL REFERENCES towns ON UPDATE SET DEFAULT)',
        'CREATE TABLE roads (id INT PRIMARY KEY, town INT NOT NULL DEFAULT 1)',
        'ALTER TABLE roads ADD FOREIGN KEY (town) REFERENCES towns ON DELETE SET NULL',
        'ALTER TABLE roads ADD FOREIGN KEY (town) REFERENCES towns ON UPDATE CASCADE ON DELETE SET DEFAULT',
        "SELECT details FROM [SHOW CONSTRAINTS FROM roads] WHERE constraint_type = 'FOREIGN KEY'",
      ),
    ).toEqual([
      'CREATE TABLE',
      '42830 cannot add a SET NULL cascading action on column "defaultdb.public.roads.town" which has a NOT NULL ' +
        'constraint',
      '42830 cannot add a SET DEFAULT cascading action on column "defaultdb.public.roads.town" which has a NOT NULL ' +
        'constraint and a NULL default expression',
      'CREATE TABLE',
      '42830 cannot add a SET NULL cascading action on column "defaultdb.public.roads.town" which has a NOT NULL ' +
        'constraint',
      'ALTER TABLE',
      [['FOREIGN KEY (town) REFERENCES towns(id) ON DELETE SET DEFAULT ON UPDATE CASCADE']],
    ]);
  });

  it('are changes of columns that others depend on', async () => {
    expect(
      await playAll(
        'CREATE TABLE hills (id INT PRIMARY KEY, feet INT UNIQUE, metres INT AS (feet // 3) STORED, name STRING)',
        'CREATE TABLE walks (hill INT REFERENCES hills (feet))',
        'CREATE VIEW names AS SELECT name FROM hills',
        'ALTER TABLE hills ALTER COLUMN name SET NOT NULL, RENAME COLUMN name TO called',
        'ALTER TABLE hills RENAME name TO ""',
        'ALTER TABLE hills DROP COLUMN feet CASCADE',
        'ALTER TABLE hills DROP COLUMN feet CASCADE, DROP COLUMN metres',
        'ALTER TABLE hills DROP COLUMN metres, DROP COLUMN feet',
        'ALTER TABLE hills DROP COLUMN metres',
        'ALTER TABLE hills DROP COLUMN feet',
        'ALTER TABLE hills DROP COLUMN feet CASCADE',
        'SHOW CONSTRAINTS FROM walks',
      ),
    ).toEqual([
      'CREATE TABLE',
      'CREATE TABLE',
      'CREATE VIEW',
      '2BP01 cannot rename column "name" because view "names" depends on it',
      '42601 empty column name',
      '42P10 column "feet" is referenced by computed column "metres"',
      '42P10 column "feet" is referenced by computed column "metres"',
      'XXUUU "hills_feet_key" is referenced by foreign key from table "walks"',
      'ALTER TABLE',
      'XXUUU "hills_feet_key" is referenced by foreign key from table "walks"',
      'ALTER TABLE',
      [],
    ]);
  });
});

describe('ALTER TABLE', () => {
  it('renames a column among other actions', async () => {
    expect(
      await playAll(
        'CREATE TABLE cats (id INT PRIMARY KEY, kind STRING)',
        "INSERT INTO cats VALUES (1, 'tom')",
        "ALTER TABLE cats RENAME COLUMN kind TO was, ADD COLUMN kind STRING AS (was || 's') STORED, ADD UNIQUE (was)",
        'SELECT id, was, kind FROM cats',
        'SELECT DISTINCT index_name FROM [SHOW INDEXES FROM cats] ORDER BY 1',
      ),
    ).toEqual(['CREATE TABLE', 'INSERT 0 1', 'ALTER TABLE', [['1', 'tom', 'toms']], [['cats_was_key'], ['primary']]]);
  });

  it('lists indexes that a new primary key rewrites after the one of the old key', async () => {
    const [, , rows] = await playAll(
      `CREATE TABLE maps (id INT PRIMARY KEY, x INT NOT NULL, y INT NOT NULL, INDEX (y), UNIQUE INDEX (y, x))`,
      'ALTER TABLE maps ALTER PRIMARY KEY USING COLUMNS (x)',
      'SELECT create_statement FROM [SHOW CREATE TABLE maps]',
    );
    expect((rows as string[][])[0]![0]!.match(/maps_\w+/g)).toEqual(['maps_y_x_key', 'maps_id_key', 'maps_y_idx']);
  });
});
