import { describe, expect, test } from 'vitest';
import { textContent } from '../../../src/compiler/tree.ts';
import { all, buildFrom, carried } from './build-page.ts';
import { fault } from './fault.ts';

const fence = (info: string, code: string): string => `\`\`\`${info}\n${code}\n\`\`\`\n`;
const inMode = (mode: string, text: string): string => `<Mode is="${mode}">\n\n${text}\n</Mode>\n`;
const page = (...parts: string[]): ReturnType<typeof buildFrom> => buildFrom(parts.join('\n'));
const remarks = (...parts: string[]): string[] => all(page(...parts).children, '.remark').map(textContent);
const at = (line: number, rest: string): string => `content/tutorials/page.mdx:${line}: ${rest}`;

describe('a step that must fail', () => {
  test('says so to the page and to the server, with its exit code or SQLSTATE', () => {
    const fails = [fence('shell run fails=3', '$ false'), fence('sql run user=root fails=23505', '> SELECT 1;')];
    expect(page(...fails, fence('shell run fails', '$ false')).steps).toMatchObject([
      { fails: { exitCode: 3 }, step: { fails: true } },
      { fails: { sqlState: '23505' }, step: { fails: true } },
      { fails: {}, step: { fails: true } },
    ]);
  });

  test('is told from others in its caption', () => {
    expect(
      remarks(
        fence('shell run', '$ true'),
        fence('shell run fails=3', '$ false'),
        fence('sql run user=root fails=23505', '> SELECT 1;'),
        fence('shell run fails', '$ false'),
      ),
    ).toEqual(['fails with exit code 3', 'fails with 23505', 'fails']);
  });

  test.each([
    ['shell run fails=0', 'found `fails=0`; expected an exit code from 1 to 255.'],
    ['shell run fails=256', 'found `fails=256`; expected an exit code from 1 to 255.'],
    ['sql run user=root fails=1', 'found `fails=1`; expected a SQLSTATE such as `23505`.'],
    ['shell run fails=', 'found `fails=` without a value; expected `fails=EXITCODE`.'],
    ['shell run fails fails=3', 'found `fails` with `fails=`; expected one of the two.'],
    ['shell fails', 'found `fails` alone; expected `run fails`.'],
    [
      'shell run background fails',
      'found `background` with `fails`; expected one of the two, because a step in the background has not ended ' +
        'when it is done.',
    ],
  ])('is not `%s`', (info, told) => {
    expect(fault(fence(info, info.startsWith('sql') ? '> SELECT 1;' : '$ false'))).toBe(at(1, told));
  });
});

describe('a named session', () => {
  test('is the page’s own, next to the numbered ones', () => {
    expect(
      page(
        fence('shell run session=work', '$ cd /tmp'),
        fence('shell run', '$ cockroach sql'),
        fence('sql run user=root session=A', '> BEGIN;'),
        fence('sql run user=root', '> SELECT 1;'),
        fence('sql run user=root session=B waits', '> SELECT 2;'),
      ).steps.map(({ step }) => step),
    ).toMatchObject([
      { kind: 'shell', shell: 'page:work' },
      { kind: 'shell', session: 'page:1' },
      { kind: 'sql', session: 'page:A' },
      { kind: 'sql', session: 'page:1' },
      { kind: 'sql', session: 'page:B', waits: true },
    ]);
  });

  test('is named in the caption', () => {
    expect(remarks(fence('sql run user=root session=A fails', '> SELECT 1;'))).toEqual(['session A', 'fails']);
  });

  test.each([
    ['session=1', 'found `session=1`; expected a letter, then letters, digits, `_` and `-`, at most 30.'],
    [
      'waits',
      'found `waits` without a session; expected `session=NAME`, because the answer is printed by the next step of ' +
        'that session.',
    ],
    [
      'session=A waits fails',
      'found `waits` with `fails`; expected `fails` on the session’s next step if the late answer is an error.',
    ],
  ])('cannot be `%s`', (info, told) => {
    expect(fault(fence(`sql run user=root ${info}`, '> SELECT 1;'))).toBe(at(1, told));
  });
});

