import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { body, useScriptFolder } from './home-scripts.ts';
import { sql, step } from './journal-entries.ts';

const { folder, run } = useScriptFolder();
const FAILS = { ok: false, has: { fails: true } };

describe('what was run with input, in a shell of its own, or to fail', () => {
  it('gives a program its input, whatever is in it', () => {
    const input = "it's\nEND\n$HOME `id`\n";
    expect(run([step('shell', 'cat', { has: { input } }), step('shell', 'cat; echo after', { has: { input } })])).toBe(
      `${input}${input}after\n`,
    );
  });

  it('goes on after a step that is meant to fail, and says so', () => {
    const entries = [step('shell', 'false', FAILS), step('shell', 'echo a; exit 3', FAILS), step('shell', 'echo on')];
    expect(body(entries)).toContain('# It is meant to fail.\nfalse || true');
    expect(run(entries)).toBe('a\non\n');
  });

  it('leaves out a step that failed and was not meant to', () => {
    expect(body([step('shell', 'false', { ok: false })])).toContain('# It failed, and is left out here:');
  });

  it('lets a SQL shell go on after a statement that is meant to fail', () => {
    expect(body([sql('SELECT 1 / 0;', FAILS), sql('SELECT 2;')])).toBe(
      [
        "cockroach sql --insecure --user=root --set=errexit=false <<'END' || true",
        '-- It is meant to fail.',
        'SELECT 1 / 0;',
        'SELECT 2;',
        'END',
      ].join('\n'),
    );
  });

  it('keeps directory, variables and functions in a shell with a name, and nowhere else', () => {
    const A = { has: { shell: 'page:A' } };
    const printed = run([
      step('shell', 'mkdir -p sub && cd sub; x="a  b"; export y=2; f() { echo "f $1"; }', A),
      step('shell', 'echo "other:$x$y"'),
      step('shell', 'basename "$PWD"; echo "$x $y"; f 1; cat', { has: { shell: 'page:A', input: 'in' } }),
      step('shell', 'exit 3', { ok: false, has: { shell: 'page:A', fails: true } }),
      step('shell', 'echo "$x"; basename "$PWD"', A),
    ]);
    expect(printed).toBe('other:\nsub\na  b 2\nf 1\nina  b\nsub\n');
  });

  it('keeps SQL sessions open side by side, so that one can wait for another', () => {
    const [A, B] = [{ session: 'page:A' }, { session: 'page:B' }];
    const entries = [
      sql('BEGIN;', A),
      sql('UPDATE a SET b = 1;', B),
      sql('COMMIT;', A),
      step('shell', 'touch made'),
      sql('SELECT 2;', { ...B, user: 'max' }),
    ];
    const printed = run(entries).split('\n').sort();
    const opened = 'cockroach sql --insecure --user=';
    expect(printed).toEqual(
      [
        '',
        `${opened}root --set=errexit=false`,
        `${opened}root --set=errexit=false`,
        `${opened}max --set=errexit=false`,
        'BEGIN;',
        'COMMIT;',
        'UPDATE a SET b = 1;',
        'SELECT 2;',
      ].sort(),
    );
    expect(existsSync(join(folder(), 'made'))).toBe(true);
    expect(readFileSync(join(folder(), 'home.sh'), 'utf8')).toContain('# This session stays open next to the others');
  });
});
