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
