import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addressOf, NAVIGATION, TUTORIALS } from '../../src/navigation.ts';

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

test('the tabs lead to all five tutorials of Python', () => {
  const python = TUTORIALS.find(({ language }) => language === 'Python');
  expect(python?.drivers.map(({ label }) => label)).toEqual(['psycopg2', 'SQLAlchemy', 'Django', 'PonyORM', 'peewee']);
});

test('addresses are those that readers know', () => {
  expect(addressOf('index')).toBe('/');
  expect(addressOf('build-a-python-app-with-cockroachdb-pony')).toBe('/build-a-python-app-with-cockroachdb-pony.html');
});
