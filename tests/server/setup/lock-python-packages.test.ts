import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isServed, pythonSeries } from '../../../server/setup/python-versions.mjs';
import { lockOf, wantedOn } from '../../../server/setup/lock-python-packages.mjs';

const read = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../../content', name), 'utf8');
const lock = read('requirements.txt')
  .replaceAll(/ \\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => /^[a-z]/.test(line));

const wheel = (
  version: string,
  series: string,
  hash: string,
): { name: string; version: string; series: string; hash: string } => ({ name: 'snake', version, series, hash });
const withoutHead = (text: string): string => text.replaceAll(/^#.*\n/gm, '');

test('Python is supported from 3.10 to 3.14, whatever its patch number', () => {
  expect(['3.9.2', '3.10.0', '3.14.10', '3.15.2', '3.1.4', '3.100.0', '2.7.18'].filter(isServed)).toEqual([
    '3.10.0',
    '3.14.10',
  ]);
});

test('a line of the source counts for the Pythons that it names, and an unknown one is refused', () => {
  const list = '# A note\nred==1; python_version < "3.12"\nred==2; python_version >= "3.12"\nblue==3\n';
  expect(['3.10', '3.11', '3.12', '3.14'].map((series) => wantedOn(list, series))).toEqual([
    ['red==1', 'blue==3'],
    ['red==1', 'blue==3'],
    ['red==2', 'blue==3'],
    ['red==2', 'blue==3'],
  ]);
  expect(() => wantedOn('red==1; sys_platform == "linux"', '3.12')).toThrow('not understood: red==1; sys_platform');
});

test('a version for every Python is listed without a condition, with each hash once', () => {
  const wheels = pythonSeries.flatMap((series) => [wheel('1.0', series, 'b'), wheel('1.0', series, 'a')]);
  expect(withoutHead(lockOf(wheels))).toBe('snake==1.0 \\\n    --hash=sha256:a \\\n    --hash=sha256:b\n');
});

test('a version for some Pythons names them', () => {
  const wheels = ['3.10', '3.11', '3.12', '3.13', '3.14'].map((series, at) =>
    wheel(['1', '2', '2', '3', '3'][at] ?? '', series, 'a'),
  );
  const conditions = withoutHead(lockOf(wheels))
    .split('\n')
    .filter((line) => line.startsWith('snake'));
  expect(conditions).toEqual([
    'snake==1; python_version < "3.11" \\',
    'snake==2; python_version >= "3.11" and python_version < "3.13" \\',
    'snake==3; python_version >= "3.13" \\',
  ]);
  expect(() => lockOf([wheel('1', '3.10', 'a'), wheel('1', '3.12', 'a'), wheel('2', '3.11', 'a')])).toThrow(
    'which is no range',
  );
});

test.each(pythonSeries)('the list has what the source requires on Python %s', (series) => {
  const counts = wantedOn(
    lock.map((line) => line.replace(/ --hash.*/, '').replace(/^(.*) and (python_version < .*)$/, '$1')).join('\n'),
    series,
  );
  // The list has the packages of extras by their own names.
  const wanted = wantedOn(read('requirements.in'), series).map((each) => each.toLowerCase().replace(/\[.*\]/, ''));
  expect(counts).toEqual(expect.arrayContaining(wanted));
});
