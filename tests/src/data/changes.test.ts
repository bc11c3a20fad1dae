import { describe, expect, it } from 'vitest';
import { marksOf, transferIn } from '../../../src/data/changes.ts';
import { TableMemory } from '../../../src/data/table-memory.ts';
import { pageOf } from './pages.ts';

const BEFORE = [
  ['1', 'Ada', '1000'],
  ['2', 'Grace', '1000'],
  ['3', 'Alan', '0'],
];

/** Returns what is remembered of a table that was seen before a step and after it. */
function seen(before: ReturnType<typeof pageOf>, after: ReturnType<typeof pageOf>): TableMemory {
  const memory = new TableMemory();
  memory.take(before);
  memory.turn();
  memory.take(after);
  return memory;
}

describe('what a step did to a table', () => {
  it('is nothing as long as there was no step, whatever the page shows', () => {
    const memory = new TableMemory();
    memory.take(pageOf(BEFORE));
    expect(memory.changes(pageOf(BEFORE))).toBeUndefined();
    expect(marksOf(memory.before, pageOf(BEFORE))).toEqual([undefined, undefined, undefined]);
  });

  it('marks changed cells with their earlier values, wherever their rows are now', () => {
    const after = pageOf([
      ['2', 'Grace', '1250'],
      ['1', 'Ada', '750'],
      ['3', 'Alan', '0'],
    ]);
    const memory = seen(pageOf(BEFORE), after);
    expect(marksOf(memory.before, after)).toEqual([
      { kind: 'changed', was: new Map([['balance', '1000']]) },
      { kind: 'changed', was: new Map([['balance', '1000']]) },
      undefined,
    ]);
    const changes = memory.changes(after)!;
    expect(changes).toMatchObject({ changedRows: 2, newRows: 0, removedRows: 0, isPartial: false });
    expect(transferIn(changes)).toMatchObject({
      column: 'balance',
      amount: '250',
      from: { row: '1' },
      to: { row: '2' },
    });
  });

  it('marks new rows, and counts removed ones', () => {
    const after = pageOf([
      ['1', 'Ada', '1000'],
      ['4', 'Edsger', '5'],
    ]);
    const memory = seen(pageOf(BEFORE), after);
    expect(marksOf(memory.before, after)).toEqual([undefined, { kind: 'new' }]);
    expect(memory.changes(after)).toMatchObject({ changedRows: 0, newRows: 1, removedRows: 2 });
  });

  it('covers NULL, new and renamed columns, and tables with only a key', () => {
    const after = pageOf([
      ['1', null, '1000'],
      ['2', 'Grace', '1000'],
      ['3', 'Alan', '0'],
    ]);
    expect(marksOf(seen(pageOf(BEFORE), after).before, after)[0]).toEqual({
      kind: 'changed',
      was: new Map([['owner', 'Ada']]),
    });
    const columns = [
      { name: 'id', type: 'INT8', isKey: true as const },
      { name: 'name', type: 'STRING' },
      { name: 'balance', type: 'INT8' },
    ];
    const renamed = pageOf(BEFORE, { columns });
    expect(marksOf(seen(pageOf(BEFORE), renamed).before, renamed)).toEqual([undefined, undefined, undefined]);
  });

  it('calls no row new or removed that may merely not have been seen', () => {
    const after = pageOf(
      [
        ['1', 'Ada', '1'],
        ['9', 'Barbara', '5'],
      ],
      { count: 250 },
    );
    const memory = seen(pageOf(BEFORE, { count: 250 }), after);
    expect(marksOf(memory.before, after)).toEqual([
      { kind: 'changed', was: new Map([['balance', '1000']]) },
      undefined,
    ]);
    expect(memory.changes(after)).toMatchObject({ changedRows: 1, newRows: 0, removedRows: 0, isPartial: true });
  });

  it('covers a table of several pages when all of them were seen', () => {
    const memory = new TableMemory();
    memory.take(pageOf(BEFORE.slice(0, 2), { count: 3, sum: '2000' }));
    memory.take(pageOf(BEFORE.slice(2), { count: 3, sum: '2000' }));
    memory.turn();
    const after = pageOf([...BEFORE, ['4', 'Edsger', '0']]);
    memory.take(after);
    expect(memory.changes(after)).toMatchObject({ newRows: 1, isPartial: false });
  });

  it('covers all rows of a table that a step created', () => {
    const memory = TableMemory.ofNew();
    memory.take(pageOf(BEFORE));
    expect(memory.changes(pageOf(BEFORE))).toMatchObject({ newRows: 3, isPartial: false });
  });

  it('is recognised even when no step was reported', () => {
    const memory = new TableMemory();
    memory.take(pageOf(BEFORE));
    expect(memory.take(pageOf(BEFORE))).toBe(false);
    expect(memory.take(pageOf([...BEFORE, ['4', 'Edsger', '0']]))).toBe(true);
    expect(memory.changes(pageOf([...BEFORE, ['4', 'Edsger', '0']]))).toMatchObject({ newRows: 1 });
  });

  it('compares whole rows when there is no key, counting duplicates', () => {
    const after = pageOf(
      [
        ['1', 'Ada', '1000'],
        ['1', 'Ada', '1000'],
        ['2', 'Grace', '1'],
      ],
      { keys: null },
    );
    const memory = seen(pageOf(BEFORE, { keys: null }), after);
    expect(marksOf(memory.before, after)).toEqual([undefined, { kind: 'new' }, { kind: 'new' }]);
    expect(memory.changes(after)).toMatchObject({ newRows: 2, removedRows: 2 });
  });
});

describe('a transfer', () => {
  it.each([
    [
      'the sum did not stay',
      [
        ['1', 'Ada', '750'],
        ['2', 'Grace', '1200'],
        ['3', 'Alan', '0'],
      ],
    ],
    [
      'both got more',
      [
        ['1', 'Ada', '1250'],
        ['2', 'Grace', '1250'],
        ['3', 'Alan', '0'],
      ],
    ],
    [
      'three rows changed',
      [
        ['1', 'Ada', '750'],
        ['2', 'Grace', '1200'],
        ['3', 'Alan', '50'],
      ],
    ],
    [
      'a row came, too',
      [
        ['1', 'Ada', '750'],
        ['2', 'Grace', '1250'],
        ['3', 'Alan', '0'],
        ['4', 'Edsger', '0'],
      ],
    ],
    [
      'names changed',
      [
        ['1', 'Grace', '1000'],
        ['2', 'Ada', '1000'],
        ['3', 'Alan', '0'],
      ],
    ],
  ])('is none when %s', (_, rows) => {
    const after = pageOf(rows);
    expect(transferIn(seen(pageOf(BEFORE), after).changes(after)!)).toBeUndefined();
  });
});
