import { FENCE_LANGUAGES } from './fence-languages.ts';

/** A word or an option of a fence: `background`, `user=root`. */
export interface FencePart {
  name: string;
  /** What an option's value is: one of these words, or what the word in capitals says; absent for a word. */
  value?: string;
  about: string;
  /** A passage of a page that uses it, and that compiles alone. */
  example: string;
}

/** What a fence can be. The page "Writing for Bankrun" is made from these, too. */
export interface FenceForm {
  is: 'shell' | 'sql' | 'output' | 'input' | 'file' | 'code';
  languages: readonly string[];
  /** The word that makes a fence of these languages this; absent where an option or nothing does. */
  word?: string;
  /** The option that makes a fence this. */
  option?: string;
  about: string;
  example: string;
  parts: readonly FencePart[];
}

const shown = FENCE_LANGUAGES.map(({ name }) => name);

/** Returns a passage of fences, each a line of words and then its code. */
function fences(...all: [info: string, code: string][]): string {
  return all.map(([info, code]) => `\`\`\`${info}\n${code}\n\`\`\`\n`).join('\n');
}

/** The words and options of every fence. An option that takes no value, too, is here twice. */
export const FENCE_FORMS: readonly FenceForm[] = [
  {
    is: 'shell',
    languages: ['shell'],
    word: 'run',
    about: 'A step that runs commands in a shell of the reader’s sandbox.',
    example: fences(['shell run', '$ echo hello'], ['text output', 'hello']),
    parts: [
      {
        name: 'background',
        about: 'The program goes on after the step, which is done once the program listens on a port.',
        example: fences(['shell run background', '$ python -m http.server 8000']),
      },
      {
        name: 'fails',
        about: 'The step must fail. What it prints, its message included, is the expected output.',
        example: fences(
          ['shell run fails', '$ ls missing'],
          ['text output', "ls: cannot access 'missing': No such file or directory"],
        ),
      },
      {
        name: 'fails',
        value: 'EXITCODE',
        about: 'The step must fail with this exit code, from 1 to 255.',
        example: fences(['shell run fails=3', "$ bash -c 'exit 3'"]),
      },
      {
        name: 'session',
        value: 'NAME',
        about:
          'Steps of a page with the same name share a shell: its directory, variables and functions. ' +
          'What a step changes before an `exec`, or with a `trap` on EXIT, is not kept.',
        example: fences(
          ['shell run session=work', '$ mkdir -p work && cd work && name=Ada'],
          ['shell run session=work', '$ echo "$name is in $(basename "$PWD")"'],
          ['text output', 'Ada is in work'],
        ),
      },
      {
        name: 'limit',
        value: 'TIME',
        about:
          'How long the step may take, in seconds (`90s`) or minutes (`2m`), up to the most that the server allows.',
        example: fences(['shell run limit=90s', '$ sleep 1 && echo done'], ['text output', 'done']),
      },
      {
        name: 'view',
        value: 'lanes',
        about: 'Draws what a program prints about its sessions as lanes, above the output itself.',
        example: fences([
          'shell run view=lanes',
          '$ echo "  12 ms  session A  attempt 1  UPDATE  leave 900"; ' +
            'echo "  14 ms  session B  attempt 1  UPDATE  leave 800"',
        ]),
      },
    ],
  },
  {
    is: 'sql',
    languages: ['sql'],
    word: 'run',
    about: 'A step that sends statements to the database, as the user in `user`.',
    example: fences(['sql run user=root', '> SELECT 1 + 1 AS two;'], ['text output', '  two\n-------\n    2\n(1 row)']),
    parts: [
      {
        name: 'user',
        value: 'USER',
        about: 'Who sends the statements. Always needed.',
        example: fences(['sql run user=root', '> SHOW DATABASES;']),
      },
      {
        name: 'database',
        value: 'DATABASE',
        about: 'The database that the step begins in. Without it, `defaultdb`.',
        example: fences(['sql run user=root database=system', '> SHOW TABLES;']),
      },
      {
        name: 'session',
        value: 'NAME',
        about:
          'Steps of a page with the same name, user and database share a session, next to those with other names. ' +
          'Without it, the steps below a `cockroach sql` block share one, and each other step has its own.',
        example: fences(
          ['sql run user=root session=A', '> BEGIN;\n> SELECT 1;'],
          ['sql run user=root session=B', '> SELECT 2;'],
          ['sql run user=root session=A', '> COMMIT;'],
        ),
      },
      {
        name: 'fails',
        about: 'The step must fail. Its message is the expected output.',
        example: fences(
          ['sql run user=root fails', '> SELECT * FROM missing;'],
          ['text output', 'ERROR: relation "missing" does not exist\nSQLSTATE: 42P01'],
        ),
      },
      {
        name: 'fails',
        value: 'SQLSTATE',
        about: 'The step must fail with this SQLSTATE.',
        example: fences(['sql run user=root fails=22012', '> SELECT 1 / 0;']),
      },
      {
        name: 'waits',
        about:
          'The step, which has a `session`, is done once its statement is answered or waits for another session. ' +
          'A late answer is printed by that session’s next step, before its own; if it is an error, that step must ' +
          'say `fails`, and its own statements are sent all the same.',
        example: fences(
          [
            'sql run user=root',
            '> CREATE TABLE seats (id INT PRIMARY KEY, free BOOL);\n> INSERT INTO seats VALUES (1, true);',
          ],
          ['sql run user=root session=A', '> BEGIN;\n> UPDATE seats SET free = false WHERE id = 1;'],
          ['sql run user=root session=B waits', '> UPDATE seats SET free = true WHERE id = 1;'],
          ['sql run user=root session=A', '> COMMIT;'],
          ['sql run user=root session=B', '> SELECT free FROM seats;'],
          ['text output', 'UPDATE 1\n  free\n--------\n  t\n(1 row)'],
        ),
      },
      {
        name: 'limit',
        value: 'TIME',
        about:
          'How long the step may take, in seconds (`90s`) or minutes (`2m`), up to the most that the server allows.',
        example: fences(['sql run user=root limit=2m', '> SELECT pg_sleep(1);']),
      },
      {
        name: 'view',
        value: 'balances',
        about:
          'Draws rows with the columns `owner` and `balance` as accounts. The first ones come from the expected ' +
          'output of a step above.',
        example: fences(
          ['sql run user=root', "> SELECT 'Ada' AS owner, 1000 AS balance;"],
          ['text output', '  owner | balance\n--------+----------\n  Ada   |    1000\n(1 row)'],
          ['sql run user=root view=balances', "> SELECT 'Ada' AS owner, 900 AS balance;"],
        ),
      },
    ],
  },
  {
    is: 'output',
    languages: ['text'],
    word: 'output',
    about:
      'What the step above prints. A line of `…` stands for any lines. Below two steps, one for each mode, and ' +
      'outside of `<Mode>`, it belongs to both.',
    example: fences(['shell run', '$ seq 9'], ['text output', '1\n2\n…\n9']),
    parts: [
      {
        name: 'unordered',
        about: 'The lines may come in any order.',
        example: fences(['shell run', "$ printf 'b\\na\\n'"], ['text output unordered', 'a\nb']),
      },
    ],
  },
  {
    is: 'input',
    languages: ['text'],
    word: 'input',
    about: 'What the program of the shell step above reads from its standard input.',
    example: fences(
      ['shell run', '$ read -r name && echo "Hello, $name"'],
      ['text input', 'Ada'],
      ['text output', 'Hello, Ada'],
    ),
    parts: [],
  },
  {
    is: 'file',
    languages: shown,
    option: 'file',
    about: 'A step that writes the fence’s text to a file, which later steps use.',
    example: fences(['ini file=app/settings.ini', '[bank]\nowner = Ada'], ['shell run', '$ cat app/settings.ini']),
    parts: [
      {
        name: 'file',
        value: 'PATH',
        about: 'The file, as a path in the reader’s home directory.',
        example: fences(['python file=hello.py', 'print("hello")'], ['shell run', '$ python hello.py']),
      },
    ],
  },
  {
    is: 'code',
    languages: shown,
    about: 'Code that is only shown, with a button that copies it.',
    example: fences(['yaml', 'owner: Ada']),
    parts: [
      {
        name: 'title',
        value: 'TEXT',
        about: 'The block’s title, in place of its language.',
        example: fences(['toml title="Settings of the bank"', 'owner = "Ada"']),
      },
    ],
  },
];

/** Returns the forms that a fence of a language can have. */
export function formsOf(language: string): FenceForm[] {
  return FENCE_FORMS.filter(({ languages }) => languages.includes(language));
}