describe('a limit', () => {
  test('is in seconds or minutes', () => {
    expect(
      page(fence('shell run limit=90s', '$ ls'), fence('sql run user=root limit=2m', '> SELECT 1;')).steps,
    ).toMatchObject([{ step: { limitMs: 90_000 } }, { step: { limitMs: 120_000 } }]);
  });

  test.each(['90', '0s', '2h', '11m'])('is not `%s`', (limit) => {
    expect(fault(fence(`shell run limit=${limit}`, '$ ls'))).toBe(
      at(1, `found \`limit=${limit}\`; expected seconds such as \`90s\`, or minutes such as \`2m\`, at most \`10m\`.`),
    );
  });
});

describe('input', () => {
  test('is sent with the step above, and shown in its figure', () => {
    const built = page(fence('shell run', '$ cat'), fence('text input', 'Ada\n\n7'), fence('text output', 'x'));
    expect(built.steps).toMatchObject([{ step: { input: 'Ada\n\n7\n' }, expected: { text: 'x' } }]);
    const [figure] = all(built.children, 'figure');
    expect(carried(figure!)).toEqual(built.steps[0]);
    expect(all([figure!], '.input').map(textContent)).toEqual(['InputAda\n\n7']);
  });

  test.each([
    [
      fence('text input', 'x'),
      1,
      'found input without a step; expected a shell step that reads it, above it and in the same mode.',
    ],
    [
      `${fence('sql run user=root', '> SELECT 1;')}\n${fence('text input', 'x')}`,
      5,
      'found input below a SQL step, which reads none; expected a shell step that reads it, above it and in the ' +
        'same mode.',
    ],
    [
      `${fence('shell run', '$ cat')}\n${fence('text input', 'x')}\n${fence('text input', 'x')}`,
      9,
      'found a second input for the step at line 1; expected only one.',
    ],
    [
      `${fence('shell run', '$ cat')}\n\`\`\`text input\n\`\`\`\n`,
      5,
      'found an empty `text input`; expected the lines that the program reads.',
    ],
    [fence('text input output', 'x'), 1, 'found `output` with `input`; expected one of the two.'],
  ])('belongs to a shell step: %#', (text, line, told) => {
    expect(fault(text)).toBe(at(line, told));
  });
});

describe('a fence that is a file', () => {
  test('is a step that writes its text, prompts and all', () => {
    const built = page(fence('sql file=app/schema.sql', '> SELECT 1;\n\n'), fence('python file=a.py', 'pass'));
    expect(built.steps.map(({ step }) => step)).toMatchObject([
      { kind: 'file', path: 'app/schema.sql', text: '> SELECT 1;\n' },
      { kind: 'file', path: 'a.py', text: 'pass\n' },
    ]);
    expect(all(built.children, 'figcaption').map(textContent)).toEqual(['1app/schema.sql', '2a.py']);
  });

  test.each(['/etc/passwd', '../a.py', 'a/../b.py', './a.py', 'a//b', 'a:b'])('cannot be at %s', (path) => {
    expect(fault(fence(`text file=${path}`, 'x'))).toBe(
      at(
        1,
        `found \`file=${path}\`; expected a path in the reader’s home directory, of letters, digits, \`.\`, \`_\`, ` +
          '`-` and `/`.',
      ),
    );
  });

  test('does not run, too', () => {
    expect(fault(fence('shell run file=a.sh', 'ls'))).toBe(at(1, 'found `run` with `file=`; expected one of the two.'));
  });
});

describe('expected output outside of the modes', () => {
  const both = [inMode('secure', fence('shell run', '$ ls a')), inMode('insecure', fence('shell run', '$ ls b'))];

  test('belongs to both steps above it, one for each mode', () => {
    const built = page(...both, fence('text output', 'a'));
    expect(built.steps.map(({ expected }) => expected?.text)).toEqual(['a', 'a']);
    expect(all(built.children, '.expected')).toHaveLength(2);
    expect(all(built.children, 'figure').map(carried)).toEqual(built.steps);
  });

  test('does so with input', () => {
    expect(page(...both, fence('text input', 'a')).steps).toMatchObject([
      { step: { input: 'a\n' } },
      { step: { input: 'a\n' } },
    ]);
  });

  test('is a second one when one of the steps has its own', () => {
    const [secure, insecure] = both;
    const own = inMode('insecure', fence('text output', 'b'));
    expect(fault([secure, insecure, own, fence('text output', 'a')].join('\n'))).toBe(
      at(25, 'found a second expected output for the step at line 11; expected only one.'),
    );
  });
});

