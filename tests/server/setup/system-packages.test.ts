import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAttempts } from '../../../server/setup/attempts.mjs';
import type { Need } from '../../../server/setup/system-names.mjs';
import { systems, words } from '../../../server/setup/system-names.mjs';
import { commandFor, installSystemPackages, remedyFor } from '../../../server/setup/system-packages.mjs';
import { Scripts } from './scripts.ts';

const NEEDS: Need[] = ['runc', 'uidmap', 'libatomic', 'python', 'python-venv', 'chromium'];

let scripts: Scripts;
beforeEach(() => {
  scripts = new Scripts();
});
afterEach(() => scripts.remove());

/** Makes a machine with this os-release, and these programs on PATH. */
function machine(
  release: string,
  programs: string[],
  root = false,
): { release: string; path: string; root: boolean; platform: string } {
  for (const program of programs) scripts.write(`bin/${program}`, `echo "${program} $*" >> '${scripts.path('typed')}'`);
  writeFileSync(scripts.path('os-release'), release);
  return { release: scripts.path('os-release'), path: scripts.path('bin'), root, platform: 'linux' };
}

const attempts = (): ReturnType<typeof openAttempts> => openAttempts(scripts.path('attempts.json'));
const typed = (): string[] => readFileSync(scripts.path('typed'), 'utf8').trimEnd().split('\n');

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nID=debian\n';

test.each([
  ['Debian', DEBIAN, 'apt-get', 'sudo apt-get install runc uidmap libatomic1 python3 python3-venv chromium'],
  [
    'a system made from Ubuntu',
    'ID=pop\nID_LIKE="ubuntu debian"\n',
    'apt-get',
    'sudo apt-get install runc uidmap libatomic1 python3 python3-venv && npx playwright-core ' +
      'install --with-deps chromium',
  ],
  ['Fedora', 'ID=fedora\nVERSION_ID=43\n', 'dnf', 'sudo dnf install runc shadow-utils libatomic python3 chromium'],
  [
    "a system made from Red Hat's",
    'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.6"\n',
    'dnf',
    'sudo dnf install runc shadow-utils libatomic python3.12 chromium',
  ],
  ['Alpine', 'ID=alpine\nVERSION_ID=3.22.1\n', 'apk', 'sudo apk add runc shadow-uidmap libatomic python3 chromium'],
  ['Arch', 'ID=arch\n', 'pacman', 'sudo pacman -S --needed runc shadow gcc-libs python chromium'],
  [
    'openSUSE',
    'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nVERSION_ID="20261101"\n',
    'zypper',
    'sudo zypper install runc shadow libatomic1 python3 chromium',
  ],
  [
    'openSUSE Leap 15',
    'ID="opensuse-leap"\nVERSION_ID="15.6"\nID_LIKE="suse opensuse"\n',
    'zypper',
    'sudo zypper install runc shadow libatomic1 python311 chromium',
  ],
])('%s has a command for all that set-up may need', (_, release, manager, command) => {
  expect(commandFor(NEEDS, machine(release, [manager, 'sudo']))).toBe(command);
});

test('the command suits the user: without sudo for root, and with doas or su when there is no sudo', () => {
  expect(commandFor(['runc'], machine(DEBIAN, ['apt-get'], true))).toBe('apt-get install runc');
  expect(commandFor(['runc'], machine(DEBIAN, ['apt-get']))).toBe("su - -c 'apt-get install runc'");
  expect(commandFor(['runc'], machine(DEBIAN, ['apt-get', 'doas']))).toBe('doas apt-get install runc');
});

test("a Mac has Homebrew's command, without sudo, for what Homebrew has", () => {
  const mac = { ...machine('', ['brew', 'sudo']), platform: 'darwin' };
  expect(commandFor(['python', 'chromium'], mac)).toBe(
    'brew install python && npx playwright-core install --with-deps chromium',
  );
  expect(remedyFor(['libatomic'], mac)).toBe('install the library libatomic.so.1');
});

test.each([
  ['whose names nobody knows', 'ID=nixos\n', ['apt-get']],
  ['whose package manager is not there', DEBIAN, ['dnf']],
  ['that does not say what it is', '', ['apt-get']],
])('on a system %s, the thing is named', async (_, release, programs) => {
  const here = machine(release, programs, true);
  expect(commandFor(['runc'], here)).toBeUndefined();
  const sentence =
    'The container runtime runc is not installed: install runc and the library libatomic.so.1, then start again.';
  await expect(
    installSystemPackages('The container runtime runc', ['runc', 'libatomic'], attempts(), here),
  ).rejects.toThrow(sentence);
  await expect(
    installSystemPackages('It', ['runc'], attempts(), { ...here, release: scripts.path('none') }),
  ).rejects.toThrow('It is not installed: install runc, then');
});

test('anybody but root gets a command to type, and nothing is started', async () => {
  const sentence = 'The container runtime runc is not installed: type "sudo apt-get install runc", then start again.';
  await expect(
    installSystemPackages('The container runtime runc', ['runc'], attempts(), machine(DEBIAN, ['apt-get', 'sudo'])),
  ).rejects.toThrow(sentence);
  expect(typed).toThrow(/ENOENT/);
});

test.each([
  ['apt-get', DEBIAN, /^apt-get install .*-y .*uidmap$/],
  ['dnf', 'ID=fedora\n', /^dnf install -y shadow-utils$/],
  ['apk', 'ID=alpine\n', /^apk add .*shadow-uidmap$/],
  ['pacman', 'ID=arch\n', /^pacman -S --noconfirm --needed shadow$/],
  ['zypper', 'ID_LIKE=suse\n', /^zypper --non-interactive install shadow$/],
])('as root, %s is started, and not asked to ask anybody', async (manager, release, command) => {
  await installSystemPackages('newuidmap', ['uidmap'], attempts(), machine(release, [manager], true));
  expect(typed().at(-1)).toMatch(command);
});

test('a failed installation is reported with its reason and the command, and not retried', async () => {
  const here = machine(DEBIAN, ['apt-get'], true);
  scripts.write(
    'bin/apt-get',
    `echo "$1" >> '${scripts.path('typed')}'\necho 'E: Unable to locate package runc'\nexit 100`,
  );
  const install = async (): Promise<void> =>
    installSystemPackages('The container runtime runc', ['runc'], attempts(), here);
  const sentence =
    'The container runtime runc is not installed, and "apt-get install runc" failed (Unable to ' +
    'locate package runc): install it, then start again.';
  await expect(install()).rejects.toThrow(sentence);
  await expect(install()).rejects.toThrow(sentence);
  expect(typed()).toEqual(['update', 'install']);
});

test('Ubuntu’s chromium, which is only a snap, is not installed: Playwright’s is suggested', async () => {
  const ubuntu = machine('ID=ubuntu\nID_LIKE=debian\n', ['apt-get'], true);
  await expect(installSystemPackages('Chromium', ['chromium'], attempts(), ubuntu)).rejects.toThrow(
    'Chromium is not installed: type "npx playwright-core install --with-deps chromium", then start again.',
  );
  expect(typed).toThrow(/ENOENT/);
});

test('every Linux system has a package for every need, except perhaps for a headless browser', () => {
  expect(Object.keys(words).toSorted()).toEqual([...NEEDS, 'headless-shell'].toSorted());
  for (const { ids, names } of systems.filter(({ manager }) => manager !== 'brew'))
    expect(Object.keys({ ...names, 'headless-shell': '' }).toSorted(), ids[0]).toEqual(
      [...NEEDS, 'headless-shell'].toSorted(),
    );
});
