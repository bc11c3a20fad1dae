import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldsOf, type Fold } from '../../../src/compiler/sample-folds.ts';
import type { Mistake } from '../../../src/compiler/mistake.ts';
import { DIST } from '../../../commands/client/dist.ts';

const SAMPLE = `"""What it does."""

import one

import two

SETTING = {
    "a": 1,
}


class Model:
    x = 1

    y = 2


def main():
    return 1`;

const read = (shows: string, mistakes: Mistake[] = []): Fold[] =>
  foldsOf(SAMPLE, shows, { file: 'page.mdx', line: 3 }, (mistake) => mistakes.push(mistake));

test('folds all paragraphs but the first and the named ones, with the empty lines before them', () => {
  expect(read('class; def')).toEqual([{ from: 1, to: 11 }]);
  expect(read('SETTING; class Model; def main')).toEqual([]);
  expect(read('def')).toEqual([{ from: 1, to: 17 }]);
});

test('folds nothing that is too short', () => {
  expect(read('import two; SETTING; class; def')).toEqual([]);
});

test('reports a name with which no line begins', () => {
  const mistakes: Mistake[] = [];
  read('class Modle', mistakes);
  expect(mistakes).toMatchObject([
    { file: 'page.mdx', line: 3, found: 'a line that begins `class Modle` in `shows`', meant: 'class Model' },
  ]);
});

test('a folded sample is completely in the page, and opens without scripts', () => {
  const html = readFileSync(join(DIST, 'build-a-python-app-with-cockroachdb-pony.html'), 'utf8');
  const folds = html.match(/<details class="fold"><summary[^>]*>\d+ more lines<\/summary><pre/g) ?? [];
  expect(folds).toHaveLength(2);
  expect(html).toMatch(/<details class="fold">[^]*?CONNECTION[^]*?<\/details>/);
});
