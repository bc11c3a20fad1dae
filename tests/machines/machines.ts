/** The processors that machines are made for, with Debian's and QEMU's names. */
export type Architecture = 'amd64' | 'arm64';

/** A bare Debian machine, on which a checkout is set up, started and tested. */
export interface Machine {
  name: string;
  /** debootstrap's name for it. */
  suite: string;
  architecture: Architecture;
  /**
   * `distribution`: its own Node and npm, which must be 20 or newer. `here`: those of this machine, which are copied.
   */
  node: 'distribution' | 'here';
  /**
   * What it has beyond the smallest machine. At least one machine has neither pip nor venv, so that set-up must add
   * them.
   */
  extra: string[];
}

/** Every machine of `npm run test:machines`. */
export const MACHINES: readonly Machine[] = [
  { name: 'debian-12', suite: 'bookworm', architecture: 'amd64', node: 'here', extra: ['python3-venv'] },
  { name: 'debian-13', suite: 'trixie', architecture: 'amd64', node: 'distribution', extra: [] },
  { name: 'debian-13-arm64', suite: 'trixie', architecture: 'arm64', node: 'distribution', extra: [] },
];

/** What a minimal installation has, plus login sessions, as on desktops and servers. */
const COMMON = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'dbus-user-session',
  'libpam-systemd',
  'udev',
  'uidmap',
  'python3',
  'git',
  'ca-certificates',
  'procps',
  'iproute2',
  'kmod',
  'apparmor',
  'sudo',
];

/** Returns the Debian packages of a machine, including its kernel but not Node. */
export function packagesOf({ architecture, extra }: Machine): string[] {
  return [...COMMON, ...extra, `linux-image-cloud-${architecture}`];
}

/** A user of a machine. */
export interface User {
  name: string;
  /** Where the checkout is. */
  checkout: string;
  /** The command that creates the user, if the bare machine does not have it. */
  add?: string;
}

/** The users of each machine. The last one is that of the head of `deploy/bankrun.service`. */
export const USERS = [
  { name: 'root', checkout: '/root/bankrun' },
  { name: 'reader', checkout: '/home/reader/bankrun' },
  {
    name: 'bankrun',
    checkout: '/srv/bankrun/app',
    add: `useradd --system --user-group --create-home --home-dir /srv/bankrun --shell /usr/sbin/nologin bankrun &&
      usermod --add-subuids 300000-365535 --add-subgids 300000-365535 bankrun`,
  },
] as const satisfies readonly User[];
