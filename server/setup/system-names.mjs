// @ts-check
// How each distribution calls what set-up may need. Debian's were tried; the others are as their package indexes have
// them (packages.ubuntu.com, packages.fedoraproject.org, pkgs.alpinelinux.org, archlinux.org/packages,
// software.opensuse.org, formulae.brew.sh), as far as we know, and untried.
import { pythonRange } from './python-versions.mjs';

/**
 * @typedef {'runc' | 'uidmap' | 'libatomic' | 'python' | 'python-venv' | 'chromium' | 'headless-shell'} Need
 * @typedef {Record<Need, string>} Names
 */

/** Each need in words, for a system whose names nobody here knows. @type {Names} */
export const words = {
  runc: 'runc',
  uidmap: 'newuidmap and newgidmap',
  libatomic: 'the library libatomic.so.1',
  python: pythonRange,
  'python-venv': "Python's modules venv and ensurepip",
  chromium: 'Chromium',
  'headless-shell': "Chromium's headless shell",
};

/**
 * @typedef {object} Manager
 * @property {string[]} typed What a person types before the packages' names.
 * @property {string[]} [alone] The same where nobody is there to answer. Without it, set-up never starts it by itself.
 * @property {string[]} [refresh] Gets the newest list of packages first.
 * @property {RegExp} [error] Where in what it prints the reason is.
 */

/** By the name of the program. @type {Record<string, Manager>} */
export const managers = {
  'apt-get': {
    typed: ['install'],
    alone: ['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'],
    refresh: ['update', '-q', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=1'],
    error: /^E: (.*)$/m,
  },
  dnf: { typed: ['install'], alone: ['install', '-y'], error: /^(?:Error|Failed): (.*)$/m },
  apk: { typed: ['add'], alone: ['add', '--update-cache', '--no-progress'], error: /^ERROR: (.*)$/m },
  // No refresh: a newer list without an upgrade of everything is what Arch warns of.
  pacman: { typed: ['-S', '--needed'], alone: ['-S', '--noconfirm', '--needed'], error: /^error: (.*)$/m },
  zypper: { typed: ['install'], alone: ['--non-interactive', 'install'] },
  brew: { typed: ['install'] },
};

/**
 * Ubuntu's package only fetches a snap, which starts neither as root nor in a container; Playwright brings one of its
 * own.
 */
const playwrights = 'npx playwright-core install --with-deps chromium';

const debian = {
  runc: 'runc',
  uidmap: 'uidmap',
  libatomic: 'libatomic1',
  python: 'python3',
  'python-venv': 'python3-venv',
  chromium: 'chromium',
};
const fedora = {
  runc: 'runc',
  uidmap: 'shadow-utils',
  libatomic: 'libatomic',
  python: 'python3',
  'python-venv': 'python3',
  chromium: 'chromium',
};
const suse = {
  runc: 'runc',
  uidmap: 'shadow',
  libatomic: 'libatomic1',
  python: 'python3',
  'python-venv': 'python3',
  chromium: 'chromium',
};

/**
 * @typedef {object} System
 * @property {string[]} ids As in os-release(5), ID or ID_LIKE; with the first number of its version where only that one
 * differs.
 * @property {string} manager
 * @property {Partial<Names>} names
 * @property {Partial<Names>} [instead] Commands for what comes another way.
 */

/** @type {System[]} */
export const systems = [
  {
    ids: ['debian'],
    manager: 'apt-get',
    names: { ...debian, 'headless-shell': 'chromium-headless-shell' },
  },
  { ids: ['ubuntu'], manager: 'apt-get', names: debian, instead: { chromium: playwrights } },
  { ids: ['fedora'], manager: 'dnf', names: fedora },
  // Their python3 is 3.6 and 3.9.
  { ids: ['rhel', 'centos'], manager: 'dnf', names: { ...fedora, python: 'python3.12', 'python-venv': 'python3.12' } },
  {
    ids: ['alpine'],
    manager: 'apk',
    names: {
      runc: 'runc',
      uidmap: 'shadow-uidmap',
      libatomic: 'libatomic',
      python: 'python3',
      'python-venv': 'python3',
      chromium: 'chromium',
    },
  },
  {
    ids: ['arch'],
    manager: 'pacman',
    names: {
      runc: 'runc',
      uidmap: 'shadow',
      libatomic: 'gcc-libs',
      python: 'python',
      'python-venv': 'python',
      chromium: 'chromium',
    },
  },
  { ids: ['suse', 'opensuse'], manager: 'zypper', names: suse },
  // Their python3 is 3.6.
  {
    ids: ['opensuse-leap-15', 'sles-15'],
    manager: 'zypper',
    names: { ...suse, python: 'python311', 'python-venv': 'python311' },
  },
  { ids: ['macos'], manager: 'brew', names: { python: 'python' }, instead: { chromium: playwrights } },
];
