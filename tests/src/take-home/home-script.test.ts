import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/runner/cluster/journal.ts';
import { body, scriptOf, useScriptFolder } from './home-scripts.ts';
import { sql, step, typed } from './journal-entries.ts';

const { folder, run } = useScriptFolder();

const HOSTILE = [
  "it's\n",
  'END\n',
  'END\nEND_2\n$(touch hacked) `touch hacked` \\\n',
  '',
  '\n',
  '\n\nEND',
  "no end'",
  '$HOME\\n%s',
  "<<'END'\n)\nexit 3\n",
  'ä 🙂\u200b\ttab\r\n',
];

describe('the file of what was run', () => {
  it('says where it comes from, and how to run it', () => {
    expect(
      scriptOf([step('shell', 'python -m pip install pony')], 'secure', 'A page\nrm -rf ~')
        .split('\n')
        .slice(0, 7),
    ).toEqual([
      '#!/usr/bin/env bash',
      '# A page rm -rf ~',
      '# What was run on http://site/a.html?filters=insecure since 2026-11-26 21:40 UTC, in that order.',
      "# For your own machine: save it in the folder with your cluster's certs and " +
        'my-safe-directory, and run it there with bash.',
      '# It needs a cluster at localhost:26257; how to start one: http://site/secure-a-cluster.html',
      '# Its programs need Python; give them an environment of their own: python3 -m venv .venv ' +
        '&& source .venv/bin/activate',
      '(',
    ]);
    expect(
      scriptOf([step('shell', 'true')])
        .split('\n')
        .slice(3, 6),
    ).toEqual([
      '# For your own machine: save it in an empty folder, and run it there with bash.',
      '# It needs a cluster at localhost:26257; how to start one: http://site/start-a-local-cluster.html',
      '(',
    ]);
  });

  it.each(HOSTILE)('writes a file byte for byte, whatever it holds: %j', (text) => {
    run([step('file', text, { path: 'a/b/file.py' })]);
    expect(readFileSync(join(folder(), 'a/b/file.py'), 'utf8')).toBe(text);
    expect(() => readFileSync(join(folder(), 'hacked'))).toThrow('ENOENT');
  });

  it.each([
    'echo one',
    'echo "two words" \'and $HOME\'',
    'echo one \\\n  two',
    'echo begun; cd /; false; echo "in $PWD"',
    "x='it'\"'\"'s'; echo $x",
    "cat <<'END'\ninner\nEND\necho after",
    'if true; then\n  echo yes\nfi',
    'cat; echo "nothing to read"',
    'echo out; exit 0\necho "never closed',
  ])('runs a command as the sandbox’s shell did: %j', (command) => {
    const alone = execFileSync('bash', ['-c', command], {
      cwd: folder(),
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
    expect(run([step('shell', command), step('shell', 'echo after it in $(basename $PWD)')])).toBe(
      `${alone}after it in ${folder().split('/').at(-1)}\n`,
    );
  });

  it('shows a plain command as it is on the page', () => {
    expect(body([step('shell', 'python -m pip install pony')])).toBe('python -m pip install pony');
    expect(body([step('shell', 'export A=1; python a.py')])).toBe("bash -c 'export A=1; python a.py'");
    expect(body([step('shell', 'A=1 python a.py')])).toBe("bash -c 'A=1 python a.py'");
  });

  it('stops at the first command that fails on that machine', () => {
    expect(() => run([step('shell', 'false'), step('shell', 'touch too-late')])).toThrow();
    expect(() => readFileSync(join(folder(), 'too-late'))).toThrow('ENOENT');
  });

  it('contains what failed or never ended as comments, which do not run', () => {
    const entries = [
      step('shell', 'echo a\necho b\r)\nrm c', { ok: false }),
      step('sql', 'SELEC 1', { user: 'root', ok: false }),
      step('file', 'x', { path: 'y' }),
    ];
    delete (entries[2] as { ok?: boolean }).ok;
    expect(body(entries)).toBe(
      [
        '# It failed, and is left out here:',
        '#   echo a',
        '#   echo b',
        '#   )',
        '#   rm c',
        '',
        '# It failed, and is left out here:',
        '#   SELEC 1',
        '',
        '# It did not finish, and is left out here:',
        '#   x',
      ].join('\n'),
    );
    expect(run(entries)).toBe('');
  });

  it('contains what was run twice in a row once, and says so, unless something ran in between', () => {
    const again = [step('shell', 'echo a'), step('shell', 'echo a'), step('shell', 'echo b'), step('shell', 'echo a')];
    expect(body(again)).toBe('# It was run 2 times in a row.\necho a\n\necho b\n\necho a');
  });

  it('marks edited code', () => {
    expect(body([step('shell', 'echo mine', { isEdited: true })])).toBe(
      '# Edited; this is not what the page says.\necho mine',
    );
  });

  it('starts a background program, goes on, and ends it; no program gets input', () => {
    const entries = [step('shell', 'echo started; exec sleep 60', { isBackground: true }), step('shell', 'echo on')];
    expect(run(entries)).toBe('started\non\n');
    expect(scriptOf(entries)).toContain('# As on the page, the programs here get no input.\nexec < /dev/null\n');
    expect(body(entries)).toContain('# It keeps running until this script ends.\n');
  });

  it('runs what was typed in a terminal in one shell, SQL in its SQL shell; failures do not stop it', () => {
    const lines = [
      typed('shell', 'cd /'),
      typed('shell', 'false'),
      typed('shell', "echo it's"),
      typed('shell', 'echo in $PWD'),
      typed('shell', 'cockroach sql -d bank'),
      typed('sql', 'SELECT 1;'),
      typed('sql', '\\q'),
      typed('shell', 'exit 7'),
    ];
    expect(
      run([
        ...lines.filter((entry) => entry.kind !== 'terminal' || entry.line !== "echo it's"),
        step('shell', 'echo after'),
      ]),
    ).toBe('in /\ncockroach sql -d bank --set=errexit=false\nSELECT 1;\nafter\n');
    expect(run([typed('sql', 'SELECT 2;')])).toBe('cockroach sql --insecure --set=errexit=false\nSELECT 2;\n');
    expect(run([...lines, step('shell', 'echo after')])).toMatch(/after\n$/);
  });

  it('continues in another shell when one was left', () => {
    expect(
      run([
        typed('shell', 'cd /; x=old'),
        typed('shell', 'exit 3'),
        typed('shell', 'echo "now $x"; [ "$PWD" = / ] || echo home'),
        typed('shell', 'exit'),
      ]),
    ).toBe('now \nhome\n');
  });

  it('leaves out passwords that the reader wrote, and says so', () => {
    const entries = [
      sql("CREATE USER max WITH PASSWORD 'hunter''2'", { isEdited: true }),
      step('file', 'connect("postgresql://max:hunter2@localhost:26257/bank")', { path: 'a.py', isEdited: true }),
      typed('shell', "PGPASSWORD='hunter2' psql"),
    ];
    const script = scriptOf(entries);
    expect(script).not.toContain('hunter');
    expect(script.match(/PASSWORD-LEFT-OUT/g)).toHaveLength(4);
    expect(script).toContain('postgresql://max:PASSWORD-LEFT-OUT@localhost:26257/bank');
    expect(scriptOf([sql("ALTER USER max WITH PASSWORD 'as printed'")])).toContain('as printed');
  });

  it('copes with whatever is stored', () => {
    expect(
      body([
        { ...step('shell', 'a'), sent: '{' } as JournalEntry,
        { ...step('shell', 'a'), sent: '["odd"]' } as JournalEntry,
        step('shell', 'echo a'),
      ]),
    ).toBe('echo a');
  });
});
