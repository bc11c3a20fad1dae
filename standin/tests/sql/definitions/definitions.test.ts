import { describe, expect, it } from 'vitest';
import { createIndexStatement } from '../../../src/sql/definitions/index-definition.ts';
import { columnOrConstraint, familyStatement, stringLimit } from '../../../src/sql/definitions/table-definition.ts';
import { kindOfElement } from '../../../src/sql/definitions/table-elements.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

const context = contextOf();

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
    expect(columnOrConstraint(parseStatement(source), context)).toBe(expected);
  });

  it.each([
    ['a INT AS (b) VIRTUAL', 'VIRTUAL computed columns'],
    ['a INT FAMILY f', 'column families given with a column'],
    ['a INT ON UPDATE 1', 'ON UPDATE expressions'],
    ['PRIMARY KEY (a DESC)', 'a descending primary key'],
    ['a INT AUTO_INCREMENT', 'at or near "auto_increment": syntax error'],
  ])('%s is refused: %s', (source, reason) => {
    expect(() => columnOrConstraint(parseStatement(source), context)).toThrow(reason);
  });

  it('may have a foreign key with ON UPDATE', () => {
    const column = 'a INT REFERENCES t (b) ON UPDATE CASCADE';
    expect(columnOrConstraint(parseStatement(column), context)).toBe(column.replace('INT', 'int8'));
  });

  it('records families by name, and names one without a name after its columns', () => {
    expect(familyStatement(parseStatement('FAMILY f (a, b)'), 0, '"t"')).toBe(
      `SELECT crdb.note_family('"t"'::pg_catalog.regclass, 0, 'f', ARRAY['a', 'b']::text[])`,
    );
    expect(familyStatement(parseStatement('FAMILY (a, b)'), 1, '"t"')).toContain("1, 'fam_1_a_b'");
  });

  it('has a limit when its type is STRING(n)', () => {
    expect(stringLimit(parseStatement('a STRING(5)'))).toEqual([5]);
    expect(stringLimit(parseStatement('a VARCHAR(5)'))).toEqual([]);
  });
});

describe('an index', () => {
  it.each([
    ['INDEX (a)', 'CREATE INDEX  ON "public"."t" (a)'],
    ['INDEX i (a DESC) STORING (b)', 'CREATE INDEX "i" ON "public"."t" (a DESC) INCLUDE (b)'],
    ['UNIQUE INDEX (a, b)', 'CREATE UNIQUE INDEX "t_a_b_key" ON "public"."t" (a, b)'],
    ['UNIQUE INDEX u (a) WHERE a > 0::INT', 'CREATE UNIQUE INDEX "u" ON "public"."t" (a) WHERE a > 0::int8'],
    ['INVERTED INDEX (j)', 'CREATE INDEX  ON "public"."t" USING gin (j)'],
  ])('%s becomes %s', (source, expected) => {
    expect(createIndexStatement(parseStatement(source), ['bank', 't'], context)).toBe(expected);
  });

  it('keeps what CREATE INDEX says before its table', () => {
    expect(createIndexStatement(parseStatement('(a)'), ['t'], context, { unique: true, name: 'i' })).toBe(
      'CREATE UNIQUE INDEX "i" ON "t" (a)',
    );
  });

  it.each(['INDEX i', 'INDEX (a) x', 'INDEX (a) USING HASH WITH BUCKET_COUNT = 8'])('is refused: %s', (source) => {
    expect(() => createIndexStatement(parseStatement(source), ['t'], context)).toThrow();
  });
});
