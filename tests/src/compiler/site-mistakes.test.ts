import { describe, expect, test } from 'vitest';
import { describeMistake } from '../../../src/compiler/mistake.ts';
import { readPages } from '../../../src/compiler/read-pages.ts';
import { inContent, pageOf } from './content-folder.ts';

/** Returns what authors are told about a content folder with these files. */
const told = (files: Record<string, string>): string[] =>
  inContent(files, (content) => readPages(content).mistakes.map(describeMistake));

const STEP = '## Go\n\n```shell run\n$ ls\n```\n';
const EFFECTS = 'export default () => [];\n';

describe('authors are told', () => {
  test('of a name that another page has, and where', () => {
    expect(
      told({
        'pages/a.mdx': pageOf('x', 'name: pony'),
        'tutorials/b.mdx': pageOf('x', 'toc: false', 'name: pony'),
        'tutorials/pony.mdx': pageOf('x'),
        'tutorials/b.effects.ts': EFFECTS,
      }),
    ).toEqual([
      'content/tutorials/b.mdx:5: found the name `pony`, which content/pages/a.mdx:4 has, too; expected a name of ' +
        'its own (`name: …`), because it selects steps, recordings and effects.',
      'content/tutorials/pony.mdx:1: found the name `pony`, which content/pages/a.mdx:4 has, too; expected a name of ' +
        'its own (`name: …`), because it selects steps, recordings and effects.',
    ]);
  });

  test('of two pages with the same address', () => {
    expect(
      told({ 'pages/a.mdx': pageOf('x'), 'tutorials/a.mdx': pageOf('x'), 'navigation.json': listing('a') }),
    ).toEqual([
      'content/tutorials/a.mdx:1: found a second page with the address `/a.html`, after content/pages/a.mdx; ' +
        'expected another file name.',
    ]);
  });

  test.each([
    ['My Page', 'a file name of small letters, digits and hyphens, because it is the page’s address'],
    ['404', 'another file name, because the site has such a page itself'],
  ])('of a page that cannot be called %s', (id, expected) => {
    const files = { 'pages/a.mdx': pageOf('x'), 'navigation.json': listing('a'), [`pages/${id}.mdx`]: pageOf('x') };
    expect(told(files)).toContain(
      `content/pages/${id}.mdx:1: found a page that is called \`${id}.mdx\`; expected ${expected}.`,
    );
  });

  test('of a page that the navigation lacks, and of one that only it has', () => {
    expect(
      told({
        'pages/a.mdx': pageOf('x'),
        'pages/retries.mdx': pageOf('x'),
        'pages/other.mdx': pageOf('x'),
        'navigation.json': listing('a', 'retires'),
      }),
    ).toEqual([
      'content/navigation.json:12: found the page `retires`, which does not exist; expected `retires.mdx` in ' +
        'content/tutorials/ or content/pages/. Did you mean `retries`?',
      'content/pages/other.mdx:1: found a page that content/navigation.json does not list; expected ' +
        '`{ "page": "other" }` in one of its groups.',
    ]);
  });

  test.each([
    [
      'effects that no page has',
      'tutorials/poni.effects.ts',
      'the effects of `poni`, which is no page’s name; expected the `name` of a page, or its file name if it has no ' +
        '`name`. Did you mean `pony`?',
    ],
    [
      'effects whose ending is misspelt',
      'tutorials/pony.effect.ts',
      'a file that is neither a page nor effects, and that no effects use; expected `NAME.mdx` or ' +
        '`NAME.effects.ts`. Did you mean `pony.effects.ts`?',
    ],
    [
      'effects of a page without steps',
      'tutorials/still.effects.ts',
      'the effects of a page without steps; expected a page with a `run` fence.',
    ],
    [
      'a page with another ending',
      'pages/other.md',
      'a file that is neither a page nor effects, and that no effects use; expected `NAME.mdx` or `NAME.effects.ts`. ' +
        'Did you mean `other.mdx`?',
    ],
    [
      'pages in a folder of their own',
      'pages/more/x.mdx',
      'a folder, in which no page is looked for; expected pages in the folder above it.',
    ],
  ])('of %s', (_what, path, sentence) => {
    const pages = { 'tutorials/app.mdx': pageOf(STEP, 'name: pony'), 'tutorials/still.mdx': pageOf('x') };
    const file = path.replace(/\/x\.mdx$/, '');
    expect(told({ ...pages, [path]: EFFECTS })).toEqual([`content/${file}:1: found ${sentence}`]);
  });

  test('of effects that export nothing, but not of a module that effects use', () => {
    expect(
      told({
        'tutorials/app.mdx': pageOf(STEP),
        'tutorials/app.effects.ts': "import { probe } from './probe.ts';\nexport const effects = probe;\n",
        'tutorials/probe.ts': 'export const probe = 1;\n',
      }),
    ).toEqual([
      'content/tutorials/app.effects.ts:1: found effects without a default export; expected `export default`, and a ' +
        'function.',
    ]);
  });

  test('of a module in `imports` that no program and no package has', () => {
    const program = 'import os.path, json as j\nfrom pony.orm import Database, select\n';
    const page = (imports: string) =>
      told({
        'tutorials/app.mdx': pageOf('<Sample driver="pony" file="app.py" />', `imports: [${imports}]`),
        'samples/pony/shared/app.py': program,
        'requirements.txt': 'pony==0.7 \\\n    --hash=sha256:0\npsycopg2-binary==2.9\ndjango-cockroachdb==5.2\n',
      });
    expect(page('pony, pony.orm, os, os.path, json, psycopg2, django_cockroachdb')).toEqual([]);
    expect(page('psycop2')).toEqual([
      'content/tutorials/app.mdx:4: found the module `psycop2` in `imports`; expected one that a program of the page ' +
        'imports, or a package in content/requirements.txt. Did you mean `psycopg2`?',
    ]);
  });

  test('of no more than the cause', () => {
    expect(
      told({
        'tutorials/app.mdx': pageOf('<Note>\n\nnever closed\n', 'imports: [nothing]'),
        'tutorials/app.effects.ts': EFFECTS,
        'pages/nameless.mdx': '---\ntitle: "T\n---\n',
        'tutorials/pony.effects.ts': EFFECTS,
        'pages/links.mdx': pageOf('[x](/app.html#gone)'),
      }).map((line) => line.replace(/:\d+: found.*/, '')),
    ).toEqual(['content/pages/nameless.mdx', 'content/tutorials/app.mdx']);
  });
});

function listing(...pages: string[]): string {
  const groups = [{ title: 'All', pages: pages.map((page) => ({ page, about: 'x' })) }];
  return JSON.stringify({ start: pages[0], groups }, null, 1);
}
