import { describe, expect, it } from 'vitest';
import { statementsFor } from '../../../commands/import/trial/missing-table.ts';

const LINE = '+----+------+---------+';

describe('a table that only an output of its page shows', () => {
  it('is made with types that fit all of its values, and with its first column as key', () => {
    const rows = "|  1 | O'Neil | 10.5 |\n|  2 | NULL | 7 |";
    const text = `${LINE}\n| id | name | balance |\n${LINE}\n${rows}\n${LINE}\n(2 rows)`;
    expect(statementsFor('accounts', text)).toBe(
      [
        'CREATE TABLE accounts (',
        '    id INT PRIMARY KEY,',
        '    name STRING,',
        '    balance DECIMAL',
        '  );',
        '> INSERT INTO accounts VALUES',
        "    (1, 'O''Neil', 10.5),",
        '    (2, NULL, 7)',
      ].join('\n'),
    );
  });

  it('has no key when values of its first column recur', () => {
    expect(statementsFor('votes', '  vote\n--------\n  yes\n  yes\n(2 rows)')).not.toContain('PRIMARY KEY');
  });

  it.each([
    ['has no rows', '  id\n------\n(0 rows)'],
    ['leaves rows out', '  id | name\n-----+------\n   1 | Ada\n... | ...'],
    ['is a sentence', 'Initial balances: 1000'],
  ])('cannot be made when the output %s', (_what, text) => {
    expect(statementsFor('accounts', text)).toBeUndefined();
  });
});
