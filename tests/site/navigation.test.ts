import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, CARDS, NAVIGATION, START, TUTORIALS } from '../../src/navigation.ts';

const content = resolve(import.meta.dirname, '../../content');
const pages = ['tutorials', 'pages'].flatMap((folder) =>
  readdirSync(`${content}/${folder}`)
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => file.replace(/\.mdx$/, '')),
);
const listed = NAVIGATION.flatMap(({ items }) => items.map(({ page }) => page));

test('the sidebar lists every page once, and nothing else', () => {
  expect([...listed].sort()).toEqual([...pages].sort());
});

test('the tabs of a language are the tutorials of its group in the sidebar', () => {
  expect(TUTORIALS.map(({ language }) => language)).toEqual(expect.arrayContaining(['Python', 'Node.js']));
  for (const { drivers } of TUTORIALS) expect(NAVIGATION.map(({ items }) => items)).toContain(drivers);
});

test('a card is for each page that says what it teaches, and newcomers start with the first', () => {
  const lessons = NAVIGATION.flatMap(({ items }) => items).filter(({ about }) => about !== undefined);
  expect(new Set(CARDS)).toEqual(new Set(lessons));
  expect(CARDS[0]?.page).toBe(START);
});

test('addresses are those that readers know', () => {
  expect(addressOf('index')).toBe('/');
  expect(addressOf('build-a-python-app-with-cockroachdb-pony')).toBe('/build-a-python-app-with-cockroachdb-pony.html');
});
