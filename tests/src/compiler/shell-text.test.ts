import { describe, expect, test } from 'vitest';
import { readShellText } from '../../../src/compiler/shell-text.ts';

const commands = (text: string): string[][] => readShellText(text).commands;

describe('a shell text', () => {
  test('is read as simple commands, without quotes', () => {
    expect(commands('ls -l "my dir" && cd \'a b\'; ./app.py | tee out.txt &')).toEqual([
      ['ls', '-l', 'my dir'],
      ['cd', 'a b'],
      ['./app.py'],
      ['tee', 'out.txt'],
    ]);
    expect(commands('x=$(date) python \\\n  a\\ b.py # not "this')).toEqual([['x=$'], ['date'], ['python', 'a b.py']]);
    expect(commands('for i in 1 2; do echo do; done')).toEqual([
      ['for', 'i', 'in', '1', '2'],
      ['echo', 'do'],
      ['done'],
    ]);
  });

  test('has redirections as words, and their here-documents left out', () => {
    expect(commands('cat <<EOF > a.py\npython b.py "\nEOF\nls 2>&1 >> b.txt')).toEqual([
      ['cat', '>', 'a.py'],
      ['ls', '>', '1', '>', 'b.txt'],
    ]);
    expect(commands('cat <<-X <<Y\n\tb\n\tX\nc\nY\nls <<< word; echo $((1 << 3))')).toEqual([
      ['cat'],
      ['ls', '<', 'word'],
      ['echo', '$((1 << 3))'],
    ]);
  });

  test.each([
    'ls \\',
    "echo 'a",
    'echo "a\\"',
    'echo a |',
    'true &&',
    'cat <<EOF\nEO',
    'for i in 1; do\n  ls',
    'if true; then ls',
    'f() {',
    'x=$(date',
    'case a in\n  a) ls ;;',
  ])('needs another line: %j', (text) => {
    expect(readShellText(text).isOpen).toBe(true);
  });

  test.each([
    'ls \\\n -l',
    "echo 'a\nb'",
    'echo "a\\""',
    'echo a | cat',
    'cat <<EOF\nEOF',
    'for i in 1; do\n  ls\ndone',
    'if true; then ls; fi',
    'f() { ls; }',
    'x=$(date)',
    'case a in\n  a) ls ;;\nesac',
    "echo it is done # isn't it",
    'echo do if {',
    'python a.py &',
    'cat <<<a',
  ])('is complete: %j', (text) => {
    expect(readShellText(text).isOpen).toBe(false);
  });
});
