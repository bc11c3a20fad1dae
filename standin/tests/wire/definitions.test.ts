import { describe, expect, it } from 'vitest';
import { useStandin } from './served.ts';

const served = useStandin();

/** Returns the one value that the last of these statements answers. */
async function value(...statements: string[]): Promise<string | null | undefined> {
  for (const sql of statements.slice(0, -1)) expect((await served.client.ask({ sql })).error, sql).toBeNull();
  const { answers, error } = await served.client.ask({ sql: statements.at(-1)! });
  expect(error, statements.at(-1)).toBeNull();
  return answers[0]?.rows[0]?.at(-1);
}

/** Returns the lines between the parentheses of what SHOW CREATE prints. */
async function linesOf(table: string): Promise<string[]> {
  const text = await value(`SHOW CREATE TABLE ${table}`);
  return text!
    .split('\n\t')
    .slice(1)
    .map((line) => line.replace(/,?\n?\)?$/, ''));
}

describe('SHOW CREATE TABLE', () => {
  it('prints what can be typed in again', async () => {
    await value(
      `CREATE TABLE whole (
        a INT NOT NULL, b DECIMAL(8,2) DEFAULT 1.50, c STRING[] DEFAULT ARRAY['x'], d DATE DEFAULT '2021-3-4',
        e INT AS (a + 1) VIRTUAL, f STRING COLLATE de, j JSONB,
        PRIMARY KEY (a DESC, b), INDEX ab (a, b) STORING (c) WHERE a > 5 AND f IS NOT NULL, UNIQUE (b DESC),
        INVERTED INDEX (j), FAMILY one (a, b, c), FAMILY two (d, e, f, j), CONSTRAINT pos CHECK (a > 0 OR b < 1.5)
      )`,
    );
    const first = await value('SHOW CREATE TABLE whole');
    expect(await value(first!.replace('public.whole', 'again'), 'SHOW CREATE TABLE again')).toBe(
      first!.replace('public.whole', 'public.again'),
    );
    expect(await linesOf('whole')).toEqual(
      expect.arrayContaining([
        'b DECIMAL(8,2) NOT NULL DEFAULT 1.50:::DECIMAL',
        `c STRING[] NULL DEFAULT ARRAY['x':::STRING]:::STRING[]`,
        `d DATE NULL DEFAULT '2021-03-04':::DATE`,
        'e INT8 NULL AS (a + 1:::INT8) VIRTUAL',
        'f STRING COLLATE de NULL',
        'CONSTRAINT "primary" PRIMARY KEY (a DESC, b ASC)',
        'INDEX ab (a ASC, b ASC) STORING (c) WHERE (a > 5:::INT8) AND (f IS NOT NULL)',
        'CONSTRAINT pos CHECK ((a > 0:::INT8) OR (b < 1.5:::DECIMAL))',
      ]),
    );
  });

  it('follows what ALTER TABLE changes', async () => {
    await value('CREATE TABLE changed (a INT DEFAULT 7, b INT CHECK (b > a))');
    await value('SET enable_experimental_alter_column_type_general = true');
    await value('ALTER TABLE changed RENAME COLUMN a TO z');
    await value('ALTER TABLE changed ALTER COLUMN z TYPE DECIMAL');
    await value("ALTER TABLE changed ADD COLUMN c STRING NOT NULL DEFAULT 'q', ADD UNIQUE (c DESC)");
    await value('ALTER TABLE changed ALTER PRIMARY KEY USING COLUMNS (c)');
    expect(await linesOf('changed')).toEqual([
      'z DECIMAL NULL DEFAULT 7:::DECIMAL',
      'b INT8 NULL',
      'rowid INT8 NOT VISIBLE NOT NULL DEFAULT unique_rowid()',
      `c STRING NOT NULL DEFAULT 'q':::STRING`,
      'CONSTRAINT "primary" PRIMARY KEY (c ASC)',
      'UNIQUE INDEX changed_c_key (c DESC)',
      'FAMILY "primary" (z, b, rowid, c)',
      'CONSTRAINT check_b_a CHECK (b > z)',
    ]);
  });

  it('has the columns of LIKE in their place', async () => {
    await value(
      'CREATE TABLE middle (m INT PRIMARY KEY, n INT DEFAULT 4, INDEX (n))',
      'CREATE TABLE around (a INT, LIKE middle INCLUDING ALL, z INT)',
      'SHOW CREATE TABLE around',
    );
    expect(await linesOf('around')).toEqual([
      'a INT8 NULL',
      'm INT8 NOT NULL',
      'n INT8 NULL DEFAULT 4:::INT8',
      'z INT8 NULL',
      'CONSTRAINT "primary" PRIMARY KEY (m ASC)',
      'INDEX middle_n_idx (n ASC)',
      'FAMILY "primary" (a, m, n, z)',
    ]);
  });

  it.each([
    [`SELECT pg_collation_for('a' COLLATE "pt-BR")`, '"pt_BR"'],
    ["SELECT pg_collation_for('a')", '"default"'],
  ])('names the locale of a text: %s', async (sql, name) => {
    expect(await value(sql)).toBe(name);
  });

  it('takes an empty array as a default', async () => {
    expect(
      await value(
        'CREATE TABLE empty_lists (k INT, l STRING[] DEFAULT ARRAY[])',
        'ALTER TABLE empty_lists ADD COLUMN n INT[] NOT NULL DEFAULT array[]',
        'INSERT INTO empty_lists VALUES (1), (2)',
        'UPDATE empty_lists SET l = ARRAY[] WHERE l = ARRAY[] AND k = 2',
        'SELECT l::STRING || n::STRING FROM empty_lists WHERE k = 2',
      ),
    ).toBe('{}{}');
    expect(await linesOf('empty_lists')).toContain('l STRING[] NULL DEFAULT ARRAY[]:::STRING[]');
  });

  it('copies what LIKE copies, and the buckets of hash-sharded indexes', async () => {
    await value('SET experimental_enable_hash_sharded_indexes = on');
    await value(
      `CREATE TABLE pattern (a INT, b INT DEFAULT 3,
        PRIMARY KEY (a) USING HASH WITH BUCKET_COUNT = 8, INDEX named (b DESC) WHERE b > 1)`,
      'CREATE TABLE copied (LIKE pattern INCLUDING ALL)',
      'SHOW CREATE TABLE copied',
    );
    expect(await linesOf('copied')).toEqual(
      (await linesOf('pattern')).map((line) => line.replace('pattern', 'copied')),
    );
  });
});

