import { beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../conformance/statement-connection.ts';
import { useStandin } from './served.ts';

/** SQL that the stand-in refuses and PostgreSQL would run. Whether it ran shows in the answer. */
const RIDER = ', txid_current() AS ridden';
/** The end of a text that is meant to look like a string to the stand-in. */
const HIDDEN = `${RIDER} --'`;

/**
 * Texts in which one SQL parser could end a token where another does not: [what differs, a text that hides the rider
 * there].
 */
const CARRIERS: [string, string][] = [
  ['a carriage return after --', `SELECT 1 -- \r${RIDER}\n, 2`],
  [
    'a carriage return after -- in a part of a statement',
    `SELECT * FROM [SHOW DATABASES] -- \r CROSS JOIN (SELECT txid_current() AS ridden) AS r\n WHERE true`,
  ],
  ['a form feed after --', `SELECT 1 -- \f${RIDER}\n, 2`],
  ['a vertical tab before (', 'SELECT 1, txid_current\v() AS ridden'],
  ['a carriage return before (', 'SELECT 1, txid_current\r() AS ridden'],
  ['a comment before (', 'SELECT 1, txid_current/* */-- \r x\n() AS ridden'],
  ['a no-break space before (', 'SELECT 1, txid_current\u00a0() AS ridden'],
  ['a comment in a comment', `SELECT 1 /* /* */ || ' */ ${HIDDEN}`],
  ['a comment that opens twice', `SELECT 1 /*/* */ || ' */ ${HIDDEN}`],
  ['a comment inside ||/', `SELECT 'a'::STRING ||/* ' */ 'c' ${HIDDEN}`],
  ['a comment inside |/', `SELECT 1 |/* ' */ 2 ${HIDDEN}`],
  ['a comment inside //', `SELECT 1 //* ' */ 2 ${HIDDEN}`],
  ['a comment inside #-', `SELECT 1 #-- '\n 2 ${HIDDEN}`],
  ['a comment after *', `SELECT 1 *-- '\n 2 ${HIDDEN}`],
  ["E'…' that goes on in the next line", `SELECT E'a'\n'\\' || ' ${HIDDEN}`],
  ["E'…' that goes on after a carriage return", `SELECT E'a'\r'\\' || ' ${HIDDEN}`],
  ["E'…' that goes on after a comment", `SELECT E'a' -- \n'\\' || ' ${HIDDEN}`],
  ["E'…' that goes on after a comment’s carriage return", `SELECT E'a' -- \r'\\' || ' ${HIDDEN}`],
  ["'…' after E'…' and a block comment", `SELECT E'a'/*\n*/'\\' || ' ${HIDDEN}`],
  ["'…' with a backslash", `SELECT '\\' || ' ${HIDDEN}`],
  ["E'…' with a quoted quote", `SELECT E'\\'' || ' ${HIDDEN}`],
  ["b'…' that goes on in the next line", `SELECT b'a'\n'\\' || ' ${HIDDEN}`],
  ["U&'…'", `SELECT U&'\\0027' || ' ${HIDDEN}`],
  ['U&"…"', 'SELECT U&"txid\\005fcurrent"() AS ridden'],
  ['u&"…" with another escape', 'SELECT u&"txid!005fcurrent" UESCAPE \'!\' () AS ridden'],
  ['a dollar quote’s tag of a sign that is no letter', `SELECT $€$ ' $€$ ${HIDDEN}`],
  ['a dollar quote’s tag with a no-break space', `SELECT $a\u00a0$ ' $a\u00a0$ ${HIDDEN}`],
  ['a dollar quote’s tag with a byte order mark', `SELECT $\ufeff$ ' $\ufeff$ ${HIDDEN}`],
  ['a dollar quote’s tag beyond the first plane', `SELECT $\u{1f9ea}$ ' $\u{1f9ea}$ ${HIDDEN}`],
  ['a dollar quote in another', `SELECT $a$ $b$ ' $a$ || $$ ' $$ ${HIDDEN}`],
  ['a dollar quote after a number', `SELECT 1$$ ' $$ ${HIDDEN}`],
  ['a placeholder with letters', `SELECT $1a$$ ' $$ ${HIDDEN}`],
  ['a number with letters', `SELECT 1e'\\' || ' ${HIDDEN}`],
  ['a number of base 2', `SELECT 0b1e'\\' || ' ${HIDDEN}`],
  ['a number with a low line', `SELECT 1_0e'\\' || ' ${HIDDEN}`],
  ['a letter with a Kelvin sign', 'SELECT 1 ORDER BY txid_current\u212a()'],
  ['a backslash', `SELECT 1 \\ ' \n ${HIDDEN}`],
  [
    'a dollar quote after an index hint',
    'SELECT * FROM t@{x}$$ CROSS JOIN (SELECT txid_current() AS ridden) AS r --$$',
  ],
  ["a dollar quote after b'…'", `SELECT b'x'$$ ${RIDER} --$$`],
  ['a string after an index hint and an e', `SELECT * FROM e@{x}'\\' || ' ${HIDDEN}`],
  [
    'a second statement behind a carriage return',
    'SELECT 1 -- \r; CREATE VIEW ridden AS SELECT 1 AS ridden; SELECT * FROM ridden\n LIMIT 1',
  ],
];

/** Statements that would make PostgreSQL parse strings differently from the stand-in. None may have that effect. */
const SETTERS = [
  "set_config('standard_conforming_strings', 'off', false)",
  "\"set_config\"('standard_conforming_strings', 'off', false)",
  "pg_catalog.set_config('standard_conforming_strings', 'off', false)",
  "set_config('client_encoding', 'SJIS', false)",
].flatMap((call, place) => [
  `SELECT ${call}`,
  `COPY (SELECT ${call}) TO STDOUT`,
  `EXPLAIN ANALYZE SELECT ${call}`,
  `UPSERT INTO carrier VALUES (1, ${call})`,
  `INSERT INTO carrier VALUES (2, ${call})`,
  `CREATE TABLE set_by_${place} AS SELECT ${call} AS x`,
  `CREATE TABLE set_later_${place} (a INT8 PRIMARY KEY, b STRING DEFAULT ${call}); ` +
    `INSERT INTO set_later_${place} (a) VALUES (1)`,
]);
const OTHER_SETTERS = [
  'SET standard_conforming_strings = off',
  "SET client_encoding = 'SJIS'",
  "SET NAMES 'SJIS'",
  'ALTER ROLE root SET standard_conforming_strings = off',
  'ALTER DATABASE defaultdb SET standard_conforming_strings = off',
  "UPDATE pg_catalog.pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings'",
  'UPDATE "pg_catalog"."pg_settings" SET setting = \'off\' WHERE name = \'standard_conforming_strings\'',
  "UPDATE pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings'",
  "UPDATE \"pg_catalog\".pg_settings SET setting = 'SJIS' WHERE name = 'client_encoding'",
];

describe('no forbidden statement gets through to PostgreSQL', () => {
  const standin = useStandin();
  beforeAll(async () => {
    await standin.client.ask({
      sql:
        'CREATE TABLE carrier (a INT8 PRIMARY KEY, b STRING); ' +
        'CREATE TABLE "t$$" (a INT8); ' +
        'CREATE TYPE "bytea$$" AS ENUM (\'\\x78\')',
    });
  });

  it.each(CARRIERS)('behind %s', async (_, sql) => {
    for (const protocol of [undefined, 'extended'] as const) {
      const { answers, error } = await standin.client.ask({ sql, protocol, params: protocol && [] });
      expect(error?.code).not.toBe('LOST');
      expect(answers.flatMap(({ columns }) => columns ?? []).map(({ name }) => name)).not.toContain('ridden');
    }
  });

  it.each([...SETTERS, ...OTHER_SETTERS])('by changing how PostgreSQL parses: %s', async (sql) => {
    const other = await Connection.open(standin.address, { user: 'root', database: 'defaultdb' });
    await other.ask({ sql });
    const seen = await other.ask({
      sql: "SELECT current_setting('standard_conforming_strings'), current_setting('client_encoding')",
    });
    await other.close();
    expect(seen.answers[0]?.rows).toEqual([['on', 'UTF8']]);
  });

  it('points at a mistake in the original text, including comments', async () => {
    const { error } = await standin.client.ask({ sql: "SELECT /* \u{1f9ea} a /* b */ */ '\u{1f9ea}' -- c\n  FORM t" });
    expect(error).toMatchObject({
      message: 'at or near "t": syntax error',
      detail: "source SQL:\nSELECT /* \u{1f9ea} a /* b */ */ '\u{1f9ea}' -- c\n  FORM t\n       ^",
    });
  });

  it('leaves the contents of strings unchanged', async () => {
    const { answers } = await standin.client.ask({
      sql: [
        "SELECT '-- a', '/* b */', E'\\'--c', \"d -- d\", $$-- e\r/* */$$, 'f'",
        "'g', 'h\r",
        'i\' FROM (SELECT 1 AS "d -- d")',
      ].join('\n'),
    });
    expect(answers[0]?.rows).toEqual([['-- a', '/* b */', "'--c", '1', '-- e\r/* */', 'fg', 'h\r\ni']]);
  });
});
