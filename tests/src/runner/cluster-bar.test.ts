import { describe, expect, it } from 'vitest';
import type { Table } from '../../../server/protocol.ts';
import { holdingsSentence } from '../../../src/runner/cluster-bar.ts';
import { keptSentence } from '../../../src/runner/sentences.ts';

const table = (name: string, count: number): Table => ({ database: 'bank', name, columns: [], rows: [], count });

describe('the cluster bar', () => {
  it('names the tables with their rows, and says how much more there is', () => {
    expect(holdingsSentence({ tables: [], unlisted: { tables: 0, databases: 0 } })).toBeUndefined();
    expect(holdingsSentence({ tables: [table('a', 1), table('b', 2)], unlisted: { tables: 0, databases: 0 } })).toBe('What it holds: bank.a: 1 row, bank.b: 2 rows');
    expect(holdingsSentence({ tables: [table('a', 100)], unlisted: { tables: 3, databases: 1 } })).toBe('What it holds: bank.a: 100 rows; not listed here: 3 more tables, 1 more database');
    expect(holdingsSentence({ tables: [], unlisted: { tables: 0, databases: 2 } })).toBe('What it holds: not listed here: 2 more databases');
  });

  it('promises no minute that a cluster has not got', () => {
    expect([20_000, 59_999, 60_000, 95_000, 600_000].map(keptSentence)).toEqual(['less than a minute', 'less than a minute', 'about 1 min', 'about 2 min', 'about 10 min']);
  });
});
