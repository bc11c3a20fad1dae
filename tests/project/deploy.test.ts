import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../commands/verify-site/outcome.ts';
import { readSiteArguments } from '../../commands/verify-site/arguments.ts';
import { releasePath } from '../../server/setup/cockroach-release.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const compose = read('compose.yaml');
const containerfile = read('deploy/Containerfile');
const unit = read('deploy/bankrun.service').replaceAll(/^#.*\n/gm, '');

/** Returns the entries of a list in compose.yaml. */
function listed(name: string): string[] {
  const [, block = ''] = new RegExp(`^ {4}${name}:\\n((?: {6}- .*\\n)+)`, 'm').exec(compose) ?? [];
  return [...block.matchAll(/- (.*)$/gm)].map(([, entry]) => entry ?? '');
}

/** Returns the values of an option in a command line. */
function given(command: string, option: string): string[] {
  return [...command.matchAll(new RegExp(`--${option}[= ](\\S+)`, 'g'))].flatMap(([, values = '']) =>
    values.split(','),
  );
}

test("a container takes every variable of the README's table except those that the image fixes", () => {
  const fixed = ['RUNTIME', 'INSTANCE']; // it has only runc, and runs one server
  const table = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name ?? '');
  const passed = new Set(
    [...listed('environment'), ...listed('ports')].flatMap((entry) => [
      entry.split('=')[0] ?? '',
      ...[...entry.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? ''),
    ]),
  );
  expect(table.length).toBeGreaterThan(10);
  expect(table.filter((name) => !passed.has(name)).toSorted()).toEqual(fixed.toSorted());
});

test('every command that starts the image grants what compose.yaml grants, and SECURITY explains each', () => {
  const capabilities = listed('cap_add');
  const options = listed('security_opt');
  expect(listed('cap_drop')).toEqual(['ALL']);
  expect(capabilities).toContain('SYS_ADMIN');
  const papers = [containerfile, read('README.md')].map((text) => text.replaceAll(/\\\n#?/g, ' '));
  const commands = papers.flatMap((text) =>
    [...text.matchAll(/docker run .*--cap-drop.*/g)].map(([command]) => command),
  );
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    expect(given(command, 'cap-add').toSorted()).toEqual(capabilities.toSorted());
    expect(given(command, 'security-opt').toSorted()).toEqual(options.toSorted());
  }
  const [, reasons = ''] = read('SECURITY.md').split('## In a container');
  expect([...capabilities, ...options].filter((granted) => !reasons.includes(`\`${granted}\``))).toEqual([]);
});

/** Returns what the image copies from the project, each with where it copies it to; `.` is all that is not ignored. */
function copied(): { sources: string[]; target: string; line: number }[] {
  return containerfile.split('\n').flatMap((text, line) => {
    const [word, ...paths] = text.split(/\s+/);
    if (word !== 'COPY' || paths.some((path) => path.startsWith('--from='))) return [];
    return [{ sources: paths.slice(0, -1), target: paths.at(-1) ?? '', line }];
  });
}

test('every path that the image copies exists, and all of the project is copied before set-up runs', () => {
  const copies = copied();
  expect(copies.length).toBeGreaterThan(2);
  const missing = copies.flatMap(({ sources }) => sources).filter((path) => !existsSync(resolve(ROOT, path)));
  expect(missing).toEqual([]);
  const whole = copies.find(({ sources, target }) => sources.includes('.') && target === '.');
  const setUp = containerfile.split('\n').findIndex((text) => text.includes('launch.cjs prepare'));
  expect(setUp).toBeGreaterThan(whole?.line ?? Infinity);
});

test('the image has the package list of every workspace when it installs packages', () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  const install = containerfile.split('\n').findIndex((text) => text.startsWith('RUN npm ci'));
  const before = copied().flatMap(({ sources, line }) => (line < install ? sources : []));
  expect(before).toEqual(
    expect.arrayContaining([
      'package.json',
      'package-lock.json',
      '.npmrc',
      ...workspaces.map((folder) => `${folder}/package.json`),
    ]),
  );
});

test('the image leaves out only what git does not keep either', () => {
  const lines = (path: string): string[] => read(path).split('\n').filter(Boolean);
  const kept = lines('.gitignore').map((pattern) => pattern.replace(/\/$/, '').replace(/^\*\./, '**/*.'));
  expect(lines('.dockerignore').filter((pattern) => !kept.includes(pattern))).toEqual(['.git']);
});

test('every program of the project that the image runs is there', () => {
  const programs = [...containerfile.matchAll(/\b(?:server|deploy|tests)\/[\w./-]+/g)].map(([path]) => path);
  expect(programs).toContain('server/setup/launch.cjs');
  expect(programs.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
});

test('the volume of a container is where set-up puts a downloaded CockroachDB', () => {
  const [, home = ''] = /^WORKDIR (\S+)$/m.exec(containerfile) ?? [];
  const folder = join(releasePath(join(home, '.bankrun')), '../..');
  expect(listed('volumes')).toEqual([`cockroach:${folder}`]);
});

test('the service delegates the controllers that limits need, and sets no option that breaks newuidmap', () => {
  const options = new Map([...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  expect(options.get('Delegate')?.split(' ')).toEqual(expect.arrayContaining(['cpu', 'memory', 'pids']));
  // As listed in systemd.exec(5).
  const forbidden = [
    /^(NoNewPrivileges|CapabilityBoundingSet|DynamicUser|LockPersonality|MemoryDenyWriteExecute|ProcSubset)$/,
    /^Private(Devices|Users)$/,
    /^Protect(Clock|Hostname|Kernel\w+|Proc|ControlGroups)$/,
    /^(Restrict|SystemCall)\w+$/,
  ];
  expect([...options.keys()].filter((name) => forbidden.some((pattern) => pattern.test(name)))).toEqual([]);
});

test('the timer runs a command line that verification understands, and a full site is no failure of it', () => {
  const service = read('deploy/bankrun-verify.service');
  const [, line = ''] = /^ExecStart=\S+ server\/setup\/launch\.cjs verify (.*)$/m.exec(service) ?? [];
  const [, site = ''] = /^Environment=SITE=(.*)$/m.exec(service) ?? [];
  expect(readSiteArguments(line.replace('${SITE}', site).split(' '))).toMatchObject({ site, quiet: true });
  expect(service).toContain(`SuccessExitStatus=${EXIT.full}\n`);
  expect(read('deploy/bankrun-verify.timer')).toMatch(/^OnCalendar=/m);
});
