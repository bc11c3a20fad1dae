import { describe, expect, it } from 'vitest';
import { commandArgv } from '../../../server/sandbox/shell-command.ts';

describe('commandArgv', () => {
  it.each(['python pony-basic-sample.py', 'python3 app.py --host localhost'])(
    '%s is run by the preloaded interpreter',
    (command) => {
      expect(commandArgv(command)).toEqual(command.split(' '));
    },
  );

  it.each([
    'python -m pip install pony',
    'python app.py > out.txt',
    'python "my file.py"',
    'python app.py $HOME',
    'python a.py\npython b.py',
    'cockroach sql --insecure',
    'python',
  ])('%s goes to bash as it is', (command) => {
    expect(commandArgv(command)).toEqual(['/bin/bash', '-c', command]);
  });
});
