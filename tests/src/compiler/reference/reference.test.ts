import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, type Command } from '../../../../shared/command-line/commands.mjs';
import { EFFECTS_FUNCTIONS } from '../../../../shared/effects-functions.ts';
import { CAPTURE_NOTES, CAPTURES } from '../../../../shared/expectation/captures.ts';
import { COMPONENTS } from '../../../../src/compiler/components.ts';
import { FENCE_LANGUAGES } from '../../../../src/compiler/fence-languages.ts';
import { FENCE_FORMS } from '../../../../src/compiler/fence-table.ts';
import { readFrontmatter } from '../../../../src/compiler/frontmatter.ts';
import { readNavigation } from '../../../../src/compiler/navigation-file.ts';
import { readPage } from '../../../../src/compiler/read-pages.ts';
import { FRONTMATTER_EXAMPLES, NAVIGATION_EXAMPLES } from '../../../../src/compiler/reference/keys.ts';
import { LIMITS } from '../../../../src/compiler/reference/limits.ts';
import { REFERENCES } from '../../../../src/compiler/reference/reference.ts';
import { textContent } from '../../../../src/compiler/tree.ts';
import { pageSchema } from '../../../../src/page-schema.ts';
import { fault } from '../fault.ts';

const CONTENT = join(import.meta.dirname, '../../../../content');
const FILE = 'pages/writing-for-bankrun.mdx';
const source = readFileSync(join(CONTENT, FILE), 'utf8');

describe('the page for authors', () => {
  it('has every list', () => {
    const lists = [...source.matchAll(/<Reference of="(\w+)" \/>/g)].map(([, of]) => of);
    expect(lists.toSorted()).toEqual(Object.keys(REFERENCES).toSorted());
  });

  it('shows each example as it is written', () => {
    const { children, mistakes } = readPage(CONTENT, FILE);
    expect(mistakes).toEqual([]);
    const text = children.map(textContent).join('\n');
    const examples = [
      ...FENCE_FORMS.flatMap(({ example, parts }) => [example, ...parts.map((part) => part.example)]),
      ...COMPONENTS.map(({ example }) => example),
      ...Object.values(EFFECTS_FUNCTIONS).map(({ example }) => example),
      ...Object.values(CAPTURE_NOTES).flatMap(({ example }) => example),
      ...Object.values(COMMANDS).flatMap(({ examples }) => examples.map(([line]) => line)),
      ...Object.values({ ...FRONTMATTER_EXAMPLES, ...NAVIGATION_EXAMPLES }),
    ];
    expect(examples.filter((example) => !text.includes(example.trimEnd()))).toEqual([]);
  });

  it('names each language, limit, word and option', () => {
    const { children } = readPage(CONTENT, FILE);
    const text = children.map(textContent).join('\n');
    const words = [
      ...FENCE_LANGUAGES.flatMap(({ name, also = [] }) => [name, ...also]),
      ...FENCE_FORMS.flatMap(({ parts }) => parts.map(({ name, value }) => (value ? `${name}=${value}` : name))),
      ...LIMITS.map(({ of }) => of),
      ...Object.values<Command>(COMMANDS).flatMap(({ options }) =>
        Object.keys(options ?? {}).map((name) => `--${name}`),
      ),
    ];
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it('says which lists there are when an author names another', () => {
    expect(fault('<Reference of="fence" />')).toMatch(
      /found the list `fence`; expected `captures`.* Did you mean `fences`/,
    );
  });
});

describe('the tables for authors', () => {
  it('have an example of each capture, and of each key that a page or the navigation can have', () => {
    expect(Object.keys(CAPTURE_NOTES)).toEqual(Object.keys(CAPTURES));
    expect(Object.keys(FRONTMATTER_EXAMPLES)).toEqual(Object.keys(pageSchema.shape));
    for (const of of ['frontmatter', 'navigation']) expect(REFERENCES[of]!()).not.toContain('undefined');
  });

  it('have examples of the frontmatter that are valid together', () => {
    const lines = Object.values(FRONTMATTER_EXAMPLES).join('\n');
    const mistakes: unknown[] = [];
    readFrontmatter(`---\n${lines}\n---\n`, 'page.mdx', (mistake) => mistakes.push(mistake));
    expect(mistakes).toEqual([]);
  });

  it('have examples of the navigation that are valid together', () => {
    const { start, title, language, page, label, about } = NAVIGATION_EXAMPLES;
    const text = `{ ${start}, "groups": [{ ${title}, ${language}, "pages": [{ ${page}, ${label}, ${about} }] }] }`;
    expect(readNavigation(text).groups).toHaveLength(1);
  });
});
