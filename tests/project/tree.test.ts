import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, parse } from '../support/imports.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['server', 'src', 'tests'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|__pycache__/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name)),
);

/** Returns the first circle found when following imports, as the list of its files. */
function findCircle(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

test('a circle of imports is found, and a diamond is not taken for one', () => {
  expect(
    findCircle(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['d']],
        ['c', ['d']],
        ['d', []],
      ]),
    ),
  ).toBeUndefined();
  expect(
    findCircle(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
  ).toEqual(['b', 'c', 'b']);
});

test('no modules import each other in a circle', () => {
  const modules = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
  const graph = new Map(modules.map((file) => [file, importsOf(parse(file)).map((name) => join(dirname(file), name))]));
  expect([...graph.values()].flat().length).toBeGreaterThan(50);
  expect(findCircle(graph)?.map((file) => relative(ROOT, file))).toBeUndefined();
});

test('files are named for what they hold: kebab-case, and never utils, helpers, manager or handler', () => {
  const names = files.filter((file) => /\.(ts|mjs)$/.test(file)).map((file) => relative(ROOT, file));
  expect(
    names.filter((name) => /(^|[/-])(utils?|helpers?|managers?|handlers?|common|base)([./-]|$)/i.test(name)),
  ).toEqual([]);
  const word = /(\[\.{3}\w+\]|\[\w+\]|[a-z0-9]+(-[a-z0-9]+)*)/;
  const kinds = /(\.(test|live|client|config|json|html|txt|xml|d))*/;
  const allowed = new RegExp(`^${word.source}${kinds.source}\\.(ts|mjs)$`);
  expect(names.filter((name) => !allowed.test(basename(name)))).toEqual([]);
});
