import {
  closeSync,
  existsSync,
  globSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../server/setup/run-command.mjs';
import { doOrThrow } from './doing.ts';
import type { Places } from './files.ts';
import { isNative } from './host-tools.ts';
import type { Architecture, Machine } from './machines.ts';

const DISK = '10G';
const MEMORY = '6G';
const MKFS_MS = 10 * 60_000;
const KVM_TRIAL_MS = 20_000;
/** Emulated, an hour of the machine's own time takes several. */
const WHOLE_MS = 8 * 3_600_000;
const LOOK_MS = 1000;

/**
 * An emulated processor is slow, and how slow depends on what else runs here: deadlines would pass for no other reason.
 * So its clock is bound to its work: 2^1 ns for each instruction. By its own clock it is then a machine of half a
 * billion instructions a second, always, and every deadline (ours, systemd's, the kernel's) means what it means
 * elsewhere. One processor: with such a clock Linux 6.1 hangs where it starts a second one.
 */
const EMULATION = ['-accel', 'tcg,thread=single', '-icount', 'shift=1', '-rtc', 'base=utc,clock=vm', '-smp', '1'];

const BOARDS: Record<Architecture, { program: string; board: string[]; emulated: string[]; console: string }> = {
  amd64: { program: 'qemu-system-x86_64', board: ['-machine', 'q35'], emulated: ['-cpu', 'max'], console: 'ttyS0' },
  // The real algorithm for signing pointers costs an emulated processor half its speed.
  arm64: {
    program: 'qemu-system-aarch64',
    board: ['-machine', 'virt'],
    emulated: ['-cpu', 'max,pauth-impdef=on'],
    console: 'ttyAMA0',
  },
};

/**
 * Makes the disk, boots it, and waits until the machine has turned itself off; its logs then lie in `places.log`.
 * Throws an Error.
 */
export async function boot(machine: Machine, places: Places, say: (line: string) => void): Promise<void> {
  const { program, board, emulated, console } = BOARDS[machine.architecture];
  rmSync(places.disk, { force: true });
  await doOrThrow('mkfs.ext4', ['-q', '-F', '-d', places.root, places.disk, DISK], MKFS_MS);
  const [kernel, initrd] = ['vmlinuz', 'initrd'].map((name) => globSync(join(places.root, `boot/${name}*`))[0]);
  if (!kernel || !initrd) throw new Error(`${machine.name} has no kernel in /boot.`);
  const start = [...board, '-display', 'none', '-no-reboot', '-nic', 'none', '-kernel', kernel];
  const isKvm = isNative(machine) && (await kvmWorks(program, start, console));
  say(isKvm ? 'on this processor' : 'emulated, with a clock of its own');
  const consoleLog = join(places.log, 'console.log');
  const live = join(places.log, 'live.log');
  const append = `root=/dev/vda rw console=${console} panic=1 systemd.unit=multi-user.target`;
  const args = [
    ...start,
    ...(isKvm ? KVM : [...EMULATION, ...emulated]),
    '-m',
    MEMORY,
    '-serial',
    `file:${consoleLog}`,
  ];
  args.push('-initrd', initrd, '-drive', `file=${places.disk},if=virtio,format=raw,cache=unsafe`, '-append', append);
  args.push(
    '-device',
    'virtio-serial',
    '-chardev',
    `file,id=live,path=${live}`,
    '-device',
    'virtserialport,chardev=live,name=probe',
  );
  const stopFollowing = follow(live, say);
  let said = '';
  try {
    const { ok, output, why } = await runCommand(program, args, { timeoutMs: WHOLE_MS });
    if (!ok) throw new Error(`${program} failed (${why}): ${output}`);
    said = output;
  } finally {
    stopFollowing();
    await takeLogs(places);
  }
  if (!existsSync(join(places.log, 'results')))
    throw new Error(
      `${machine.name} was booted and ended before its first check did: see ${consoleLog}. ${said}`.trim(),
    );
}

const KVM = ['-accel', 'kvm', '-cpu', 'host', '-smp', '2'];

/** Some machines have /dev/kvm and cannot use it: nothing comes of a processor there, or QEMU hangs. */
async function kvmWorks(program: string, start: string[], console: string): Promise<boolean> {
  if (!existsSync('/dev/kvm')) return false;
  const trial = [...start, ...KVM, '-m', '256M', '-serial', 'stdio', '-append', `console=${console} panic=-1`];
  const { output } = await runCommand(program, trial, { timeoutMs: KVM_TRIAL_MS });
  return output.includes('Linux version');
}

/** Says how far the probe is, among what its checks print, until told to stop. */
function follow(file: string, say: (line: string) => void): () => void {
  let at = 0;
  let rest = '';
  const look = (): void => {
    if (!existsSync(file)) return;
    const fd = openSync(file, 'r');
    const buffer = Buffer.alloc(1 << 16);
    for (
      let size = readSync(fd, buffer, 0, buffer.length, at);
      size > 0;
      size = readSync(fd, buffer, 0, buffer.length, at)
    ) {
      at += size;
      rest += buffer.toString('latin1', 0, size);
    }
    closeSync(fd);
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const told = /^probe: (.*)$/.exec(Buffer.from(line, 'latin1').toString())?.[1];
      if (told !== undefined) say(told);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    look();
  };
}

/** Without a mount: the machine may have been cut off while it wrote. */
async function takeLogs({ disk, log }: Places): Promise<void> {
  await runCommand('e2fsck', ['-fy', disk], { timeoutMs: MKFS_MS });
  // It makes a folder of that name, and stops where there is one.
  await runCommand('debugfs', ['-R', `rdump /opt/probe/log ${log}`, disk], { timeoutMs: MKFS_MS });
  const taken = join(log, 'log');
  if (!existsSync(taken)) return;
  for (const name of readdirSync(taken)) renameSync(join(taken, name), join(log, name));
  rmdirSync(taken);
}

/** A line of `results`: how a check ended. */
export interface Result {
  user: string;
  check: string;
  exitCode: number;
  seconds: number;
}

/** What the machine said of its checks, as far as it came. */
export function readResults({ log }: Places): Result[] {
  const file = join(log, 'results');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [user = '', check = '', code, seconds] = line.split('\t');
      return { user, check, exitCode: Number(code), seconds: Number(seconds) };
    });
}
