import { describe, expect, it } from 'vitest';
import { createIndexStatements } from '../../../src/sql/definitions/index-definition.ts';
import { stringLimit } from '../../../src/sql/definitions/table-definition.ts';
import { kindOfElement } from '../../../src/sql/definitions/table-elements.ts';
import { tableStatements } from '../../../src/sql/definitions/table-statements.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

const context = contextOf();
const TYPES = new Map([
  ['j', 'JSONB'],
  ['a', 'INT8'],
]);

/** Returns PostgreSQL's statements for table t with these elements. */
const statementsFor = (...elements: string[]): string[] =>
  tableStatements(
    { elements: elements.map(parseStatement), path: ['t'], name: '"t"', isTemporary: false },
    context,
  ).filter((sql) => !sql.includes('hide_columns'));
/** Returns what PostgreSQL's CREATE TABLE has between its parentheses, without the hidden key. */
const inTable = (element: string): string => /\((.*?)(?:, "rowid.*)?\)$/.exec(statementsFor(element)[0]!)![1]!.trim();
/** Returns PostgreSQL's statements for an index, without the marks that make its name unique. */
const indexOf = (source: string, head = {}): string[] =>
  createIndexStatements(parseStatement(source), ['bank', 't'], TYPES, context, head).map((sql) =>
    sql.replaceAll(/(?<="\w+)@##?\w+(?=")/g, '@'),
  );

describe('an element of CREATE TABLE', () => {
  it.each([
    ['id INT PRIMARY KEY', 'column'],
    ['"index" INT', 'column'],
    ['INDEX (a)', 'index'],
    ['UNIQUE INDEX i (a)', 'index'],
    ['INVERTED INDEX (a)', 'index'],
    ['UNIQUE (a)', 'constraint'],
    ['CONSTRAINT c CHECK (a > 0)', 'constraint'],
    ['FAMILY f (a)', 'family'],
    ['LIKE other', 'like'],
  ])('%s is of kind %s', (source, kind) => {
    expect(kindOfElement(parseStatement(source))).toBe(kind);
  });

  it.each([
    ['id SERIAL', 'id int8 NOT NULL DEFAULT unique_rowid()'],
    ['name STRING(20)', 'name crdb."string(20)"'],
    ['name STRING', 'name text'],
    ['total INT AS (a + b) STORED', 'total int8 GENERATED ALWAYS AS (a + b) STORED'],
    ['at TIMESTAMPTZ DEFAULT now()', 'at timestamptz DEFAULT now()'],
    ['PRIMARY KEY (a ASC, b)', 'PRIMARY KEY (a , b)'],
  ])('%s becomes %s', (source, expected) => {
    expect(inTable(source)).toBe(expected);
  });

  it.each([
    ['a INT ON UPDATE 1', 'ON UPDATE expressions'],
    ['a INT PRIMARY KEY USING HASH WITH BUCKET_COUNT = 8', 'hash sharded indexes require'],
    ['a INT AUTO_INCREMENT', 'at or near "auto_increment": syntax error'],
  ])('%s is refused: %s', (source, reason) => {
    expect(() => statementsFor(source)).toThrow(reason);
  });

  it.each([
    [['a INT'], '"rowid" int8 DEFAULT unique_rowid() PRIMARY KEY'],
    [['rowid INT', 'rowid_1 INT'], '"rowid_2" int8 DEFAULT unique_rowid() PRIMARY KEY'],
  ])('is followed by a hidden key when none is a key: %s', (elements, key) => {
    expect(statementsFor(...elements)[0]!.endsWith(`, ${key})`)).toBe(true);
    expect(statementsFor(...elements, 'PRIMARY KEY (a)')[0]).not.toContain('unique_rowid');
  });

  it('may have a foreign key with ON UPDATE', () => {
    const column = 'a INT REFERENCES t (b) ON UPDATE CASCADE';
    expect(inTable(column)).toBe(column.replace('INT', 'int8'));
  });

  it.each([
    [['a INT', 'FAMILY f (a)'], `0, 'f', ARRAY['a', 'rowid']::text[]`],
    [['a INT', 'b INT', 'FAMILY (a, b)'], `0, 'fam_0_a_b_rowid', ARRAY['a', 'b', 'rowid']::text[]`],
    [['a INT CREATE FAMILY f NOT NULL', 'b INT FAMILY f'], `0, 'f', ARRAY['a', 'b', 'rowid']::text[]`],
    [['a INT CREATE IF NOT EXISTS FAMILY g'], `0, 'g', ARRAY['a', 'rowid']::text[]`],
  ])('names a column family, which is noted: %s', (elements, expected) => {
    const [create, note] = statementsFor(...elements);
    expect(create).not.toMatch(/family/i);
    expect(note).toBe(`SELECT crdb.note_family('"t"'::pg_catalog.regclass, ${expected})`);
  });

  it('has its checks after those of the table, and its expressions noted as SHOW CREATE prints them', () => {
    const [create, ...notes] = statementsFor(
      'a INT CONSTRAINT pos CHECK (a > 0) DEFAULT 5',
      'b INT AS (a + 1) VIRTUAL',
      'CHECK (b < 9)',
      'PRIMARY KEY (a DESC, b)',
      'UNIQUE (b DESC)',
    );
    expect(create!.replace(/ +/g, ' ')).toBe(
      'CREATE TABLE "t" (a int8 DEFAULT 5, b int8 GENERATED ALWAYS AS (a + 1) STORED, CHECK (b < 9), ' +
        'PRIMARY KEY (a , b), CONSTRAINT pos CHECK (a > 0))',
    );
    const t = `'"t"'::pg_catalog.regclass`;
    expect(notes.map((note) => note.replaceAll('\u0001', '|').replace(/@##\w+/, '@'))).toEqual([
      'CREATE UNIQUE INDEX "t_b_key@" ON "t" (b DESC)',
      `SELECT crdb.note_column(${t}, 'expression', 'a', '5:::INT8')`,
      `SELECT crdb.note_column(${t}, 'expression', 'b', '|a| + 1:::INT8')`,
      `SELECT crdb.note_column(${t}, 'virtual', 'b', 'yes')`,
      `SELECT crdb.note_checks(${t}, ARRAY['|b| < 9:::INT8', '|a| > 0:::INT8']::text[])`,
      `SELECT crdb.note_index(${t}, 'descending', true, '|a|')`,
    ]);
  });

  it('has a limit when its type is STRING(n)', () => {
    expect(stringLimit(parseStatement('a STRING(5)'))).toEqual([5]);
    expect(stringLimit(parseStatement('a VARCHAR(5)'))).toEqual([]);
  });
});

describe('an index', () => {
  it.each([
    ['INDEX (a)', 'CREATE INDEX  ON "public"."t" (a)'],
    ['INDEX i (a DESC) STORING (b)', 'CREATE INDEX "i@" ON "public"."t" (a DESC) INCLUDE (b)'],
    ['UNIQUE INDEX (a, b)', 'CREATE UNIQUE INDEX "t_a_b_key@" ON "public"."t" (a, b)'],
    ['UNIQUE INDEX u (a) WHERE a > 0::INT', 'CREATE UNIQUE INDEX "u@" ON "public"."t" (a) WHERE a > 0::int8'],
    ['INVERTED INDEX (j)', 'CREATE INDEX  ON "public"."t" USING gin (j)'],
  ])('%s becomes %s', (source, expected) => {
    expect(indexOf(source)[0]).toBe(expected);
  });

  it('keeps what CREATE INDEX says before its table', () => {
    expect(indexOf('(a)', { unique: true, name: 'i' })).toEqual(['CREATE UNIQUE INDEX "i@" ON "public"."t" (a)']);
  });

  it('has its condition noted as SHOW CREATE prints it', () => {
    expect(indexOf('INDEX (a) WHERE a > 0')[1]).toContain(`'expression', false, '\u0001a\u0001 > 0:::INT8'`);
  });

  it.each([
    ['INDEX i', 'syntax error'],
    ['INDEX (a) x', 'syntax error'],
    ['INDEX (a) USING HASH WITH BUCKET_COUNT = 8', 'hash sharded indexes require'],
    ['INVERTED INDEX (a)', 'column a of type int is not allowed as the last column in an inverted index'],
    ['UNIQUE INVERTED INDEX (j)', "can't be unique"],
  ])('is refused: %s', (source, reason) => {
    expect(() => indexOf(source)).toThrow(reason);
  });
});
