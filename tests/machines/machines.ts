/** The processors that machines are made for: how Debian, and how QEMU, calls them. */
export type Architecture = 'amd64' | 'arm64';

/** A bare machine of Debian, on which a checkout is set up, started and tested. */
export interface Machine {
  name: string;
  /** As debootstrap knows it. */
  suite: string;
  architecture: Architecture;
  /** `distribution`: its own Node and npm, which must be 20 or newer. `here`: those of this machine are copied in. */
  node: 'distribution' | 'here';
  /** What this one has beyond the smallest machine: at least one has neither pip nor venv, for set-up to mend. */
  extra: string[];
}

/** Every machine that `npm run test:machines` knows. Another line here is another machine. */
export const MACHINES: readonly Machine[] = [
  { name: 'debian-12', suite: 'bookworm', architecture: 'amd64', node: 'here', extra: ['python3-venv'] },
  { name: 'debian-13', suite: 'trixie', architecture: 'amd64', node: 'distribution', extra: [] },
  { name: 'debian-13-arm64', suite: 'trixie', architecture: 'arm64', node: 'distribution', extra: [] },
];

/** What a minimal installation has, with a log-in of its own for each user: what desktops and servers have. */
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

/** The Debian packages of a machine, its kernel among them; Node is apart. */
export function packagesOf({ architecture, extra }: Machine): string[] {
  return [...COMMON, ...extra, `linux-image-cloud-${architecture}`];
}

/** Who tries it on a machine. */
export interface User {
  name: string;
  /** Where the checkout lies. */
  checkout: string;
  /** What makes them, where the bare machine has them not. */
  add?: string;
}

/** On each machine. The last is as the head of `deploy/bankrun.service` has it. */
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
