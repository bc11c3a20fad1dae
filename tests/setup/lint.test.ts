import { ESLint } from 'eslint';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

let lint: (path: string, text: string) => Promise<string[]>;
beforeAll(() => {
  // The files named are only places: no rule on imports needs their types.
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
  ['server/ground.ts', './main.ts', /Nothing imports main/],
  ['server/sandbox/a.ts', '../main.ts', /Nothing imports main/],
  ['server/standin/a.ts', '../oci/container.ts', /program of its own/],
  ['server/sandbox/a.ts', '../../src/runner/a.ts', /knows nothing of the pages/],
  ['server/http/routes/a.ts', '../../../content/a.json', /knows nothing of the pages/],
  ['src/runner/a.ts', '../../server/errors.ts', /only protocol\.ts/],
  ['src/runner/a.ts', '../../server/standin/wire/a.ts', /only protocol\.ts/],
  ['src/build/a.ts', '../../server/standin/sql/translate.ts', /only protocol\.ts/],
])('%s must not import %s', async (path, imported, message) => {
  expect(await lint(path, `import '${imported}';\n`)).toEqual([expect.stringMatching(message)]);
});

test.each([
  ['server/http/a.ts', '../sandbox/service.ts'],
  ['server/sandbox/a.ts', '../cluster/engine.ts'],
  ['server/sandbox/a.ts', '../oci/container.ts'],
  ['server/oci/a.ts', '../process/run-program.ts'],
  ['server/process/a.ts', 'node:child_process'],
  ['server/standin/a.ts', 'node:child_process'],
  ['src/runner/a.ts', '../../server/protocol.ts'],
  ['src/runner/a.ts', '../../server/standin/shell/table.ts'],
  ['src/runner/a.ts', '../../server/standin/shell/tag.ts'],
  ['src/build/a.ts', '../../server/standin/sql/constructs.ts'],
  ['tests/server/a.ts', 'node:child_process'],
])('%s may import %s', async (path, imported) => {
  expect(await lint(path, `import '${imported}';\n`)).toEqual([]);
});

test('only config.ts reads the environment', async () => {
  const text = "export const port = process.env['PORT'];\n";
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
  for (const path of ['server/config.ts', 'server/standin/a.ts', 'tests/a.ts', 'server/setup/a.mjs'])
    expect(await lint(path, text), path).toEqual([]);
});

test('a file of over 250 lines is refused, blank lines and comments apart', async () => {
  const line = 'export {};\n';
  expect(await lint('server/http/a.ts', line.repeat(251))).toEqual([expect.stringMatching(/^max-lines:/)]);
  expect(await lint('server/http/a.ts', line.repeat(250) + '\n// more\n'.repeat(20))).toEqual([]);
});
