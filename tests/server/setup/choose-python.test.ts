import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { setUp } from '../../../languages/python/set-up.mjs';
import { toolsOf } from '../../../server/setup/languages.mjs';
import type { Python } from '../../../server/setup/choose-python.mjs';
import { choosePython } from '../../../server/setup/choose-python.mjs';
import { Scripts } from './scripts.ts';

const NOWHERE = '/nowhere/python3';

let scripts: Scripts;
beforeEach(() => {
  scripts = new Scripts();
  writeFileSync(scripts.path('os-release'), 'ID=debian\n');
  mkdirSync(scripts.path('bin'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  scripts.remove();
});

const attempts = (): ReturnType<typeof openAttempts> => openAttempts(scripts.path('attempts.json'));
const debian = (root = false): { release: string; path: string; root: boolean } => ({
  release: scripts.path('os-release'),
  path: scripts.path('bin'),
  root,
});
const choose = async (first = NOWHERE, root = false): Promise<Python> =>
  choosePython(scripts.folder, attempts(), first, debian(root));

/** Returns the script of a program that answers as an interpreter of this version. */
function answering(name: string, version: string, { installs = true, wheels = true } = {}): string {
  const answer = {
    version,
    wheels,
    executable: scripts.path(name),
    prefix: scripts.folder,
    library: [scripts.path('lib')],
    installs,
  };
  return `echo '${JSON.stringify(answer)}'`;
}

/** Makes such a program. */
function interpreter(name: string, version: string, has?: { installs?: boolean; wheels?: boolean }): string {
  return scripts.write(name, answering(name, version, has));
}

/** Makes set-up look for programs only in the test's own folder. */
function onlyOurs(): void {
  vi.stubEnv('PATH', scripts.path('bin'));
}

test('an interpreter is queried once, then remembered', async () => {
  onlyOurs();
  interpreter('bin/python3', '3.13.1');
  expect((await choose()).version).toBe('3.13.1');
  const stamp = scripts.path('stamps/python.json');
  writeFileSync(stamp, readFileSync(stamp, 'utf8').replace('3.13.1', '3.13.99'));
  expect((await choose()).version).toBe('3.13.99');
});

test('this machine’s interpreter fits, and is described', async () => {
  const python = await choosePython(scripts.folder, attempts());
  expect(python.version).toMatch(/^3\.1[0-4]\.\d+$/);
  expect(existsSync(python.executable)).toBe(true);
});

test("the system's interpreter comes first, then the newest on PATH", async () => {
  onlyOurs();
  interpreter('bin/python3', '3.10.2');
  interpreter('bin/python3.14', '3.14.0');
  expect((await choose()).executable).toBe(scripts.path('bin/python3.14'));
  expect((await choose(interpreter('usr/python3', '3.11.2'))).executable).toBe(scripts.path('usr/python3'));
});

test('an interpreter of the wrong version, without wheels or without an installer, is skipped', async () => {
  onlyOurs();
  interpreter('bin/python3', '3.15.1');
  interpreter('bin/python', '3.9.2');
  interpreter('bin/python3.13', '3.13.0', { wheels: false });
  interpreter('bin/python3.12', '3.12.4', { installs: false });
  const fitting = interpreter('bin/python3.11', '3.11.9');
  expect(await choose()).toEqual({ executable: fitting, version: '3.11.9', parts: [fitting, scripts.path('lib')] });
});

test('an interpreter that cannot install packages is accepted when uv can', async () => {
  onlyOurs();
  interpreter('bin/python3', '3.12.4', { installs: false });
  scripts.write('bin/uv', 'exit 1');
  expect((await choose()).version).toBe('3.12.4');
});

test('an interpreter without pip and ensurepip is reported with the command that installs them', async () => {
  onlyOurs();
  const python = interpreter('bin/python3', '3.13.5', { installs: false });
  for (const program of ['apt-get', 'sudo']) scripts.write(`bin/${program}`, '');
  const sentence =
    `What installs packages for ${python} (pip, or the modules venv and ensurepip) is not ` +
    'installed: type "sudo apt-get install python3-venv", then start again.';
  await expect(choose()).rejects.toThrow(sentence);
});

test('as root, missing parts of Python are installed, and then used', async () => {
  onlyOurs();
  const python = interpreter('bin/python3', '3.13.5', { installs: false });
  scripts.write('later', answering('bin/python3', '3.13.5'));
  scripts.write('bin/apt-get', `case "$*" in *python3-venv) /bin/cp '${scripts.path('later')}' '${python}';; esac`);
  expect((await choose(NOWHERE, true)).executable).toBe(python);
});

test('without Python, anybody but root is told the one command that installs it', async () => {
  onlyOurs();
  for (const program of ['apt-get', 'sudo']) scripts.write(`bin/${program}`, '');
  await expect(choose()).rejects.toThrow(
    'Python 3.10 to 3.14, which the tutorials run on (none found), is not installed: type "sudo ' +
      'apt-get install python3 python3-venv", then start again.',
  );
  scripts.write('later', answering('bin/python3', '3.13.5'));
  scripts.write(
    'bin/apt-get',
    `case "$*" in *'python3 python3-venv') /bin/cp '${scripts.path('later')}' '${scripts.path('bin/python3')}';; esac`,
  );
  expect((await choose(NOWHERE, true)).version).toBe('3.13.5');
});

test('when the system’s Python does not fit, its package is not suggested', async () => {
  onlyOurs();
  scripts.write('bin/apt-get', `: > '${scripts.path('typed')}'`);
  const sentence =
    'Python 3.10 to 3.14, which the tutorials run on (only 3.9.2 found), is not installed: ' +
    'install one, or uv (docs.astral.sh/uv), which provides one, then start again.';
  await expect(choose(interpreter('usr/python3', '3.9.2'), true)).rejects.toThrow(sentence);
  expect(existsSync(scripts.path('typed'))).toBe(false);
});

test('when no Python fits, one that uv knows is used, or else one that it downloads', async () => {
  onlyOurs();
  interpreter('bin/python3', '3.9.2');
  interpreter('fetched', '3.14.1');
  const has = scripts.path('uv-python');
  scripts.write(
    'bin/uv',
    `case "$2" in
    find)
      test "$UV_PYTHON_INSTALL_DIR" = '${has}' && test -e "$UV_PYTHON_INSTALL_DIR" && {
        echo '${scripts.path('fetched')}'
        echo 'warning: so it is' >&2
      };;
    install) test "$3" = '>=3.10,<3.15' && : > "$UV_PYTHON_INSTALL_DIR";;
  esac`,
  );
  expect((await choose()).executable).toBe(scripts.path('fetched'));
  rmSync(scripts.path('fetched'));
  await expect(choose(), 'it is gone').rejects.toThrow('is not installed: install one');
  interpreter('known', '3.12.1');
  scripts.write('bin/uv', `echo '${scripts.path('known')}'`);
  expect((await choose()).executable).toBe(scripts.path('known'));
});

test('a Python that uv cannot download is reported with reason and alternatives, and not retried', async () => {
  onlyOurs();
  for (const program of ['apt-get', 'sudo']) scripts.write(`bin/${program}`, '');
  scripts.write(
    'bin/uv',
    [
      `test "$2" = install && echo once >> '${scripts.path('typed')}'`,
      "echo 'error: Failed to install' >&2",
      "echo '  cause: Connect' >&2",
      "echo '  cause: no route to host' >&2",
      'exit 1',
    ].join('\n'),
  );
  const sentence =
    'uv could not fetch one (Failed to install: no route to host): see why with "uv python ' +
    'install \'>=3.10,<3.15\'", or type "sudo apt-get install python3 python3-venv", then type ' +
    '"npm run setup".';
  for (const once of [1, 2]) await expect(choose(), String(once)).rejects.toThrow(sentence);
  expect(readFileSync(scripts.path('typed'), 'utf8')).toBe('once\n');
});

/** Writes the list into a folder of its own, and installs it there. */
async function install(python: Pick<Python, 'executable'>, list: string): Promise<string> {
  mkdirSync(scripts.path('content'), { recursive: true });
  writeFileSync(scripts.path('content/requirements.txt'), list);
  const tools = toolsOf(scripts.folder, scripts.folder, attempts(), {
    python: { version: '3.13.5', ...python },
    node: { executable: process.execPath, version: process.versions.node },
  });
  return (await setUp(tools)).packages[0]!;
}

test('a list that pip refuses leaves nothing behind, is reported, and is not retried', async () => {
  const python = await choosePython(scripts.folder, attempts());
  const refused = /could not be installed \(ERROR: .*hash/i;
  await expect(install(python, 'pony==0.7.20\n')).rejects.toThrow(refused);
  expect(readdirSync(scripts.folder)).not.toContain('python');
  await expect(install({ ...python, executable: '/nowhere' }, 'pony==0.7.20\n')).rejects.toThrow(refused);
});

/** Returns a script that acts as an installer: it makes the folder after --target, with its own name in it. */
const installing = (name: string): string =>
  `while [ "$1" != --target ]; do shift; done; /bin/mkdir -p "$2"; : > "$2/${name}"`;

test('packages are installed by the interpreter’s own pip if it has one', async () => {
  onlyOurs();
  const python = scripts.write('bin/python3', `test "$3" = --version || { ${installing('pip')}; }`);
  scripts.write('bin/uv', installing('uv'));
  expect(readdirSync(await install({ executable: python }, 'a'))).toEqual(['pip']);
});

test('packages are installed by the pip of a temporary virtual environment if the interpreter has none', async () => {
  onlyOurs();
  scripts.write('inner', installing('venv'));
  const python = scripts.write(
    'bin/python3',
    `test "$2" = venv || exit 1\n/bin/mkdir -p "$4/bin"; /bin/cp '${scripts.path('inner')}' "$4/bin/python"`,
  );
  scripts.write('bin/uv', installing('uv'));
  const folder = await install({ executable: python }, 'a');
  expect(readdirSync(folder)).toEqual(['venv']);
  expect(readdirSync(scripts.path('python'))).toHaveLength(1);
});

test('packages are installed by uv when there is neither, and without uv a sentence says so', async () => {
  onlyOurs();
  const python = scripts.write('bin/python3', 'exit 1');
  await expect(install({ executable: python }, 'a')).rejects.toThrow(
    `could not be installed (${python} has no pip, and cannot create a virtual environment): fix that`,
  );
  scripts.write('bin/uv', `test "$1 $2" = 'pip install' && { ${installing('uv')}; }`);
  expect(readdirSync(await install({ executable: python }, 'b'))).toEqual(['uv']);
});

test('the reason that uv gives for a failure is in the sentence', async () => {
  onlyOurs();
  const python = scripts.write('bin/python3', 'exit 1');
  scripts.write('bin/uv', 'echo "error: Failed to fetch"; echo "  Caused by: no route"; exit 2');
  await expect(install({ executable: python }, 'a')).rejects.toThrow(
    'could not be installed (error: Failed to fetch Caused by: no route): fix that, then type "npm run setup".',
  );
});
