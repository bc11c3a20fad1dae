import { describe, expect, it } from 'vitest';
import { HelpWanted, parseFlags, UsageError } from '../../src/command-line/flags.ts';
import type { Flag } from '../../src/command-line/flags.ts';

const FLAGS: Flag[] = [
  { name: 'execute', short: 'e', kind: 'list', help: '' },
  { name: 'insecure', kind: 'truth', help: '' },
  { name: 'quiet', short: 'q', kind: 'truth', help: '' },
  { name: 'format', kind: 'text', help: '', check: (value) => (value === 'csv' ? undefined : 'no such format') },
];
const parse = (...argv: string[]) => parseFlags(argv, FLAGS);

describe('parseFlags', () => {
  it('reads a value after =, after a space, and directly after a letter', () => {
    expect(parse('--execute=a', '--execute', 'b', '-e', 'c', '-ed', '-e=f').list('execute')).toEqual([
      'a',
      'b',
      'c',
      'd',
      'f',
    ]);
  });

  it('keeps line breaks and empty values', () => {
    expect(parse('--execute=a\nb=c', '-e', '').list('execute')).toEqual(['a\nb=c', '']);
  });

  it('reads booleans alone, spelled out, and in one word with a letter that has a value', () => {
    expect(parse('--insecure').truth('insecure')).toBe(true);
    expect(parse('--insecure=false').truth('insecure')).toBe(false);
    expect(parse('-qe', 'x').list('execute')).toEqual(['x']);
  });

  it('returns arguments that are not flags, from any position and after --', () => {
    expect(parse('a', '--insecure', 'b', '--', '--insecure').rest).toEqual(['a', 'b', '--insecure']);
  });

  it.each([
    [['--nosuch'], 'unknown flag: --nosuch'],
    [['-z'], `unknown shorthand flag: 'z' in -z`],
    [['--format'], 'flag needs an argument: --format'],
    [['-e'], `flag needs an argument: 'e' in -e`],
    [['--format=x'], 'invalid argument "x" for "--format" flag: no such format'],
    [
      ['--quiet=maybe'],
      'invalid argument "maybe" for "-q, --quiet" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(new UsageError(message));
  });

  it('reports that help is wanted', () => {
    expect(() => parse('-h')).toThrow(HelpWanted);
    expect(() => parse('--help')).toThrow(HelpWanted);
  });
});
