import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import { runCommand } from '../../../server/setup/run-command.mjs';
import { commands, programPath } from '../../../server/setup/npm-scripts.mjs';
import { foreseenNeeds } from '../../../server/setup/foreseen-needs.mjs';
import { environmentOf, MIN_MAJOR, startableOwnNode, systemNode } from '../../../server/setup/node.mjs';
import { ownNode, ownNodeProblem } from '../../../server/setup/own-node.mjs';
import { installProblem, packagesAreThere } from '../../../server/setup/packages.mjs';
import { sentenceFor } from '../../../server/setup/setup-problem.mjs';
import { FOR_EVER, Scripts } from './scripts.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const LAUNCH = join(ROOT, 'server/setup/launch.cjs');
const AMPLE_MS = 50_000;

let folder: string;
let scripts: Scripts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun launch-'));
  scripts = new Scripts();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  scripts.remove();
  rmSync(folder, { recursive: true });
});

/** Makes a program called node that answers as a Node of some version. */
function node(place: string, answer: string, root = folder): string {
  const path = join(root, place, 'node');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${answer}\n`);
  chmodSync(path, 0o755);
  return path;
}
const attempts = (): ReturnType<typeof openAttempts> => openAttempts(join(folder, 'attempts.json'));

test('a Node that is too old for everything is refused in a sentence', async () => {
  const text =
    "Object.defineProperty(process.versions, 'node', { value: '18.19.0' }); " +
    "process.argv[1] = ''; " +
    `require(${JSON.stringify(LAUNCH)});`;
  const { ok, output } = await runCommand(process.execPath, ['-e', text], { timeoutMs: AMPLE_MS });
  expect({ ok, output }).toEqual({
    ok: false,
    output:
      'Bankrun needs Node 20 or newer to set itself up, and this is 18.19.0: install a newer one, then start again.\n',
  });
});

test('an unknown command is refused with a list of the known ones', async () => {
  const { ok, output } = await runCommand(process.execPath, [LAUNCH, 'strat'], { timeoutMs: AMPLE_MS });
  expect(ok).toBe(false);
  expect(output).toBe(`The commands are ${Object.keys(commands).join(', ')}, not "strat": type "npm start".\n`);
});

test('help and refusals come before set-up', async () => {
  const bare = join(folder, 'checkout');
  for (const part of ['server/setup', 'shared/command-line'])
    cpSync(join(ROOT, part), join(bare, part), { recursive: true });
  const launch = (...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(process.execPath, [join(bare, 'server/setup/launch.cjs'), ...args], { timeoutMs: AMPLE_MS });
  expect(await launch('verify', '--help')).toMatchObject({
    ok: true,
    output: expect.stringContaining('--mode secure|insecure'),
  });
  expect(await launch('verify', '--updte')).toMatchObject({
    ok: false,
    output: expect.stringMatching(/^`npm run verify` has no option --updte\. Did you mean --update\?/),
  });
  expect(existsSync(join(bare, '.bankrun'))).toBe(false);
});

test('every npm script is a command of the launcher, and all of its programs exist', () => {
  const { scripts: npms } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [name, line] of Object.entries(npms))
    expect([line, name in commands]).toEqual([`exec node server/setup/launch.cjs ${name}`, true]);
  for (const { programs } of Object.values(commands))
    for (const [program = ''] of programs) expect(existsSync(programPath(ROOT, program)), program).toBe(true);
});

test('the machine’s Node is used when it is new enough, the one that runs npm before one on PATH', async () => {
  const npms = node('npm', `echo v${MIN_MAJOR + 1}.0.0`);
  const first = node('first', `echo v${MIN_MAJOR}.1.2`);
  const old = node('old', `echo v${MIN_MAJOR - 1}.18.0`);
  const find = (npm: string, ...path: string[]): Promise<string | undefined> =>
    systemNode(ROOT, { npm_node_execpath: npm, PATH: path.map((each) => dirname(each)).join(':') }, old);
  expect(await find(npms, first)).toBe(npms);
  expect(await find(old, first)).toBe(first);
  expect(await find('', old)).toBeUndefined();
});

test('our own Node is not taken for the machine’s, even though npm puts it first on PATH', async () => {
  const own = node('node_modules/.bin', `echo v${MIN_MAJOR + 9}.0.0`);
  expect(await systemNode(folder, { npm_node_execpath: own, PATH: dirname(own) }, own)).toBeUndefined();
});

/** Makes a tree whose own Node gives this answer, on a machine whose Node is too old. */
function tree(answer: string): void {
  const path = ownNode(ROOT)
    .replace(ROOT, '')
    .replace(/\/node$/, '');
  node(path, answer);
  writeFileSync(join(folder, path, '../package.json'), JSON.stringify({ version: '26.0.0' }));
  const name = path.split('/').at(-2) ?? '';
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ optionalDependencies: { [name]: '26.0.0' } }));
  vi.stubEnv('npm_node_execpath', node('old', 'echo v20.0.0'));
  vi.stubEnv('PATH', '/nowhere');
}

test('a library that our own Node lacks is named, with the command that installs it', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  vi.spyOn(process, 'execPath', 'get').mockReturnValue('/nowhere/node');
  tree(
    'echo "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file" >&2; exit 127',
  );
  await expect(startableOwnNode(folder, attempts())).rejects.toThrow(
    /libatomic.* is not installed: .*, then start again\./,
  );
  tree('echo "node: error while loading shared libraries: libother.so.9: cannot open" >&2; exit 127');
  await expect(startableOwnNode(folder, attempts())).rejects.toThrow(
    `does not start on this system (libother.so.9): install Node ${MIN_MAJOR} or newer`,
  );
});

test('our own Node is used when the machine’s is too old, and only then must npm have installed it', async () => {
  vi.spyOn(process, 'execPath', 'get').mockReturnValue('/nowhere/node');
  tree('echo v26.0.0');
  expect(await startableOwnNode(folder, attempts())).toBe(join(folder, ownNode(ROOT).replace(ROOT, '')));
  rmSync(join(folder, 'node_modules'), { recursive: true });
  await expect(startableOwnNode(folder, attempts())).rejects.toThrow(
    `install Node ${MIN_MAJOR} or newer, then start again.`,
  );
  writeFileSync(join(folder, 'package-lock.json'), '{ "packages": {} }');
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{ "packages": {} }');
  expect([packagesAreThere(folder, false), packagesAreThere(folder, true)]).toEqual([true, false]);
});

test('programs find the chosen Node as “node”, and otherwise the machine’s programs', () => {
  const chosen = node('chosen', '');
  const other = node('other', '');
  expect(environmentOf(chosen, { PATH: `${dirname(other)}:/usr/bin` })).toEqual({
    PATH: `${dirname(chosen)}:${dirname(other)}:/usr/bin`,
  });
  expect(environmentOf(chosen, { PATH: `${dirname(chosen)}:/usr/bin` })).toEqual({
    PATH: `${dirname(chosen)}:/usr/bin`,
  });
});

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)(
  '%s to the launcher reaches its program, whose exit code becomes the launcher’s',
  async (signal) => {
    const program = scripts.write(
      'program',
      `trap 'exit 7' ${signal.slice(3)}\n${scripts.start(FOR_EVER, 'child')}\nwait`,
    );
    const text = `import { runForeground } from ${JSON.stringify(join(ROOT, 'server/setup/foreground.mjs'))};
    const { exitCode } = await runForeground(${JSON.stringify(program)}, [], {});
    process.exit(exitCode);`;
    writeFileSync(scripts.path('launcher.mjs'), text);
    const launcher = spawn(process.execPath, [scripts.path('launcher.mjs')], { stdio: 'ignore' });
    const ended = once(launcher, 'exit');
    await scripts.pid('child');
    launcher.kill(signal);
    expect(await ended).toEqual([7, null]);
  },
);

test('npm’s failures are reported in a sentence each, including a full disk', () => {
  const outcome = (output: string, ok = false): string | undefined =>
    installProblem({ ok, output, why: ok ? '' : 'exit code 1' });
  expect(outcome('added 800 packages\n', true)).toBeUndefined();
  expect(
    outcome('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\nadded 800 packages\n', true),
  ).toMatch(/because the disk is full.*make room, then start again\.$/);
  expect(outcome('npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n')).toMatch(
    /^The packages .* npm cannot reach its registry \(ENOTFOUND\): check the network/,
  );
  expect(outcome('npm error code SELF_SIGNED_CERT_IN_CHAIN\n')).toMatch(/\(SELF_SIGNED_CERT_IN_CHAIN\)/);
  expect(outcome('npm error code EUSAGE\nnpm error \nnpm error lock file\n')).toMatch(
    /^npm error code EUSAGE\n.*\nnpm error lock file\nThe packages could not be installed \(exit code 1\): see why/s,
  );
});

test('damaged files of our own Node are reported, instead of causing a crash', () => {
  tree('echo v26.0.0');
  writeFileSync(join(folder, dirname(ownNode(ROOT).replace(ROOT, '')), '../package.json'), '{ "ver');
  expect(ownNodeProblem(folder)).toMatch(
    /^Bankrun's own Node is damaged where 26\.0\.0 is needed: delete node_modules/,
  );
});

test('a full disk is reported in a sentence, and a bug is rethrown', () => {
  const refused = (code: string): Error =>
    Object.assign(new Error(`${code}: write`), { code, syscall: 'write', path: '/srv/bankrun/.bankrun/setup.json' });
  expect(sentenceFor(refused('ENOSPC'))).toBe(
    '/srv/bankrun/.bankrun/setup.json could not be written, because the disk is full: make room, then start again.',
  );
  expect(sentenceFor(refused('EROFS'))).toMatch(/read-only/);
  for (const fault of [refused('EBADF'), new TypeError('x is undefined')])
    expect(() => sentenceFor(fault)).toThrow(fault);
});

test('what later steps will lack is named together with the first thing that needs root', async () => {
  vi.stubEnv('PATH', folder);
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  expect(await foreseenNeeds()).toEqual(expect.arrayContaining(['python', 'python-venv', 'uidmap']));
  for (const name of ['newuidmap', 'runc', 'python3'])
    writeFileSync(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
  expect(await foreseenNeeds()).toEqual([]);
  vi.spyOn(process, 'getuid').mockReturnValue(0);
  expect(await foreseenNeeds()).toEqual([]);
});

test('a checkout that became read-only after set-up is served, and says why it runs nothing', async ({ skip }) => {
  const inNamespace = ['--mount', 'sh', '-c'];
  const readOnly = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"';
  const { ok } = await runCommand('unshare', [...inNamespace, readOnly, ROOT], { timeoutMs: AMPLE_MS });
  skip(!ok, 'no mount namespace can be had here');
  const env = { ...process.env, PORT: '0', INSTANCE: 'read-only' };
  const server = spawn(
    'unshare',
    [...inNamespace, `${readOnly} && cd "$0" && exec "$1" "$2" start`, ROOT, process.execPath, LAUNCH],
    { env },
  );
  let printed = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(server, 'exit');
  await vi.waitFor(() => expect(printed).toContain('Runs are off'), { timeout: AMPLE_MS, interval: 50 });
  const site = /Bankrun is at (\S+)/.exec(printed)?.[1] ?? '';
  expect((await fetch(site)).status).toBe(200);
  expect(printed).toContain('cannot be written (EROFS), so the site is served as it was last set up');
  server.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});
