import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { oldestServed } from '../../server/setup/cockroach-release.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const readme = read('README.md');
const documentsIn = (folder: string): string[] =>
  readdirSync(resolve(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

test("the README's table has every variable that the server and set-up read, and no other", () => {
  const config = read('server/config.ts');
  const ofServer = [...config.matchAll(/(?:env\['|(?:address|oneOf|text|whole)\(\s*')([A-Z_]+)'/g)].map(
    ([, name]) => name,
  );
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
  const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...documentsIn('docs'), ...documentsIn('deploy')];
  const prose = documents.map((name) => read(name).replaceAll(/^(`{3,4})[\s\S]*?^\1$/gm, ''));
  const paths = prose.flatMap((text, index) => [
    ...[
      ...text.matchAll(/`((?:commands|content|deploy|docs|languages|server|shared|src|standin|tests)\/[\w./-]+)`/g),
      ...text.matchAll(/`((?:dependency-cruiser|vitest)\.config\.[jt]s)`/g),
    ].map(([, quoted]) => quoted ?? ''),
    ...[...text.matchAll(/\]\(([\w./-]+)\)/g)].map(([, link]) => join(dirname(documents[index] ?? ''), link ?? '')),
  ]);
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  const commands = [
    ...documents
      .map(read)
      .join('\n')
      .matchAll(/npm run ([\w:-]*\w)/g),
  ].map(([, name]) => name ?? '');
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
