import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import directions from '../../dependency-cruiser.config.js';

const ROOT = resolve(import.meta.dirname, '../..');

let lint: (path: string, text: string) => Promise<string[]>;
beforeAll(() => {
  // The files need not exist: no rule on imports needs their types.
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: null } } }],
    ruleFilter: ({ ruleId }) => !ruleId.startsWith('@typescript-eslint/'),
  });
  lint = async (path, text) => {
    const [result] = await eslint.lintText(text, { filePath: resolve(ROOT, path) });
    return result?.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`) ?? [];
  };
});

/** Writes a file that imports another, both otherwise empty, and returns the rules that this violates. */
async function broken(path: string, imported: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bankrun-imports-'));
  try {
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    if (!imported.startsWith('node:')) write(join(dirname(path), imported), 'export {};\n');
    write(path, `import '${imported}';\n`);
    const { output } = await cruise([path.split('/')[0]!], {
      ...directions.options,
      tsConfig: undefined,
      ruleSet: { forbidden: directions.forbidden },
      validate: true,
      baseDir: folder,
    });
    return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['server/http/a.ts', '../cluster/engine.ts', /http imports sandbox/],
  ['server/http/routes/a.ts', '../../oci/container.ts', /http imports sandbox/],
  ['server/sandbox/a.ts', '../http/app.ts', /sandbox imports cluster/],
  ['server/cluster/a.ts', '../oci/container.ts', /cluster knows no/],
  ['server/cluster/a.ts', '../sandbox/service.ts', /cluster knows no/],
  ['server/oci/a.ts', '../cluster/engine.ts', /oci knows no/],
  ['server/oci/a.ts', 'node:child_process', /Only server\/process starts programs/],
  ['server/main.ts', 'node:child_process', /Only server\/process starts programs/],
  ['server/config.ts', 'node:child_process', /Only server\/process starts programs/],
  ['server/prerequisites.ts', './main.ts', /Nothing imports main/],
  ['server/sandbox/a.ts', '../main.ts', /Nothing imports main/],
  ['standin/src/a.ts', '../../server/oci/container.ts', /separate program/],
  ['server/sandbox/a.ts', '../../src/runner/a.ts', /knows nothing of the pages/],
  ['server/http/routes/a.ts', '../../../content/a.json', /knows nothing of the pages/],
  ['src/runner/a.ts', '../../server/errors.ts', /without the server/],
  ['src/runner/a.ts', '../../standin/src/wire/a.ts', /without the server and the stand-in/],
  ['src/build/a.ts', '../../standin/src/sql/translate-statement.ts', /From the stand-in, the build takes only/],
  ['shared/a.ts', 'node:fs', /shared is pure/],
  ['shared/a.ts', '../server/errors.ts', /common to all/],
  ['content/a.ts', '../tests/a.ts', /Nothing imports tests/],
])('%s must not import %s', async (path, imported, message) => {
  expect(await broken(path, imported)).toContainEqual(expect.stringMatching(message));
});

test.each([
  ['server/http/a.ts', '../sandbox/service.ts'],
  ['server/sandbox/a.ts', '../cluster/engine.ts'],
  ['server/sandbox/a.ts', '../oci/container.ts'],
  ['server/oci/a.ts', '../process/run-program.ts'],
  ['server/process/a.ts', 'node:child_process'],
  ['standin/src/a.ts', 'node:child_process'],
  ['src/runner/a.ts', '../../shared/protocol.ts'],
  ['src/runner/a.ts', '../../shared/shell-table/table.ts'],
  ['src/runner/a.ts', '../../shared/shell-table/tag.ts'],
  ['src/build/a.ts', '../../standin/src/sql/constructs.ts'],
  ['tests/server/a.ts', 'node:child_process'],
])('%s may import %s', async (path, imported) => {
  expect(await broken(path, imported)).toEqual([]);
});

test('a circle of imports is refused, also of types, and one between folders', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bankrun-circles-'));
  const rulesBroken = async (files: Record<string, string>): Promise<string[]> => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { output } = await cruise(['src'], {
      ...directions.options,
      tsConfig: undefined,
      ruleSet: { forbidden: directions.forbidden },
      validate: true,
      baseDir: folder,
    });
    return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
  };
  try {
    expect(
      await rulesBroken({
        'src/one/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
        'src/one/b.ts': "import type { A } from './a.ts';\nexport type B = A;\n",
      }),
    ).toEqual([expect.stringMatching(/import circles/)]);
    expect(
      await rulesBroken({
        'src/one/a.ts': "import '../two/c.ts';\n",
        'src/one/b.ts': 'export {};\n',
        'src/two/c.ts': 'export {};\n',
        'src/two/d.ts': "import '../one/b.ts';\n",
      }),
    ).toEqual([expect.stringMatching(/between folders/)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('only config.ts reads the environment', async () => {
  const text = "/** It is. */\nexport const port = process.env['PORT'];\n";
  for (const path of [
    'server/main.ts',
    'server/http/a.ts',
    'server/oci/a.ts',
    'server/process/a.ts',
    'src/runner/a.ts',
  ]) {
    expect(await lint(path, text), path).toEqual([
      expect.stringMatching(/Only server\/config\.ts reads the environment/),
    ]);
  }
  for (const path of ['server/config.ts', 'standin/src/a.ts', 'tests/a.ts', 'server/setup/a.mjs'])
    expect(await lint(path, text), path).toEqual([]);
});

test('a sentence that readers see is in server/sentences, and not where it is thrown', async () => {
  const thrown = (code: string, sentence: string): Promise<string[]> =>
    lint('server/http/a.ts', `import { AppError } from '../errors.ts';\nthrow new AppError('${code}', ${sentence});\n`);
  for (const sentence of ["'It is gone.'", '`It is ${1} gone.`', "'It is ' + 'gone.'"])
    expect(await thrown('gone', sentence), sentence).toEqual([expect.stringMatching(/server\/sentences/)]);
  for (const sentence of ['NO_SUCH_RUN', 'lostSentence(cause)', 'cause.message'])
    expect(await thrown('gone', sentence), sentence).toEqual([]);
  expect(await thrown('internal', "'No disk says how large it is.'")).toEqual([]);
});

test('a file of over 250 lines is refused, blank lines and comments apart', async () => {
  const line = 'export {};\n';
  expect(await lint('server/http/a.ts', line.repeat(251))).toEqual([expect.stringMatching(/^max-lines:/)]);
  expect(await lint('server/http/a.ts', line.repeat(250) + '\n// more\n'.repeat(20))).toEqual([]);
});

test('a line of over 120 characters is refused, even when it is text, unless it contains an address', async () => {
  const words = 'word '.repeat(30).trim();
  expect(await lint('server/http/a.ts', `// ${words}\nexport {};\n`)).toEqual([expect.stringMatching(/max-len/)]);
  expect(await lint('tests/a.ts', `export const words = '${words}';\n`)).toEqual([expect.stringMatching(/max-len/)]);
  expect(await lint('tests/a.ts', `export const words = '${words} https://example.org';\n`)).toEqual([]);
});

test('every export must have a description', async () => {
  const text = 'export const limit = 3;\nexport interface Thing {}\n';
  expect(await lint('server/http/a.ts', text)).toHaveLength(2);
  expect(await lint('server/http/a.ts', text.replaceAll('export', '/** It is. */\nexport'))).toEqual([]);
  expect(
    await lint('server/setup/a.mjs', '/** @param {string} a */\nexport function b(a) {\n  return a;\n}\n'),
  ).toEqual([expect.stringMatching(/require-description/)]);
});
