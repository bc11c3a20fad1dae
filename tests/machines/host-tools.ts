import { existsSync } from 'node:fs';
import { findExecutables } from '../../server/setup/run-command.mjs';
import type { Architecture, Machine } from './machines.ts';

/** Programs, each with its Debian package. */
const FOR_ALL = {
  debootstrap: 'debootstrap',
  'mkfs.ext4': 'e2fsprogs',
  debugfs: 'e2fsprogs',
  git: 'git',
  unshare: 'util-linux',
};
const FOR_ONE: Record<Architecture, Record<string, string>> = {
  amd64: { 'qemu-system-x86_64': 'qemu-system-x86' },
  arm64: { 'qemu-system-aarch64': 'qemu-system-arm' },
};
/** Where the kernel lists the interpreters for programs of other processors. */
const INTERPRETERS = '/proc/sys/fs/binfmt_misc';
const NODE_ARCHITECTURES: Record<string, Architecture> = { x64: 'amd64', arm64: 'arm64' };
const SYSTEM_PLACES = ['/usr/sbin', '/sbin'];

/**
 * Returns why these machines cannot be made here, in one sentence with the command to type; undefined when they can.
 */
export function whatIsMissing(machines: readonly Machine[]): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'Disks of machines are made by root on Linux: type "sudo npm run test:machines".';
  }
  const needed = Object.assign({}, FOR_ALL, ...machines.map(({ architecture }) => FOR_ONE[architecture])) as Record<
    string,
    string
  >;
  const missing = Object.keys(needed).filter((program) => findExecutables(program, SYSTEM_PLACES).length === 0);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((program) => needed[program]))];
    return `Not installed: ${missing.join(', ')}. Type "apt-get install ${packages.join(' ')}".`;
  }
  const foreign = machines.find((machine) => !isNative(machine));
  if (foreign && !existsSync(`${INTERPRETERS}/qemu-aarch64`)) {
    return (
      `Programs of ${foreign.architecture} do not run here, and the set-up of ${foreign.name} ` +
      'needs them: type "apt-get install qemu-user-static binfmt-support && update-binfmts ' +
      '--enable qemu-aarch64".'
    );
  }
  return undefined;
}

/** Whether it has the same kind of processor as this machine. */
export function isNative({ architecture }: Machine): boolean {
  return NODE_ARCHITECTURES[process.arch] === architecture;
}
