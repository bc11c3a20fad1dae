import { describe, expect, it } from 'vitest';
import { count, verdictTable } from './verdict-table.ts';

const KINDS = ['same', 'near', 'wrong'] as const;
type Kind = (typeof KINDS)[number];

describe('the table of verdicts', () => {
  it('has a row for each name, even when nothing was played for it, and one for the total', () => {
    const byName = new Map<string, Kind[]>([
      ['first', ['same', 'wrong', 'same']],
      ['a longer name', []],
      ['third', ['near']],
    ]);
    expect(verdictTable('answers', KINDS, byName)).toBe(
      [
        'answers        same  near  wrong',
        'first             2     0      1',
        'a longer name     0     0      0',
        'third             0     1      0',
        'all               2     1      1',
      ].join('\n'),
    );
  });

  it('throws when nothing was played', () => {
    expect(() => verdictTable('answers', KINDS, new Map<string, Kind[]>([['first', []]]))).toThrow(
      'none of the answers were played',
    );
    expect(() => verdictTable('answers', KINDS, new Map<string, Kind[]>())).toThrow('none of the answers were played');
  });

  it('keeps columns apart when numbers are long', () => {
    const many = Array.from({ length: 12_345 }, () => 'same' as const);
    expect(verdictTable('x', ['same', 'no'] as const, new Map([['x', many]])).split('\n')).toEqual([
      'x     same  no',
      'x    12345   0',
      'all  12345   0',
    ]);
  });

  it('counts the wanted verdicts', () => {
    expect(count<Kind>(['same', 'near', 'wrong', 'same'], 'same', 'near')).toBe(3);
    expect(count<Kind>([], 'same')).toBe(0);
  });
});
