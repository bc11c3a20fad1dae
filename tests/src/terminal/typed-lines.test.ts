import { describe, expect, it } from 'vitest';
import { readTypedLine, TypedLines, type TypedLine } from '../../../src/terminal/typed-lines.ts';

describe('a line of a terminal’s screen', () => {
  it.each([
    ['$ ls -l  ', { prompt: 'shell', line: 'ls -l' }],
    ['> done', { prompt: 'shell', line: 'done' }],
    ['root@localhost:26257/defaultdb> SELECT 1;', { prompt: 'sql', line: 'SELECT 1;' }],
    ['root@localhost:26257/bank  OPEN> COMMIT;', { prompt: 'sql', line: 'COMMIT;' }],
    ['root@:26257/bank> \\dt', { prompt: 'sql', line: '\\dt' }],
    ['                             -> 2;', { prompt: 'sql', line: '2;' }],
    ['$ ', undefined],
    ['>>> import os', undefined],
    ['Password:', undefined],
    ['it costs 5$ or so', undefined],
    ['', undefined],
  ])('%j is what was typed at a prompt, or nothing', (shown, typed) => {
    expect(readTypedLine(shown)).toEqual(typed);
  });

  it('is cut when it is longer than anybody types', () => {
    expect(readTypedLine(`$ ${'x'.repeat(100_000)}`)?.line.length).toBeLessThan(4000);
  });
});

describe('what is recorded of a terminal', () => {
  /** Returns what is recorded of a terminal; the last line of each screen is the one that the cursor leaves. */
  const noted = (play: (typed: TypedLines, feed: (...screen: string[]) => void) => void): string[] => {
    const lines: TypedLine[] = [];
    const typed = new TypedLines((line) => lines.push(line));
    play(typed, (...screen) => typed.lineFeed((above) => screen.at(-1 - above)));
    return lines.map(({ prompt, line }) => `${prompt}: ${line}`);
  };

  const keys = (typed: TypedLines, text: string): void => [...text].forEach((key) => typed.input(key));

  it('is what the screen shows when Enter has been echoed by the sandbox, however late', () => {
    expect(
      noted((typed, feed) => {
        keys(typed, 'lx\x7fs\r');
        keys(typed, 'pwd\r');
        feed('$ ls');
        feed('a.py');
        feed('$ pwd');
        feed('$ pwd');
      }),
    ).toEqual(['shell: ls', 'shell: pwd']);
  });

  it('is also recorded when the prompt follows output without a newline', () => {
    expect(
      noted((typed, feed) => {
        keys(typed, 'echo $HOME\r');
        feed('no new line$ echo $HOME');
      }),
    ).toEqual(['shell: echo $HOME']);
  });

  it('is what history or completion made of the keys, right after Enter and not later', () => {
    expect(
      noted((typed, feed) => {
        typed.input('\x1b[A');
        typed.input('\r');
        feed('$ python a.py');
        keys(typed, 'cat a\t\r');
        feed('something else');
        feed('$ printed by a program');
      }),
    ).toEqual(['shell: python a.py']);
  });

  it('excludes output, what is typed unseen, and other programs’ prompts', () => {
    expect(
      noted((typed, feed) => {
        feed('$ printed');
        keys(typed, 'secret\r');
        feed('Password:');
        feed('$ printed right after');
        keys(typed, '1 + 1\r');
        feed('>>> 1 + 1');
      }),
    ).toEqual([]);
  });

  it('includes all lines of a paste, whether bracketed or entered one by one', () => {
    expect(
      noted((typed, feed) => {
        typed.input('\x1b[200~cd a\r  ls\rpwd\x1b[201~');
        feed('$ cd a');
        typed.input('\r');
        feed('$ earlier', '$ cd a', '  ls', 'pwd');
        typed.input('SELECT 1;\rSELECT 2;\r');
        feed('root@localhost:26257/bank> SELECT 1;');
        feed('root@localhost:26257/bank> SELECT 2;');
      }),
    ).toEqual(['shell: cd a', 'shell:   ls', 'shell: pwd', 'sql: SELECT 1;', 'sql: SELECT 2;']);
  });

  it('waits for no more lines than somebody types ahead', () => {
    expect(
      noted((typed, feed) => {
        for (let number = 0; number < 100; number += 1) keys(typed, `echo ${number}\r`);
        feed('$ echo 0');
        feed('$ echo 99');
      }),
    ).toEqual(['shell: echo 99']);
  });
});
