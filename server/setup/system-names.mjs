// @ts-check
// The names of the packages that set-up may need, by distribution. Debian's were tried; the others are from their
// package indexes (packages.ubuntu.com, packages.fedoraproject.org, pkgs.alpinelinux.org, archlinux.org/packages,
// software.opensuse.org, formulae.brew.sh) and were not tried.
import { pythonRange } from './python-versions.mjs';

/**
 * @typedef {'runc' | 'uidmap' | 'libatomic' | 'python' | 'python-venv' | 'chromium' | 'headless-shell'} Need
 * @typedef {Record<Need, string>} Names
 */

/** Each need in words, for systems that are not listed below. @type {Names} */
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
 * @property {string[]} typed The arguments before the packages' names that a user would type.
 * @property {string[]} [alone] The same without questions. If missing, set-up never starts the package manager itself.
 * @property {string[]} [refresh] The arguments that update the list of packages.
 * @property {RegExp} [error] Finds the reason in the output of a failed installation.
 */

/** The package managers, by the name of their program. @type {Record<string, Manager>} */
export const managers = {
  'apt-get': {
    typed: ['install'],
    alone: ['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'],
    refresh: ['update', '-q', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=1'],
    error: /^E: (.*)$/m,
  },
  dnf: { typed: ['install'], alone: ['install', '-y'], error: /^(?:Error|Failed): (.*)$/m },
  apk: { typed: ['add'], alone: ['add', '--update-cache', '--no-progress'], error: /^ERROR: (.*)$/m },
  // No refresh, because Arch warns against a newer list without a full upgrade.
  pacman: { typed: ['-S', '--needed'], alone: ['-S', '--noconfirm', '--needed'], error: /^error: (.*)$/m },
  zypper: { typed: ['install'], alone: ['--non-interactive', 'install'] },
  brew: { typed: ['install'] },
};

/**
 * Ubuntu's package only fetches a snap, which starts neither as root nor in a container; Playwright provides its own
 * Chromium.
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
 * @property {string[]} ids ID or ID_LIKE in os-release(5); with the first number of its version if that is the only
 * version with these names.
 * @property {string} manager
 * @property {Partial<Names>} names
 * @property {Partial<Names>} [instead] Commands for needs that are not met by a package.
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
