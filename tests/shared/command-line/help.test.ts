import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultOfArguments } from '../../../shared/command-line/check.mjs';
import { COMMANDS, type Command } from '../../../shared/command-line/commands.mjs';
import { formOf, helpOf, isHelpWanted } from '../../../shared/command-line/help.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe('the help of an npm script', () => {
  it('says what it does, takes and passes on, with examples', () => {
    expect(helpOf('cluster').split('\n')).toEqual([
      'npm run cluster -- [OPTION…]: runs a cluster of your own, with the readers’ limits, until Ctrl-C.',
      '  --mode secure|insecure  how it talks to clients (insecure)',
      '  --port N                its port on this machine (26257); 0 is any free one',
      'Examples:',
      '  npm run cluster -- --mode secure  with certificates',
      '',
      'npm run cluster -- sql [ARGUMENT…]: opens a SQL shell on the running cluster.',
      'Other options go to `cockroach sql`.',
      'Examples:',
      '  npm run cluster -- sql -e "SHOW TABLES"  runs one statement',
      '',
      'Settings of the server are environment variables: see README.md.',
    ]);
  });

  it('exists for each script, and for nothing else', () => {
    const described = Object.keys(COMMANDS).map((form) => form.split(' ')[0]);
    expect([...new Set(described)].toSorted()).toEqual(Object.keys(scripts).toSorted());
  });

  it.each(Object.entries<Command>(COMMANDS))('has an example that is accepted: %s', (form, { examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const [line] of examples) {
      const [, script = '', rest = ''] = /\bnpm (?:run )?(\S+)(?: -- (.*))?$/.exec(line) ?? [];
      const args = rest.split(' ').filter((word) => word !== '');
      expect([line, faultOfArguments(script, args, {})]).toEqual([line, undefined]);
      expect(form.startsWith(script)).toBe(true);
    }
  });

  it('is given where it is asked for, unless it is asked of another program', () => {
    expect(isHelpWanted('verify', ['pony', '--help'])).toBe(true);
    expect(isHelpWanted('dev', ['-h'])).toBe(true);
    expect(isHelpWanted('verify', ['help'])).toBe(false);
    expect(isHelpWanted('cluster', ['sql', '--help'])).toBe(false);
  });

  it('tells the forms of a script apart', () => {
    expect(formOf('verify', ['pony'])).toBe('verify');
    expect(formOf('verify', ['pony', '--against=https://a.example'])).toBe('verify --against');
    expect(formOf('cluster', ['sql'])).toBe('cluster sql');
    expect(formOf('cluster', ['--mode', 'sql'])).toBe('cluster');
  });
});
