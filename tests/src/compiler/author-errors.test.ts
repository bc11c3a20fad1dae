import { describe, expect, test } from 'vitest';
import { fault } from './fault.ts';
import { FENCE_LANGUAGES } from '../../../src/compiler/fence-languages.ts';

/** The languages of fences but the first and the last, as sentences list them. */
const FENCED = FENCE_LANGUAGES.map(({ name }) => `\`${name}\``)
  .slice(1, -1)
  .join(', ');

const SAMPLES = {
  'samples/pony/secure/a.py': 'pass\n',
  'samples/pony/insecure/a.py': 'pass\n',
  'samples/pony/secure/only.py': 'pass\n',
};
const fence = (info: string, code: string): string => `## Go\n\n\`\`\`${info}\n${code}\n\`\`\`\n`;

describe('an author is told', () => {
  test.each([
    [
      'a misspelt word',
      fence('shell rnu', '$ ls'),
      'content/tutorials/page.mdx:3: found the word `rnu` in a `shell` fence; expected `run`, ' +
        '`background` or `fails`. Did you mean `run`?',
    ],
    [
      'a misspelt option',
      fence('sql run usr=root', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found the option `usr` in a `sql` fence; expected `user`, ' +
        '`database`, `session`, `fails`, `limit` or `view`. Did you mean `user`?',
    ],
    [
      'a misspelt view',
      fence('sql run user=root view=balanses', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found the view `balanses`; expected `balances`. Did you mean `balances`?',
    ],
    [
      'a view without a value',
      fence('sql run user=root view=', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found `view=` without a value; expected `view=balances`.',
    ],
    [
      'a view of what does not run',
      fence('sql view=balances', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found `view=` alone; expected `run view=balances`.',
    ],
    [
      'a view that is for another language',
      fence('shell run view=balances', '$ ls'),
      'content/tutorials/page.mdx:3: found the view `balances`; expected `lanes`.',
    ],
    [
      'balances that begin with nothing',
      [
        `${fence('sql run user=root', '> SELECT 1;')}`,
        `${fence('text output', '  balance\n-----------\n     1000')}`,
        `${fence('sql run user=root view=balances', '> SELECT 1;')}`,
      ].join('\n'),
      'content/tutorials/page.mdx:17: found `view=balances` without accounts to begin with; ' +
        'expected a step above it, in the same mode, whose expected output is a table with the ' +
        'columns `owner` and `balance`.',
    ],
    [
      'a missing user',
      fence('sql run', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found `sql run` without a user; expected `user=root` or another user.',
    ],
    [
      'options of a fence that does not run',
      fence('sql user=root', '> SELECT 1;'),
      'content/tutorials/page.mdx:3: found `user=` alone; expected `run user=USER`.',
    ],
    [
      'a program that does not run as a fence',
      fence('python run', 'pass'),
      'content/tutorials/page.mdx:3: found the word `run` in a `python` fence; expected `file=PATH`, and a ' +
        '`shell run` fence that runs it.',
    ],
    [
      'background without run',
      fence('shell background', '$ ls'),
      'content/tutorials/page.mdx:3: found `background` alone; expected `run background`.',
    ],
    [
      'an unknown language',
      fence('pyton', 'pass'),
      'content/tutorials/page.mdx:3: found the language `pyton`; expected `shell`, ' +
        `${FENCED} or \`text\`. Did you mean \`python\`?`,
    ],
    [
      'no language',
      fence('', 'x'),
      'content/tutorials/page.mdx:3: found a fence without a language; expected one, such as `shell` or `text`.',
    ],
    [
      'a meta that cannot be read',
      fence('python title="x', 'pass'),
      'content/tutorials/page.mdx:3: found `title="x` in a fence\'s meta; expected words and ' +
        'name=value pairs, each once.',
    ],
    [
      'output among commands, at its line',
      fence('shell run', '$ ls\nca.crt'),
      'content/tutorials/page.mdx:5: found a line without a prompt after a complete command; ' +
        'expected `$ ` before it, or a `text output` fence if it is output.',
    ],
    [
      'a statement without an end',
      fence('sql run user=root', '> SELECT 1'),
      'content/tutorials/page.mdx:3: found a statement without an end; expected `;` after the last statement.',
    ],
    [
      'a shell command in a sql step',
      fence('sql run user=root', '> \\q'),
      'content/tutorials/page.mdx:3: found a backslash command of the SQL shell (`\\…`) in a step; ' +
        'expected SQL statements; remove `run` to only show the command.',
    ],
    [
      'a continuation of nothing',
      fence('shell run', '$ ls \\'),
      'content/tutorials/page.mdx:3: found a last line that ends in a backslash; expected the line ' +
        'that it continues with.',
    ],
    ['an empty step', fence('shell run', ''), 'content/tutorials/page.mdx:3: found an empty step; expected a command.'],
    [
      'output without a step',
      fence('text output', 'x'),
      'content/tutorials/page.mdx:3: found expected output without a step; expected a step that ' +
        'prints it, above it and in the same mode.',
    ],
    [
      'a second output',
      `${fence('shell run', '$ ls')}\n${fence('text output', 'a')}\n${fence('text output', 'a')}`,
      'content/tutorials/page.mdx:15: found a second expected output for the step at line 3; expected only one.',
    ],
    [
      'a mistyped capture',
      `${fence('shell run', '$ ls')}\n${fence('text output', '{itn:a}')}`,
      'content/tutorials/page.mdx:10: found `{itn:a}` in expected output; expected a capture such as `{int}`, or ' +
        '`\\{itn:a}` if the step prints just that.',
    ],
    [
      'a program that is not on the page',
      `<Sample driver="pony" file="a.py" />\n\n${fence('shell run', '$ python b.py')}`,
      'content/tutorials/page.mdx:5: found a step that runs `b.py`; expected a sample, a fence ' +
        'with `file=` or a command that makes it, above it and in the same mode. Did you mean `a.py`?',
    ],
    [
      'a program that the other mode alone has',
      [
        '<Mode is="secure">',
        '',
        '<Sample driver="pony" file="only.py" />',
        '',
        '</Mode>',
        '',
        `${fence('shell run', '$ python only.py')}`,
      ].join('\n'),
      'content/tutorials/page.mdx:9: found a step that runs `only.py`; expected a sample, a fence ' +
        'with `file=` or a command that makes it, above it and in the same mode.',
    ],
    [
      'output of a file',
      `<Sample driver="pony" file="a.py" />\n\n${fence('text output', 'a')}`,
      'content/tutorials/page.mdx:5: found expected output below the file `a.py`, which prints ' +
        'nothing; expected a step that prints it, above it and in the same mode.',
    ],
    [
      'output for both modes of a step of one',
      `<Mode is="secure">\n\n${fence('shell run', '$ ls')}\n</Mode>\n\n${fence('text output', 'a')}`,
      'content/tutorials/page.mdx:13: found expected output for both modes below a step of secure ' +
        'mode only; expected a step that prints it, above it and in the same mode.',
    ],
    [
      'output for one mode of a step of both',
      `${fence('shell run', '$ ls')}\n<Mode is="secure">\n\n${fence('text output', 'a')}\n</Mode>`,
      'content/tutorials/page.mdx:11: found expected output for secure mode only below a step of ' +
        'both modes; expected it outside the mode section, because it is shown and checked wherever ' +
        'the step is.',
    ],
    [
      'an unknown mode',
      '<Mode is="insecur">\n\nx\n\n</Mode>',
      'content/tutorials/page.mdx:1: found the mode `insecur` in `<Mode is=…>`; expected `secure` ' +
        'or `insecure`. Did you mean `insecure`?',
    ],
    [
      'a section that nobody sees',
      '<Mode is="secure">\n\n<Mode is="insecure">\n\nx\n\n</Mode>\n\n</Mode>',
      'content/tutorials/page.mdx:3: found an insecure section inside a secure one, which nobody ' +
        'could see; expected nested sections to have the same mode.',
    ],
    [
      'a missing sample',
      '<Mode is="secure">\n\n<Sample driver="pony" file="b.py" />\n\n</Mode>',
      'content/tutorials/page.mdx:3: found the missing file `b.py` in `samples/pony/secure/` or `shared/`; ' +
        'expected `a.py` or `only.py`. Did you mean `a.py`?',
    ],
    [
      'a sample that one mode lacks',
      '<Sample driver="pony" file="only.py" />',
      'content/tutorials/page.mdx:1: found the file `only.py` in `samples/pony/secure/` alone; expected it in ' +
        '`samples/pony/insecure/`, too, or one for both modes in `samples/pony/shared/`.',
    ],
    [
      'a sample that no folder has, told once for both modes',
      '<Sample driver="pony" file="ony.py" />',
      'content/tutorials/page.mdx:1: found the missing file `ony.py` in `samples/pony/`; ' +
        'expected `a.py` or `only.py`. Did you mean `only.py`?',
    ],
    [
      'an unknown driver',
      '<Sample driver="poni" file="a.py" />',
      'content/tutorials/page.mdx:1: found the driver `poni`; expected `pony`. Did you mean `pony`?',
    ],
  ])('%s', (_what, text, told) => {
    expect(fault(text, SAMPLES)).toBe(told);
  });

  test('a session too many for one mode, once', () => {
    const many = (count: number, of: (n: number) => string): string =>
      Array.from({ length: count }, (_, n) => of(n + 1)).join('\n');
    const sql = (n: number): string => fence(`sql run user=root session=S${n}`, '> SELECT 1;');
    const shell = (n: number): string => fence(`shell run session=S${n}`, '$ ls');
    expect(fault(many(6, sql) + many(6, shell) + many(6, sql))).toBeUndefined();
    expect(fault(many(8, sql))).toBe(
      'content/tutorials/page.mdx:39: found `session=S7` with that user and database after 6 other SQL sessions; ' +
        'expected at most 6 SQL sessions with names on a page, such as one of those above.',
    );
    expect(fault(`${many(6, shell)}\n${fence('shell run session=work', '$ ls')}`)).toBe(
      'content/tutorials/page.mdx:39: found `session=work` after 6 other shells; ' +
        'expected at most 6 shells with names on a page, such as one of those above.',
    );
    expect(fault(many(6, sql) + fence('sql run user=max session=S1', '> SELECT 1;'))).toContain('`session=S1` with');
  });

  test('an unknown component', () => {
    const found = /^content\/tutorials\/page\.mdx:1: found the component `Modefilter`; /;
    const expected = /expected `Mode`, `Sample`, `Partial`, .* or `\w+`\. Did you mean `ModeFilter`\?$/;
    expect(fault('<Modefilter />', SAMPLES)).toMatch(new RegExp(found.source + expected.source));
  });

  test('all mistakes of a page at once', () => {
    expect(fault(`${fence('shell rnu', '$ ls')}\n<Modee is="secure" />`, SAMPLES)?.split('\n')).toHaveLength(2);
  });
});
