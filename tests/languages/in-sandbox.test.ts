import { expect, test } from 'vitest';
import { LANGUAGES } from '../../languages/all.ts';
import { missingLanguages, partsOfLanguages, type FoundLanguages } from '../../languages/in-sandbox.ts';

const INSTALLED = { executable: '/program', version: '1', packages: ['/packages'] };
const all: FoundLanguages = Object.fromEntries(LANGUAGES.map(({ name }) => [name, INSTALLED]));
const WHY = 'The registry could not be reached.';

test.each(LANGUAGES.map((language) => [language.name, language] as const))(
  'the commands of %s are those that it has in a sandbox',
  (_, { commands, runs, inSandbox }) => {
    expect(Object.keys(inSandbox(INSTALLED).commands)).toEqual(commands);
    expect(commands).toEqual(expect.arrayContaining([...runs]));
  },
);

test('with all languages, no command is absent', () => {
  const { absent, commands } = partsOfLanguages(all)!;
  expect(absent).toEqual({});
  expect(Object.keys(commands)).toEqual(LANGUAGES.flatMap((language) => language.commands));
});

test('a missing language’s commands are absent, with its name for readers', () => {
  const found = { ...all, node: { missing: WHY } };
  const { absent, commands } = partsOfLanguages(found)!;
  expect(absent).toEqual({ node: 'Node.js', npm: 'Node.js', npx: 'Node.js' });
  expect(Object.keys(commands)).toEqual(['python', 'python3']);
  expect(missingLanguages(found)).toEqual([WHY]);
});

test('without any language there are no sandboxes', () => {
  expect(partsOfLanguages({ node: { missing: WHY } })).toBeUndefined();
});
