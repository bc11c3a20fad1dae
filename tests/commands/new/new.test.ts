import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments } from '../../../commands/new/arguments.ts';
import { makePage } from '../../../commands/new/make-page.ts';
import { STARTERS } from '../../../commands/new/starters.ts';
import { helpOf } from '../../../shared/command-line/help.mjs';
import { MODES } from '../../../shared/modes.ts';
import { stepsIn } from '../../../shared/step.ts';
import { readNavigation } from '../../../src/compiler/navigation-file.ts';
import { readPages } from '../../../src/compiler/read-pages.ts';

const ROOT = join(import.meta.dirname, '../../..');
let content: string;

beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'content-'));
  cpSync(join(ROOT, 'content'), content, { recursive: true });
});
afterEach(() => rmSync(content, { recursive: true }));

const read = (path: string): string => readFileSync(join(content, path), 'utf8');
const all = (): string[] => readdirSync(content, { recursive: true, encoding: 'utf8' }).sort();
/** Runs the command with this command line. */
const make = (line: string): string[] => makePage(content, readArguments(line.split(' ').filter(Boolean)));
const ready = (starter: string): void => {
  if (starter === 'psycopg') writeFileSync(join(content, 'requirements.in'), 'psycopg[binary]==3.3.1\n');
};

describe('npm run new -- tutorial', () => {
  it.each(STARTERS.map(({ driver, language }) => [driver, language.name]))(
    'makes a tutorial with %s that has steps in both modes',
    (driver, language) => {
      ready(driver);
      make(`tutorial books --language ${language} --driver ${driver}`);
      const { pages, mistakes } = readPages(content);
      expect(mistakes).toEqual([]);
      const { steps } = pages.find(({ name }) => name === 'books')!;
      for (const mode of MODES) {
        const its = stepsIn(steps, mode);
        const sample = its.find(({ step }) => step.kind === 'file');
        expect(sample?.step).toMatchObject({ text: expect.stringContaining(driver) });
        expect(its.at(-1)?.expected?.text).toMatch(/^Added Middlemarch/);
      }
    },
  );

  it('has a program for each driver of the tutorials of this site, whatever pages call it', () => {
    const { groups } = readNavigation(read('navigation.json'));
    const labels = groups.flatMap(({ language, pages }) =>
      language === undefined ? [] : pages.map((each) => each.label),
    );
    expect(labels.length).toBeGreaterThan(5);
    for (const label of labels)
      expect([label, readArguments(['tutorial', 'books', '--driver', label!]).starter]).toEqual([
        label,
        expect.objectContaining({ program: expect.any(Function) }),
      ]);
  });

  it('has help that names all drivers', () => {
    for (const { driver } of STARTERS) expect(helpOf('new')).toMatch(new RegExp(`\\b${driver}\\b`));
  });

  it('says which version of CockroachDB a driver needs', () => {
    make('tutorial books --driver Django');
    expect(read('tutorials/books.mdx')).toContain('needs: v23.2\n');
    expect(read('tutorials/books.mdx')).toContain('## Step 1. Install Django\n');
  });

  it('makes files as the formatter would, and lists what it made', async () => {
    const before = all();
    const said = make('tutorial books');
    const made = all().filter((path) => !before.includes(path));
    const files = made.filter((path) => path.includes('.'));
    expect(files).toHaveLength(4);
    expect(
      said
        .filter((line) => line.startsWith('  content/'))
        .map((line) => line.slice(10))
        .sort(),
    ).toEqual(files);
    const options = await resolveConfig(join(ROOT, 'package.json'));
    for (const path of ['tutorials/books.effects.ts', 'navigation.json'])
      expect([path, await check(read(path), { ...options, filepath: path })]).toEqual([path, true]);
  });

  it('lists it last among the tutorials of its language, and changes nothing else there', () => {
    const before = read('navigation.json');
    make('tutorial books --language node');
    const { groups } = readNavigation(read('navigation.json'));
    expect(groups.find(({ language }) => language === 'Node.js')?.pages.at(-1)).toEqual({
      page: 'books',
      label: 'books',
      about: 'Keep a list of books',
    });
    const lines = new Set(
      read('navigation.json')
        .split('\n')
        .map((line) => line.replace(/,$/, '')),
    );
    expect(before.split('\n').filter((line) => !lines.has(line.replace(/,$/, '')))).toEqual([]);
  });

  it('adds a group for a language that has none yet', async () => {
    writeFileSync(
      join(content, 'navigation.json'),
      JSON.stringify({ start: 'one', groups: [{ title: 'All', pages: [{ page: 'one', about: 'Begin' }] }] }, null, 2),
    );
    make('tutorial books');
    expect(readNavigation(read('navigation.json')).groups.map(({ title }) => title)).toEqual([
      'All',
      'Build a Python app',
    ]);
    expect(await check(`${read('navigation.json')}\n`, { parser: 'json', printWidth: 120 })).toBe(true);
  });

  it('takes a title with quotation marks, and finds a group by its heading', () => {
    makePage(content, readArguments(['tutorial', 'books', '--title', 'Books: "a list"', '--group', 'Reference']));
    expect(read('tutorials/books.mdx')).toContain('title: "Books: \\"a list\\""');
    expect(readNavigation(read('navigation.json')).groups.at(-1)?.pages.at(-1)?.page).toBe('books');
  });
});

