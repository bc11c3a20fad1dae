import { describe, expect, it } from 'vitest';
import { readSiteArguments } from '../../../commands/verify-site/arguments.ts';
import { UsageError } from '../../../commands/client/command-line.ts';
import { commandOf, commands } from '../../../server/setup/npm-scripts.mjs';

describe('what is to be replayed on a site', () => {
  it('is every page in both modes within half an hour, told in lines, unless told otherwise', () => {
    expect(readSiteArguments(['--against', 'https://docs.example.org/'])).toEqual({
      site: 'https://docs.example.org',
      names: [],
      modes: ['secure', 'insecure'],
      json: false,
      quiet: false,
      withinMs: 1_800_000,
    });
    const args = '--against=http://localhost:4321 pony --mode secure --json --quiet --minutes 1.5'.split(' ');
    expect(readSiteArguments(args)).toEqual({
      site: 'http://localhost:4321',
      names: ['pony'],
      modes: ['secure'],
      json: true,
      quiet: true,
      withinMs: 90_000,
    });
  });

  it.each([
    ['--against docs.example.org', '--against takes the address of a site'],
    ['--against https://docs.example.org/tutorials', '--against takes the address of a site'],
    ['--against https://docs.example.org --mode safe', 'There is no mode safe'],
    ['--against https://docs.example.org --minutes 0', '--minutes takes a number up to 1440, not 0.'],
    ['--against https://docs.example.org --minutes soon', '--minutes takes a number'],
    ['--against https://docs.example.org --update', '--update'],
  ])('makes no sense as %s, and the sentence says why', (line, sentence) => {
    expect(() => readSiteArguments(line.split(' '))).toThrow(UsageError);
    expect(() => readSiteArguments(line.split(' '))).toThrow(sentence);
  });
});

describe('npm run verify', () => {
  it.each([[['--against', 'https://docs.example.org']], [['pony', '--against=https://docs.example.org']]])(
    'with %s prepares only a browser, and starts no sandboxes',
    (args) => {
      expect(commandOf('verify', args)).toEqual({ purpose: 'browse', programs: [['commands/verify-site/main.ts']] });
    },
  );

  it('without it is what it was, and so are all other commands', () => {
    expect(commandOf('verify', ['pony', '--mode', 'secure'])).toBe(commands['verify']);
    expect(commandOf('bench', ['--against', 'x'])).toBe(commands['bench']);
    expect(commandOf('no-such-command', [])).toBeUndefined();
  });
});
