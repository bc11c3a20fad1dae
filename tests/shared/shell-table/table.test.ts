import { describe, expect, it } from 'vitest';
import { formatTable } from '../../../shared/shell-table/table.ts';
import { OID } from '../../../shared/shell-table/value.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

describe('formatTable', () => {
  it('centres the header, aligns numbers right and text left', () => {
    const table = formatTable(
      ['id', 's'],
      [
        ['1', 'one'],
        ['2', null],
        ['3', 'tab\there "q" <b> | x'],
      ],
      'SELECT 3',
      [OID.int8, OID.text],
    );
    expect(table).toBe(
      lines(
        '  id |          s',
        '-----+-----------------------',
        '   1 | one',
        '   2 | NULL',
        '   3 | tab here "q" <b> | x',
        '(3 rows)',
      ),
    );
  });

  it('uses the singular for one row', () => {
    expect(formatTable(['count'], [['3']], 'SELECT 1', [OID.int8])).toBe(
      lines('  count', '---------', '      3', '(1 row)'),
    );
  });

  it('prints the header of an empty answer', () => {
    expect(formatTable(['id', 's'], [], 'SELECT 0')).toBe(lines('  id | s', '-----+----', '(0 rows)'));
  });

  it.each([
    ['INSERT 0 3', 'INSERT 3'],
    ['UPDATE 1', 'UPDATE 1'],
    ['DELETE 0', 'DELETE 0'],
    ['CREATE TABLE', 'CREATE TABLE'],
    ['SET', 'SET'],
    ['COPY 4', 'COPY'],
    ['SELECT 5', 'SELECT 5'],
    ['', 'OK'],
  ])('prints the tag %j of a statement without rows as %s', (tag, line) => {
    expect(formatTable([], [], tag)).toBe(`${line}\n`);
  });

  it('prints the tag of a change that returned no rows', () => {
    expect(formatTable(['id'], [], 'UPDATE 0')).toBe('UPDATE 0\n');
  });

  it('centres booleans, and spells them out', () => {
    expect(formatTable(['is_nullable'], [['f'], ['t']], 'SELECT 2', [OID.bool])).toBe(
      lines('  is_nullable', '---------------', '     false', '     true', '(2 rows)'),
    );
  });

  it('keeps lines of a cell in their column', () => {
    const create = 'CREATE TABLE public.t (\n    id INT8 NOT NULL\n)';
    expect(formatTable(['table_name', 'create_statement'], [['t', create]], 'SELECT 1', [OID.text, OID.text])).toBe(
      lines(
        '  table_name |    create_statement',
        '-------------+--------------------------',
        '  t          | CREATE TABLE public.t (',
        '             |     id INT8 NOT NULL',
        '             | )',
        '(1 row)',
      ),
    );
  });

  it('leaves no space at the end of a line', () => {
    expect(formatTable(['two', 'one'], [['line1\nline2', 'x']], 'SELECT 1', [OID.text, OID.text])).toBe(
      lines('   two  | one', '--------+------', '  line1 | x', '  line2 |', '(1 row)'),
    );
  });

  it('aligns by the form of the values when the types are unknown', () => {
    expect(
      formatTable(
        ['n', 'mixed'],
        [
          ['1000', '7'],
          [null, 'x'],
        ],
        'SELECT 2',
      ),
    ).toBe(lines('   n   | mixed', '-------+--------', '  1000 |     7', '  NULL | x', '(2 rows)'));
  });

  it('counts wide and combining characters as a terminal does', () => {
    expect(
      formatTable(
        ['a', 'b'],
        [
          ['日本', 'x'],
          ['e\u0301', 'y'],
        ],
        'SELECT 2',
      ),
    ).toBe(lines('   a   | b', '-------+----', '  日本 | x', '  e\u0301    | y', '(2 rows)'));
  });

  it('says how many rows there are, and how many are left out, when it gets only the first ones', () => {
    expect(formatTable(['n'], [['1'], ['2']], 'SELECT 5000', [OID.int8], 5000)).toBe(
      lines('  n', '-----', '  1', '  2', '… 4998 rows left out here', '(5000 rows)'),
    );
    expect(formatTable(['n'], [['1']], 'SELECT 2', [OID.int8], 2)).toBe(
      lines('  n', '-----', '  1', '… 1 row left out here', '(2 rows)'),
    );
    expect(formatTable(['n'], [['1']], 'SELECT 1', [OID.int8], 1)).toBe(
      formatTable(['n'], [['1']], 'SELECT 1', [OID.int8]),
    );
  });

  it('prints an answer without columns but with rows', () => {
    expect(formatTable([], [[], []], 'SELECT 2')).toBe(lines('--', '(2 rows)'));
  });

  it.each([
    [OID.bytea, '\\x78c3', 'x\\303'],
    [OID.timestamptz, '2021-03-04 00:00:00+00', '2021-03-04 00:00:00+00:00:00'],
    [OID.date, '2021-03-04', '2021-03-04 00:00:00+00:00:00'],
    [OID.timestamp, '2021-03-04 05:06:07.5', '2021-03-04 05:06:07.5+00:00:00'],
    [OID.float8, '1e+06', '1e+06'],
    [OID.float8, '1000000', '1e+06'],
    [OID.float8, '0.5', '0.5'],
    [OID.text, 'a\x01"', 'a\\x01\\"'],
  ])('prints a value of type %i, %j, as %s', (type, value, shown) => {
    expect(
      formatTable(['v'], [[value]], 'SELECT 1', [type])
        .split('\n')[2]!
        .trim(),
    ).toBe(shown);
  });
});
