import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { partsOfLanguages } from '../../../languages/in-sandbox.ts';
import { python } from '../../../languages/python/record.ts';
import { installedEngine } from '../../../server/cluster/installed-engine.ts';
import { readConfig } from '../../../server/config.ts';
import { openRuntime } from '../../../server/oci/open-runtime.ts';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';
import { runCommand } from '../../../server/setup/run-command.mjs';
import { pythonParts } from '../../../server/setup/python-parts.mjs';
import { makeStateDir, openTestRuntime, programOf, runIn, WITHOUT_SANDBOX } from './test-runtime.ts';

const MIB = 1 << 20;
const SECRET = 'the operator’s password';

if (WITHOUT_SANDBOX) console.log(`what a sandbox sees of the host ${WITHOUT_SANDBOX}`);

describe.skipIf(WITHOUT_SANDBOX)('a sandbox sees of the host', () => {
  let undo: CleanUpStack;
  let folder: string;
  beforeEach(async () => {
    undo = new CleanUpStack();
    folder = await makeStateDir(undo);
  });
  afterEach(() => undo.dispose());

  test('the engine’s program, and no file next to it', async () => {
    mkdirSync(join(folder, 'lib'));
    for (const name of ['password.txt', 'lib/password.txt']) writeFileSync(join(folder, name), SECRET);
    writeFileSync(join(folder, 'cockroach'), '#!/bin/sh\necho it runs\n', { mode: 0o755 });
    const { mounts, path } = installedEngine({ kind: 'cockroach', path: join(folder, 'cockroach') }, undefined);
    const testRuntime = await openTestRuntime();
    undo.defer(() => testRuntime.dispose());
    const container = await testRuntime.create({ mounts, path: [path] });
    expect(await runIn(container, ['cockroach', 'version'])).toMatchObject({ stdout: 'it runs\n' });
    expect(
      await runIn(container, [
        '/bin/bash',
        '-c',
        `cat /opt/cockroach/*.txt /opt/cockroach/lib/*.txt ${folder}/*; ls ${path}`,
      ]),
    ).toMatchObject({ stdout: 'cockroach\n' });
  });

  test('an interpreter’s own files, and no file next to them', async () => {
    const prefix = join(folder, 'python');
    const { executable, library } = await copyPython(prefix);
    writeFileSync(join(prefix, 'password.txt'), SECRET);
    writeFileSync(join(prefix, 'bin/password.txt'), SECRET);
    const parts = await pythonParts({ executable, prefix, library });
    expect(parts).toEqual(expect.arrayContaining([executable, ...library]));
    const runtime = await openRuntime({
      stateDir: join(folder, 'state'),
      program: programOf('runc'),
      python: { executable, parts: parts! },
      common: { ...python.inSandbox({ executable, version: '', packages: [] }), absent: {} },
    });
    undo.defer(() => runtime.close());
    const container = await runtime.create({
      id: 'python',
      mounts: [],
      env: {},
      path: [],
      memoryBytes: 256 * MIB,
      python: executable,
    });
    expect(await runIn(container, ['python', '-c', 'import sys, json, socket; print(sys.base_prefix)'])).toEqual({
      exitCode: 0,
      stdout: `${prefix}\n`,
      stderr: '',
    });
    expect(
      await runIn(container, [
        '/bin/bash',
        '-c',
        `cat ${prefix}/*.txt ${prefix}/bin/*.txt; ls ${prefix} ${prefix}/bin`,
      ]),
    ).toMatchObject({ stdout: expect.not.stringContaining('password') as string });
  });

  test('a sentence in place of the commands of a language that set-up did not find', async () => {
    const { python: interpreter = { executable: '/usr/bin/python3', version: '' } } = readConfig().setup;
    const runtime = await openRuntime({
      stateDir: join(folder, 'state'),
      program: programOf('runc'),
      python: interpreter,
      common: partsOfLanguages({
        python: { ...interpreter, packages: [] },
        node: { missing: 'The registry could not be reached.' },
      })!,
    });
    undo.defer(() => runtime.close());
    const container = await runtime.create({
      id: 'no-node',
      mounts: [],
      env: {},
      path: [],
      memoryBytes: 256 * MIB,
      python: interpreter.executable,
    });
    expect(await runIn(container, ['npm', 'install', 'pg'])).toEqual({
      exitCode: 127,
      stdout: '',
      stderr: 'npm: this server has no Node.js for readers. You can copy the code, and run it on your own machine.\n',
    });
  });

  test('what packages have installed in /usr, and nothing that an operator put into /usr/local', async ({ skip }) => {
    const place = inUsrLocal();
    if (place === undefined) return skip('an ordinary user may put nothing into /usr/local');
    undo.defer(() => rmSync(place, { recursive: true }));
    writeFileSync(join(place, 'password.txt'), SECRET);
    const testRuntime = await openTestRuntime();
    undo.defer(() => testRuntime.dispose());
    const container = await testRuntime.create();
    const { stdout } = await runIn(container, [
      '/bin/bash',
      '-c',
      `cat ${place}/password.txt; ls /usr /usr/local 2>/dev/null; readlink -e /bin/sh`,
    ]);
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain(basename(place));
    expect(stdout).toMatch(/^bin$[^]*^share$[^]*^\/usr\/bin\//m);
    // What set-up chose may itself be in /usr/local: then only its own files are there.
    const { parts = [] } = readConfig().setup.python ?? {};
    if (!parts.some((part) => part.startsWith('/usr/local/'))) expect(stdout).not.toMatch(/^src$/m);
  });
});

/** Makes a new folder in /usr/local; returns undefined for a user who may not. */
function inUsrLocal(): string | undefined {
  try {
    return mkdtempSync('/usr/local/share/bankrun-test-');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') return undefined;
    throw cause;
  }
}

/** Makes an interpreter in its own prefix, as pyenv and others do: a copy of the machine's. */
async function copyPython(prefix: string): Promise<{ executable: string; library: string[] }> {
  const ask =
    'import os, sys, sysconfig; print(os.path.realpath(getattr(sys, "_base_executable", ' +
    'sys.executable)), os.path.realpath(sysconfig.get_path("stdlib")), sep="\\n")';
  const { output } = await runCommand(readConfig().setup.python?.executable ?? '/usr/bin/python3', ['-I', '-c', ask], {
    timeoutMs: 20_000,
  });
  const [from = '', stdlib = ''] = output.trim().split('\n');
  const [executable, library] = [join(prefix, 'bin', basename(from)), join(prefix, 'lib', basename(stdlib))];
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  cpSync(from, executable);
  const isCode = (path: string): boolean => !/\/(__pycache__|site-packages|test|idlelib)(\/|$)/.test(path);
  cpSync(stdlib, library, { recursive: true, filter: isCode, verbatimSymlinks: false, dereference: true });
  expect(readdirSync(library)).toContain('os.py');
  return { executable, library: [library] };
}
