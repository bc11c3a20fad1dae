import { describe, expect, it } from 'vitest';
import type { Holdings, Table } from '../../../shared/protocol.ts';
import { isNewSince } from '../../../src/data/new-table.ts';

const table = (name: string): Table => ({ database: 'bank', name, columns: [], rows: [], count: 0 });
const holdings = (names: string[], tables = 0, databases = 0): Holdings => ({
  tables: names.map(table),
  unlisted: { tables, databases },
});

describe('a table is new', () => {
  it('when it was not listed before', () => {
    expect([isNewSince(holdings(['a']), table('b')), isNewSince(holdings(['a', 'b']), table('b'))]).toEqual([
      true,
      false,
    ]);
  });

  it('only if everything was listed before', () => {
    expect([isNewSince(holdings(['a'], 1), table('b')), isNewSince(holdings(['a'], 0, 1), table('b'))]).toEqual([
      false,
      false,
    ]);
  });
});
