import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultOfArguments } from '../../../shared/command-line/check.mjs';
import { COMMANDS, type Command } from '../../../shared/command-line/commands.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const AMPLE_MS = 120_000;

describe('the arguments of an npm script', () => {
  it.each([
    ['verify', []],
    ['verify', ['pony', '--mode', 'secure', '--update']],
    ['verify', ['pony', '--mode=secure']],
    ['verify', ['--against', 'https://docs.example.org', 'pony', '--json']],
    ['cluster', ['sql', '-e', 'SHOW TABLES', '--format=csv']],
    ['dev', ['--verbose']],
    ['bench', ['crowd', '20']],
    ['prepare', []],
  ])('are what its table says: %s %j', (script, args) => {
    expect(faultOfArguments(script, args, {})).toBeUndefined();
  });

  it.each([
    ['verify', ['--updte'], '`npm run verify` has no option --updte. Did you mean --update? It has: --mode, --'],
    ['verify', ['--agianst', 'x'], 'has no option --agianst. Did you mean --against?'],
    ['verify', ['--against', 'https://a.example', '--update'], '`npm run verify` has no option --update.'],
    ['lint', ['--hlep'], '`npm run lint` has no option --hlep. Did you mean --help? It has: --help.'],
    ['verify', ['-m', 'secure'], '`npm run verify` has no option -m.'],
    ['verify', ['--mode'], '--mode needs a value: --mode secure|insecure'],
    ['verify', ['--mode', '--update'], '--mode needs a value: --mode secure|insecure'],
    ['verify', ['--update=no'], '--update takes no value, and --update=no gives it one.'],
    ['start', ['--port', '80'], '`npm start` has no option --port. It has: --help.'],
    ['start', ['dev'], '`npm start` takes no word such as "dev": see `npm start -- --help`.'],
    ['cluster', ['--potr', '1'], '`npm run cluster` has no option --potr. Did you mean --port?'],
  ])('are refused otherwise: %s %j', (script, args, sentence) => {
    expect(faultOfArguments(script, args, {})).toContain(sentence);
  });
});

describe('options that npm takes for its own', () => {
  it('are noticed, and the right command is shown as far as it is known', () => {
    expect(faultOfArguments('verify', ['pony'], { npm_config_update_notifier: 'true' })).toBe(
      'npm took --update for itself, because no "--" stands before it. Type: npm run verify -- pony --update',
    );
    expect(faultOfArguments('verify', ['pony', 'secure'], { npm_config_mode: 'true' })).toContain(
      'Type: npm run verify -- pony --mode secure',
    );
    expect(faultOfArguments('verify', ['secure', 'insecure'], { npm_config_mode: 'true' })).toMatch(
      / -- --mode secure\|insecure …$/,
    );
    expect(faultOfArguments('verify', ['30'], { npm_config_minutes: 'true', npm_config_json: 'true' })).toBe(
      'npm took --json and --minutes for itself, because no "--" stands before them. ' +
        'Type: npm run verify -- --json --minutes N …',
    );
    expect(faultOfArguments('verify', ['pony'], { npm_config_update_notifier: '' })).toBeUndefined();
  });

  /** Told by npm itself only: it changes `quiet` into a log level, and forgets what it does not allow for `only`. */
  const LOST = ['quiet', 'only'];
  const scripts = Object.entries<Command>(COMMANDS).filter(([, { options }]) => options);

  it.each(scripts)('are noticed on the npm of this machine: %s', { timeout: AMPLE_MS }, (form, { options = {} }) => {
    const folder = mkdtempSync(join(tmpdir(), 'npm-options-'));
    try {
      copyFileSync(join(ROOT, '.npmrc'), join(folder, '.npmrc'));
      writeFileSync(join(folder, 'print.cjs'), 'process.stdout.write(JSON.stringify(process.env))');
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { probe: 'exec node print.cjs' } }));
      const names = Object.keys(options).filter((name) => !LOST.includes(name));
      const flags = names.map((name) => `--${name}`);
      const output = execFileSync('npm', ['run', '--silent', 'probe', ...flags], { cwd: folder, encoding: 'utf8' });
      const [script = ''] = form.split(' ');
      const fault = faultOfArguments(script, [], JSON.parse(output) as Record<string, string>);
      for (const flag of flags) expect(fault).toContain(flag);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
