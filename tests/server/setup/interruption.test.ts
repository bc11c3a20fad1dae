import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FOR_EVER, isAlive, Scripts, until } from './scripts.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let scripts: Scripts;
beforeEach(() => {
  scripts = new Scripts();
});
afterEach(() => scripts.remove());

function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, args, { stdio: 'inherit', detached: true, env: { ...process.env, ...env } });
  scripts.watch(child.pid!);
  return child;
}
async function endingOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? child.exitCode;
}

/**
 * Starts a program that does one of set-up's waits, as set-up itself does, and records when it ended with an
 * Interruption.
 */
function waitFor(wait: string): ChildProcess {
  const modules = ['run-command', 'interruption', 'download', 'setup-lock'].map(
    (name) => `import(${JSON.stringify(join(ROOT, 'server/setup', `${name}.mjs`))})`,
  );
  const text = `
    const modules = await Promise.all([${modules.join(', ')}]);
    const { endBy, heedSignals, runCommand, download, takeLock } = Object.assign({}, ...modules);
    const folder = ${JSON.stringify(scripts.folder)};
    const note = (name) => require('node:fs').writeFileSync(folder + '/' + name, String(process.pid));
    heedSignals();
    await ${wait}.catch((cause) => {
      note('unwound');
      endBy(cause.signal);
    });`;
  writeFileSync(
    scripts.path('program.mjs'),
    `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${text}\n`,
  );
  return start(process.execPath, [scripts.path('program.mjs')]);
}

test.each([...SIGNALS.map((signal) => [signal, ''] as const), ['SIGTERM', ', even if it ignores that'] as const])(
  '%s ends the running command%s, and then set-up itself in the same way',
  async (signal, deaf) => {
    const script = scripts.write('script', `${deaf && "trap '' TERM"}\n${scripts.start(FOR_EVER, 'child')}\nwait`);
    const program = waitFor(`runCommand(${JSON.stringify(script)}, [], { timeoutMs: 3_600_000 })`);
    await scripts.pid('child');
    program.kill(signal);
    program.kill(signal);
    expect(await endingOf(program)).toBe(signal);
    expect(existsSync(scripts.path('unwound'))).toBe(true);
    await scripts.ended('child');
  },
);

test('a test command that is told to end ends its parallel checks, even those that ignore signals', async () => {
  const types = scripts.write('check-types', `${scripts.start(FOR_EVER, 'types')}\nwait`);
  const lint = scripts.write('check-lint', `trap '' TERM\n${scripts.start(FOR_EVER, 'lint')}\nwait`);
  const check = (command: string): string =>
    `runCheck(${JSON.stringify(scripts.folder)}, { name: '', command: [${JSON.stringify(command)}] })`;
  writeFileSync(
    scripts.path('program.mjs'),
    [
      `import { runCheck } from ${JSON.stringify(join(ROOT, 'tests/support/check.ts'))};`,
      `await Promise.all([${check(types)}, ${check(lint)}]);`,
      '',
    ].join('\n'),
  );
  const program = start(process.execPath, [scripts.path('program.mjs')]);
  await scripts.pid('types');
  await scripts.pid('lint');
  program.kill('SIGINT');
  expect(await endingOf(program)).toBe('SIGINT');
  await scripts.ended('types');
  await scripts.ended('lint');
});

test('a set-up that is told to end stops its download, and leaves nothing of it', async () => {
  const server = createServer((_, answer) => void answer.writeHead(200, { 'content-length': '1000' }).write('a'));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const archive = scripts.path('release.tgz');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const program = waitFor(`download(${JSON.stringify(url)}, ${JSON.stringify(archive)}, '00', () => note('begun'))`);
    await scripts.pid('begun');
    await until('the archive is there', () => existsSync(archive));
    program.kill('SIGTERM');
    expect(await endingOf(program)).toBe('SIGTERM');
    expect(existsSync(archive)).toBe(false);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a set-up that is told to end does not wait for another one, whose lock stays', async () => {
  const lock = scripts.path('setup.lock');
  writeFileSync(lock, String(process.pid));
  const program = waitFor(`takeLock(${JSON.stringify(lock)}, () => note('waits'))`);
  await scripts.pid('waits');
  program.kill('SIGINT');
  expect(await endingOf(program)).toBe('SIGINT');
  expect(existsSync(scripts.path('unwound'))).toBe(true);
  expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
});

/** Starts set-up in a tree of its own in which everything before the engine is done. */
function startSetup(engine: string): ChildProcess {
  const root = scripts.path('tree');
  mkdirSync(join(root, '.bankrun'), { recursive: true });
  cpSync(join(ROOT, 'server/setup'), join(root, 'server/setup'), { recursive: true });
  for (const name of [
    'package.json',
    'package-lock.json',
    'server/config.ts',
    'server/setup-file.ts',
    'shared/command-line',
  ])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  const installed = readdirSync(join(ROOT, 'languages')).map((name) => `.bankrun/${name}`);
  for (const name of ['node_modules', 'content', 'languages', ...installed])
    if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(root, name));
  return start(process.execPath, [join(root, 'server/setup/launch.cjs'), 'dev'], { ENGINE: engine });
}

/** Returns the living child processes of a process. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter(isAlive);
}

test.for([
  ['the launcher', (outer: number) => process.kill(outer, 'SIGTERM'), 'SIGTERM'],
  ['the set-up', (_: number, inner: number) => process.kill(inner, 'SIGTERM'), 'SIGTERM'],
  ['both, as from a terminal,', (outer: number) => process.kill(-outer, 'SIGINT'), 'SIGINT'],
] as const)(
  'a signal to %s ends both, with the engine that hangs, and frees the lock',
  async ([, tell, signal], { skip }) => {
    skip(process.platform !== 'linux', 'an engine is looked for on Linux only');
    const engine = scripts.write('cockroach', `${scripts.start(FOR_EVER, 'engine')}\nwait`);
    const outer = startSetup(engine);
    await scripts.pid('engine');
    const [inner] = childrenOf(outer.pid!);
    expect(inner).toBeDefined();
    scripts.watch(inner!);
    expect(readFileSync(scripts.path('tree/.bankrun/setup.lock'), 'utf8')).toBe(String(inner));
    tell(outer.pid!, inner!);
    expect(await endingOf(outer)).toBe(signal);
    expect(isAlive(inner!)).toBe(false);
    await scripts.ended('engine');
    expect(readdirSync(scripts.path('tree/.bankrun')).filter((name) => /lock|setup\.json/.test(name))).toEqual([]);
  },
);
