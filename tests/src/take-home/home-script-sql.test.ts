import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/runner/cluster/journal.ts';
import { body, useScriptFolder } from './home-scripts.ts';
import { sql, step } from './journal-entries.ts';

const { folder, run } = useScriptFolder();

describe('the SQL in the file of what was run', () => {
  it('passes the statements of one session to one SQL shell, which may be that of an earlier command', () => {
    const statements = [sql('BEGIN;'), sql('INSERT INTO a VALUES (1)'), sql("COMMIT -- 'done;")];
    expect(body([step('shell', 'cockroach sql --insecure'), ...statements])).toBe(
      "cockroach sql --insecure <<'END'\nBEGIN;\nINSERT INTO a VALUES (1)\n;\nCOMMIT -- 'done;\n;\nEND",
    );
    expect(body(statements.slice(0, 1))).toBe("cockroach sql --insecure --user=root <<'END'\nBEGIN;\nEND");
    expect(body([sql('SELECT 1;', { user: 'max', database: 'bank' })], 'secure')).toBe(
      "cockroach sql --certs-dir=certs --user=max --database=bank <<'END'\nSELECT 1;\nEND",
    );
  });

  it('keeps together a transaction that was open while something else ran', () => {
    const entries = [
      sql('BEGIN;', { isInTransaction: true }),
      step('shell', 'echo meanwhile'),
      sql('COMMIT;'),
      sql('SELECT 1;'),
    ];
    expect(body(entries)).toBe(
      [
        "cockroach sql --insecure --user=root <<'END'",
        'BEGIN;',
        '-- This ran after the lines below; a script cannot leave the transaction open for it.',
        'COMMIT;',
        'END',
        '',
        'echo meanwhile',
        '',
        "cockroach sql --insecure --user=root <<'END'",
        'SELECT 1;',
        'END',
      ].join('\n'),
    );
  });

  it('opens another SQL shell for another user or database', () => {
    const shells = (command: string, ...entries: JournalEntry[]): string[] =>
      body([step('shell', command), ...entries])
        .split('\n')
        .filter((line) => line.startsWith('cockroach'));
    expect(shells('cockroach sql --insecure', sql('SELECT 1;', { database: 'bank' }))).toEqual([
      'cockroach sql --insecure',
      "cockroach sql --insecure --user=root --database=bank <<'END'",
    ]);
    expect(
      shells(
        'cockroach sql --insecure --database=bank -u max',
        sql('SELECT 1;', { database: 'bank', user: 'max' }),
        sql('SELECT 2;'),
      ),
    ).toEqual([
      "cockroach sql --insecure --database=bank -u max <<'END'",
      "cockroach sql --insecure --user=root <<'END'",
    ]);
    expect(shells("cockroach sql --insecure -e 'SELECT 1'", sql('SELECT 2;'))).toHaveLength(2);
  });

  it('passes statements unchanged to the SQL shell, and never to bash', () => {
    expect(run([sql("SELECT 'END\nEND\n$(touch hacked)';")])).toBe(
      "cockroach sql --insecure --user=root\nSELECT 'END\nEND\n$(touch hacked)';\n",
    );
    expect(() => readFileSync(join(folder(), 'hacked'))).toThrow('ENOENT');
  });
});
