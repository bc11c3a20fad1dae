import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { oldestServed } from '../../server/setup/cockroach-release.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const readme = read('README.md');

test("the README's table has every variable that the server and set-up read, and no other", () => {
  const config = read('server/config.ts');
  const ofServer = [...config.matchAll(/(?:env\['|(?:whole|text)\(\s*')([A-Z_]+)'/g)].map(([, name]) => name);
  const setup = ['choose-engine', 'choose-runtime'].flatMap((name) =>
    [...read(`server/setup/${name}.mjs`).matchAll(/= process\.env\.([A-Z]+)/g)].map(([, found]) => found),
  );
  const table = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(table.toSorted()).toEqual([...new Set([...ofServer, ...setup])].toSorted());
});

test("the README's defaults are those of the server", () => {
  const defaults = [...read('server/config.ts').matchAll(/whole\(\s*'([A-Z_]+)',\s*(\d+)/g)];
  expect(defaults.length).toBeGreaterThan(3);
  for (const [, name, value] of defaults) expect(readme).toContain(`| \`${name}\` | ${value} |`);
});

test('the README names the oldest CockroachDB that set-up takes', () => {
  expect(/^\| `ENGINE` \|.*$/m.exec(readme)?.[0]).toContain(`must be ${oldestServed} or newer`);
});

test('every file and command that the documents name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const papers = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md']
    .map((name) => read(name).replaceAll(/^(`{3,4})[\s\S]*?^\1$/gm, ''))
    .join('\n');
  const paths = [
    ...papers.matchAll(
      /`((?:commands|content|deploy|languages|server|shared|src|standin|tests)\/[\w./-]+|dependency-cruiser\.config\.js|vitest\.config\.ts)`|\]\(([\w./-]+)\)/g,
    ),
  ].map(([, quoted, link]) => quoted ?? link ?? '');
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  const commands = [...(papers + readme).matchAll(/npm run (\w+)/g)].map(([, name]) => name ?? '');
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test('each line of SECURITY on who is charged names the test, and each hostile program is named there', () => {
  const [, section = ''] = read('SECURITY.md').split('### What is charged to whom');
  const lines = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
  const tried = lines.map((line) =>
    [...(line.split('|').at(-2) ?? '').matchAll(/`([\w./-]+)`/g)].map(([, name]) => name ?? ''),
  );
  expect(lines.filter((_, index) => tried[index]?.length === 0)).toEqual([]);
  const programs = readdirSync(resolve(ROOT, 'tests/hostile')).filter((name) => /\.(py|sh)$/.test(name));
  expect(
    tried
      .flat()
      .filter((name) => !name.includes('/'))
      .toSorted(),
  ).toEqual(expect.arrayContaining(programs));
  expect(tried.flat().filter((name) => !programs.includes(name) && !existsSync(resolve(ROOT, name)))).toEqual([]);
});
