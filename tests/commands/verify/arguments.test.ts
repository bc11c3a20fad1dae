import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../commands/client/command-line.ts';
import { readArguments } from '../../../commands/verify/arguments.ts';
import type { PageStep } from '../../../shared/step.ts';
import { sourceTutorial } from './source-tutorial.ts';

const step = (id: string, mode: PageStep['mode'] = null): PageStep => ({
  step: { id, kind: 'shell', command: 'ls' },
  mode,
  source: { file: 'content/tutorials/a.mdx', line: 1 },
});
const all = [
  sourceTutorial('pony', { steps: [step('install-1'), step('run-1', 'secure')] }),
  sourceTutorial('build-a-site-django', { steps: [step('install-1')] }),
  sourceTutorial('index', { file: 'content/pages/index.mdx', id: 'index', title: 'Start' }),
];
const slugs = (...args: string[]): string[] => readArguments(args, all).tutorials.map(({ slug }) => slug);

describe('what is to be verified', () => {
  it('is everything in both modes, and nothing is stored, unless told otherwise', () => {
    expect(readArguments([], all)).toEqual({
      tutorials: all,
      modes: ['secure', 'insecure'],
      update: false,
      watch: false,
    });
    expect(readArguments(['--mode', 'insecure', '--update'], all)).toMatchObject({ modes: ['insecure'], update: true });
  });

  it.each([
    ['django', 'index'],
    ['build-a-site-django', '/index.html'],
    ['Build with build-a-site-django', 'start'],
    ['content/tutorials/build-with-build-a-site-django.mdx', './content/pages/index.mdx'],
    ['tutorials/build-with-build-a-site-django.mdx', 'https://docs.example.org/index.html'],
    ['build-with-build-a-site-django', '/'],
  ])('is named in full, by the end of its name, or by title, path or address: %s and %s', (...words) => {
    expect(slugs(...words)).toEqual(['build-a-site-django', 'index']);
  });

  it('may be one step, of the pages and modes that have it', () => {
    expect(slugs('--only', 'install-1')).toEqual(['pony', 'build-a-site-django']);
    expect(readArguments(['pony', '--only', 'run-1'], all)).toMatchObject({ tutorials: [all[0]], only: 'run-1' });
  });

  it.each([
    [['--mode', 'safe'], 'There is no mode safe: choose secure or insecure.'],
    [['--mode', 'secrue'], 'Did you mean secure?'],
    [['pony', 'ponny'], 'the name, title, address or path "ponny". Did you mean "pony"?'],
    [['nothing'], 'address or path "nothing". The names are: pony, build-a-site-django, index.'],
    [['content/pages/indx.mdx'], 'Did you mean "content/pages/index.mdx"?'],
    [['--mend'], 'has no option --mend'],
    [
      ['pony', '--only', 'instal-1'],
      'No step has the id instal-1. Did you mean install-1? The ids are: install-1, run-1.',
    ],
    [['pony', '--only', 'run-1', '--mode', 'insecure'], 'No step has the id run-1.'],
    [['pony', '--only', 'run-1', '--update'], '--update stores the output of whole pages: leave out --only.'],
  ])('makes no sense as %j, and the sentence says why', (args, sentence) => {
    expect(() => readArguments(args, all)).toThrow(UsageError);
    expect(() => readArguments(args, all)).toThrow(sentence);
  });

  it('cannot be a page without steps', () => {
    const about = sourceTutorial('about', { file: 'content/pages/about.mdx', id: 'about' });
    expect(() => readArguments(['about'], all, [about])).toThrow(
      'content/pages/about.mdx has no step that could be run.',
    );
  });

  it('cannot be nothing, as when no page has steps', () => {
    expect(() => readArguments([], [])).toThrow('No page in content/ has a step.');
  });
});
