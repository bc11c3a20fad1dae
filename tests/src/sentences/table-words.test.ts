import { describe, expect, it } from 'vitest';
import type { Table } from '../../../shared/protocol.ts';
import { holdingsWord, tableTitle } from '../../../src/sentences/table-words.ts';
import { unlistedSentence } from '../../../src/sentences/data-sentences.ts';

const table = (name: string, count: number): Table => ({ database: 'bank', name, columns: [], rows: [], count });
const ALL = { tables: 0, databases: 0 };

describe('what a cluster holds', () => {
  it('is named by its only table, or counted; nothing is said of an empty cluster', () => {
    expect(holdingsWord({ tables: [], unlisted: ALL })).toBeUndefined();
    expect(holdingsWord({ tables: [table('a', 1)], unlisted: ALL })).toBe('bank.a: 1 row');
    expect(holdingsWord({ tables: [table('a', 1), table('b', 2)], unlisted: ALL })).toBe('2 tables');
    expect(holdingsWord({ tables: [table('a', 100)], unlisted: { tables: 3, databases: 1 } })).toBe('4 tables');
    expect(holdingsWord({ tables: [], unlisted: { tables: 0, databases: 2 } })).toBe('2 databases');
  });

  it('distinguishes tables whose names contain dots', () => {
    const titles = [
      { database: 'bank', schema: 'old', name: 'a' },
      { database: 'bank', name: 'old.a' },
      { database: 'bank.old', name: 'a' },
    ].map(tableTitle);
    expect(titles).toEqual(['bank.old.a', 'bank."old.a"', '"bank.old".a']);
  });

  it('says how much more there is than it lists', () => {
    expect(unlistedSentence({ tables: [table('a', 1)], unlisted: ALL })).toBeUndefined();
    expect(unlistedSentence({ tables: [], unlisted: { tables: 3, databases: 1 } })).toBe(
      'Not listed here: 3 more tables, 1 more database.',
    );
  });
});