describe('npm run new -- page', () => {
  it('makes a page in the last group, which has its title as label', () => {
    make('page about-it');
    expect(existsSync(join(content, 'pages/about-it.mdx'))).toBe(true);
    const { groups } = readNavigation(read('navigation.json'));
    expect(groups.at(-1)?.pages.at(-1)).toEqual({ page: 'about-it' });
    expect(read('pages/about-it.mdx')).toContain('title: "About it"');
  });
});

describe('npm run new', () => {
  it.each([
    ['', 'Say what to make, and what to call it.'],
    ['tutorial', 'Say what to make, and what to call it.'],
    ['tutoral books', '"tutoral" cannot be made: choose tutorial or page. Did you mean "tutorial"?'],
    ['tutorial one two', 'Only one page is made at a time: "two" is left over.'],
    ['tutorial Books', '"Books" cannot be an address'],
    ['tutorial ../books', '"../books" cannot be an address'],
    ['tutorial books- ', '"books-" cannot be an address'],
    ['tutorial pony', 'content/tutorials/build-a-python-app-with-cockroachdb-pony.mdx has the name "pony" already'],
    ['page transactions', 'content/pages/transactions.mdx exists already'],
    ['page 404', 'The site itself has a page at /404.html'],
    ['page books --title=', '--title needs one line of text.'],
    ['tutorial books --langauge python', "Unknown option '--langauge'"],
    ['tutorial books --language pyton', 'There is no language pyton: choose python or node. Did you mean "python"?'],
    [
      'tutorial books --driver pg2',
      'No program to begin with uses pg2: choose psycopg2, psycopg, sqlalchemy, django, pony, peewee, pg',
    ],
    ['tutorial books --language node --driver psycopg2', 'No program to begin with uses psycopg2 in node: choose pg,'],
    ['tutorial books --driver psycopg', `type "npm run add-package -- 'psycopg[binary]'" first`],
    ['page books --driver pg', 'Only a tutorial has a language and a driver'],
    ['page books --group Referense', 'Reference. Did you mean "Reference"?'],
  ])('refuses "%s", and makes nothing: %s', (line, sentence) => {
    const before = all();
    expect(() => make(line)).toThrow(sentence);
    expect(all()).toEqual(before);
    expect(read('navigation.json')).toBe(readFileSync(join(ROOT, 'content/navigation.json'), 'utf8'));
  });

  it('never overwrites a file, and then leaves none of the others', () => {
    writeFileSync(join(content, 'tutorials/books.effects.ts'), '// mine');
    expect(() => make('tutorial books')).toThrow('content/tutorials/books.effects.ts exists already.');
    expect(read('tutorials/books.effects.ts')).toBe('// mine');
    expect(all().filter((path) => path.includes('books'))).toEqual(['tutorials/books.effects.ts']);
  });
});
