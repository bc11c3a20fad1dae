import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from '../../../commands/verify/arguments.ts';
import type { Tutorial } from '../../../commands/verify/tutorial.ts';

const all: Tutorial[] = ['pony', 'build-a-site-django', 'index'].map((slug) => ({ slug, steps: [] }));
const slugs = (...args: string[]): string[] => readArguments(args, all).tutorials.map(({ slug }) => slug);

describe('what is to be verified', () => {
  it('is everything in both modes, and nothing is stored, unless told otherwise', () => {
    expect(readArguments([], all)).toEqual({ tutorials: all, modes: ['secure', 'insecure'], update: false });
    expect(readArguments(['--mode', 'insecure', '--update'], all)).toMatchObject({ modes: ['insecure'], update: true });
  });

  it('is named in full, or by the end of its name', () => {
    expect(slugs('django', 'index')).toEqual(['build-a-site-django', 'index']);
    expect(slugs('pony')).toEqual(['pony']);
  });

  it.each([
    [['--mode', 'safe'], 'There is no mode safe: choose secure or insecure.'],
    [['site', 'ony'], 'There is no tutorial site, ony. The tutorials are: pony, build-a-site-django, index.'],
    [['pony', 'nothing'], 'There is no tutorial nothing. The tutorials are: pony, build-a-site-django, index.'],
    [['--mend'], '--mend'],
  ])('makes no sense as %s, and the sentence says why', (args, sentence) => {
    expect(() => readArguments(args, all)).toThrow(UsageError);
    expect(() => readArguments(args, all)).toThrow(sentence);
  });

  it('cannot be nothing, as when the site was built without tutorials', () => {
    expect(() => readArguments([], [])).toThrow('The built site has no tutorial');
  });
});
