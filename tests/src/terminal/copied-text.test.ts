import { expect, it } from 'vitest';
import { copiedText } from '../../../src/terminal/copied-text.ts';

it('leaves out the prompts of the shell, of the SQL shell and of Python, and keeps what programs printed', () => {
  const selected = [
    '$ echo $HOME > file   ',
    '~/app$ ls',
    'reader@sandbox:~$ pwd',
    'root@localhost:26257/bank> SELECT *',
    '                        -> FROM accounts;',
    'root@:26257/defaultdb> SHOW TABLES;',
    'root@localhost:26257/bank  OPEN> COMMIT;',
    '>>> for account in accounts:',
    '...     print(account)',
    '  id | balance',
    '-----+----------',
    '(1 row)',
  ].join('\n');
  expect(copiedText(selected, true)).toBe(
    [
      'echo $HOME > file',
      'ls',
      'pwd',
      'SELECT *',
      'FROM accounts;',
      'SHOW TABLES;',
      'COMMIT;',
      'for account in accounts:',
      '    print(account)',
      '  id | balance',
      '-----+----------',
      '(1 row)',
    ].join('\n'),
  );
});

it('keeps a selection that begins within a line unchanged', () => {
  expect(copiedText('$ 5 in cash\n$ ls', false)).toBe('$ 5 in cash\nls');
});