test('what is below a step with a mistake is not a mistake, too', () => {
  const below = `${fence('text input', 'x')}\n${fence('text output', 'x')}`;
  expect(fault(`${fence('shell rnu', '$ cat')}\n${below}`)?.split('\n')).toHaveLength(1);
  expect(fault(`${fence('shell run', '$ ls')}\n${fence('sql run usr=root', '> SELECT 1;')}\n${below}`)).not.toContain(
    'below',
  );
  const balances = fence('sql run user=root view=balances', '> SELECT 1;');
  expect(fault(`${fence('sql run usr=root', '> SELECT 1;')}\n${below}\n${balances}`)?.split('\n')).toHaveLength(1);
});

describe('captures', () => {
  test('are only the known ones; a backslash makes them plain text', () => {
    const built = page(fence('shell run', '$ ls'), fence('text output', String.raw`{primary} \{int} {int} {id:x}`));
    expect(all(built.children, 'var').map(textContent)).toEqual(['number']);
    expect(all(built.children, '.expected').map(textContent)).toEqual(['Expected output{primary} {int} number {id:x}']);
  });

  test.each(['itn', 'Int', 'integer', 'uid', 'timestmap', 'flot', 'string', 'any1'])('are not {%s}', (word) => {
    expect(fault(`${fence('shell run', '$ ls')}\n${fence('text output', `a\n{${word}}`)}`)).toMatch(
      /^content\/tutorials\/page\.mdx:7: found `\{\w+\}` in .* such as `\{\w+\}`, or `\\\{\w+\}` if/,
    );
  });

  test.each(['id', 'key', 'name', 'primary', 'lists', 'x', '1', 'users_pkey'])('leave {%s} alone', (word) => {
    expect(fault(`${fence('shell run', '$ ls')}\n${fence('text output', `{${word}}`)}`)).toBeUndefined();
  });
});

describe('a fence of a shell', () => {
  test.each(['bash', 'sh', 'console'])('may be called %s', (language) => {
    expect(page(fence(`${language} run`, '$ ls')).steps).toMatchObject([{ step: { kind: 'shell', command: 'ls' } }]);
  });

  test('shows output among its commands when it does not run, and copies only the commands', () => {
    const [figure] = all(page(fence('console', "$ ls\nit's.txt\n$ pwd\n/")).children, 'figure');
    expect(figure?.properties?.['data-text']).toBe('ls\npwd');
    expect(textContent(all([figure!], 'pre')[0]!)).toBe("$ ls\nit's.txt\n$ pwd\n/");
  });

  test('of SQL does so, too, but leaves no statement out', () => {
    const copied = (code: string): unknown =>
      all(page(fence('sql', code)).children, 'figure')[0]?.properties?.['data-text'];
    expect(copied('> SELECT 1;\n  1\n(1 row)')).toBe('SELECT 1;');
    expect(copied('> SELECT 1;\nSELECT 2;')).toBe('SELECT 1;\nSELECT 2;');
  });

  test('tells where its output belongs when it runs', () => {
    expect(fault(fence('console run', '$ ls\na.txt'))).toBe(
      at(
        3,
        'found a line without a prompt after a complete command; expected `$ ` before it, or a `text output` fence ' +
          'if it is output.',
      ),
    );
  });
});

test('a page, its samples and its partials may have the line ends of Windows', () => {
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  const files = {
    'partials/p.mdx': windows(`## Go\n\n${fence('shell run', '$ ls \\\n  -l')}\n${fence('text output', 'a\nb')}`),
    'samples/pony/shared/a.py': windows('import os\n\npass\n'),
  };
  const text = '<Partial file="p.mdx" />\n\n<Sample driver="pony" file="a.py" />\n\n';
  const last = `${fence('sql run user=root', '> SELECT 1,\n  2;')}\n${fence('text file=a.txt', 'a\nb')}`;
  const built = buildFrom(windows(text + last), files);
  expect(built.steps).toMatchObject([
    { step: { command: 'ls \\\n  -l' }, expected: { text: 'a\nb' } },
    { step: { text: 'import os\n\npass\n' } },
    { step: { statements: 'SELECT 1,\n  2;' } },
    { step: { text: 'a\nb\n' } },
  ]);
  expect(JSON.stringify(built.children)).not.toContain('\\r');
});