describe('SHOW CREATE VIEW', () => {
  it('prints the query as CockroachDB does', async () => {
    expect(
      await value(
        'CREATE TABLE base (a INT, s STRING)',
        "create view seen as select b.a, 'k' as k, 5 as five from base as b where s <> 'x' or a in (1,2)",
        'SHOW CREATE VIEW seen',
      ),
    ).toBe(
      `CREATE VIEW public.seen (a, k, five) AS SELECT b.a, 'k' AS k, 5 AS five FROM defaultdb.public.base AS b ` +
        `WHERE s != 'x' OR a IN (1, 2)`,
    );
  });
});

describe('comments and privileges', () => {
  it.each([
    [
      "COMMENT ON TABLE noted IS 'kept'",
      "SELECT comment FROM [SHOW TABLES WITH COMMENT] WHERE table_name IN ('noted', 'plain') ORDER BY table_name",
      [['kept'], ['']],
    ],
    [
      "COMMENT ON DATABASE postgres IS 'old'",
      "SELECT comment FROM [SHOW DATABASES WITH COMMENT] WHERE database_name IN ('postgres', 'system')",
      [['old'], [null]],
    ],
    [
      'GRANT SELECT ON noted TO reader',
      'SELECT grantee FROM [SHOW GRANTS ON noted FOR reader, root]',
      [['reader'], ['root']],
    ],
    ['GRANT SELECT ON noted TO reader', 'SELECT grantee FROM [SHOW GRANTS ON DATABASE defaultdb FOR root]', [['root']]],
    ['GRANT SELECT ON noted TO reader', 'SELECT member FROM [SHOW GRANTS ON ROLE FOR reader]', []],
  ])('after %s: %s', async (change, question, rows) => {
    for (const table of ['noted', 'plain']) await value(`CREATE TABLE IF NOT EXISTS ${table} (a INT)`);
    await value('CREATE USER IF NOT EXISTS reader');
    await value(change);
    const { answers } = await served.client.ask({ sql: question });
    expect(answers[0]?.rows).toEqual(rows);
  });
});
