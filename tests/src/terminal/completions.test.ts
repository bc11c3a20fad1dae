import { describe, expect, it } from 'vitest';
import { sqlWords } from '../../../src/build/sql-words.ts';
import { completionsOf, MAX_COMPLETIONS } from '../../../src/terminal/completions.ts';
import { sqlTextIn } from '../../../src/terminal/sql-text.ts';

const TABLES = [
  { database: 'bank', name: 'accounts', columns: ['id', 'balance', 'owner'], rows: [], count: 0 },
  { database: 'bank', name: 'branches', columns: ['city'], rows: [], count: 0 },
  { database: 'shop', name: 'orders', columns: ['total'], rows: [], count: 0 },
];
const asked = (before: string): ReturnType<typeof completionsOf> =>
  completionsOf({ before, database: 'bank' }, sqlWords(), TABLES);
const labels = (before: string): string[] => asked(before).completions.map(({ label }) => label);
const typed = (before: string): string => before + (asked(before).completions[0]?.rest ?? '');

describe('completion in the SQL shell', () => {
  it('begins with supported statements, in the case that is typed', () => {
    expect(labels('SHO')[0]).toBe('SHOW');
    expect(labels('show ta')).toEqual(['SHOW TABLES']);
    expect(labels('create us')).toEqual(['CREATE USER']);
    expect(typed('create us')).toBe('create user');
    expect(typed('SEL')).toBe('SELECT');
    expect(labels('x')).toEqual([]);
    expect(labels('')).toEqual([]);
    expect(labels('SELECT 1; SHOW DATA')).toEqual(['SHOW DATABASES']);
  });

  it('offers tables where one is expected, those of other databases with the database', () => {
    expect(labels('SELECT * FROM ')).toEqual(['accounts', 'branches', 'shop.orders']);
    expect(labels('SELECT * FROM accounts JOIN b')).toEqual(['branches']);
    expect(labels('INSERT INTO a')).toEqual(['accounts']);
    expect(labels('UPDATE acc')).toEqual(['accounts']);
    expect(typed('SELECT * FROM shop.o')).toBe('SELECT * FROM shop.orders');
  });

  it('offers the columns of the statement’s tables, before words and functions', () => {
    expect(labels('SELECT * FROM accounts WHERE b')[0]).toBe('balance');
    expect(labels('SELECT * FROM branches WHERE b')).not.toContain('balance');
    expect(labels('SELECT bal')).toEqual(['balance']);
    expect(labels('SELECT * FROM shop.orders ORDER BY to')[0]).toBe('total');
  });

  it('offers functions with their parenthesis, and describes their arguments', () => {
    expect(typed('SELECT gen_ran')).toBe('SELECT gen_random_uuid(');
    expect(asked('SELECT round(balance').hint).toEqual({ name: 'round', arguments: ['value', 'decimals'], at: 0 });
    expect(asked('SELECT round(abs(balance), ').hint).toMatchObject({ name: 'round', at: 1 });
    expect(asked('SELECT coalesce(a, b, c, ').hint).toMatchObject({ name: 'coalesce', at: 0 });
    expect(asked('SELECT round(balance, 2) ').hint).toBeUndefined();
    expect(asked('SELECT foo(').hint).toBeUndefined();
    expect(asked('SELECT now(').hint).toBeUndefined();
  });

  it('offers nothing within constants and comments, after whole words, and in shell commands', () => {
    for (const text of ["SELECT 'SEL", 'SELECT "acc', 'SELECT 1 -- fr', 'SELECT /* fr', '\\d', 'SELECT balance'])
      expect([text, labels(text)]).toEqual([text, []]);
    expect(labels("SELECT 'it''s' FROM acc")).toEqual(['accounts']);
  });

  it('is a short list', () => {
    expect(labels('s').length).toBe(MAX_COMPLETIONS);
    expect(new Set(labels('SELECT * FROM accounts WHERE i')).size).toBe(
      labels('SELECT * FROM accounts WHERE i').length,
    );
  });
});

describe('what is typed into the SQL shell', () => {
  it('is read from the screen, over several lines, with its database', () => {
    expect(sqlTextIn(['root@localhost:26257/bank> SELECT *', '                        -> FROM acc'])).toEqual({
      before: 'SELECT *\nFROM acc',
      database: 'bank',
    });
    expect(sqlTextIn(['(1 row)', 'root@localhost:26257/defaultdb  OPEN> COM'])).toEqual({
      before: 'COM',
      database: 'defaultdb',
    });
    expect(sqlTextIn(['maxroach@localhost:26257/bank> '])).toEqual({ before: '', database: 'bank' });
  });

  it('is empty elsewhere', () => {
    for (const lines of [['$ SELECT'], [''], ['  id | balance'], []]) expect(sqlTextIn(lines)).toBeUndefined();
  });
});
