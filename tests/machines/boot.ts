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
/** When emulated, one hour on the machine's clock takes several. */
const WHOLE_MS = 8 * 3_600_000;
const LOOK_MS = 1000;

/**
 * An emulated processor is slow, and how slow depends on what else runs here: deadlines would pass for this reason
 * alone. So its clock is tied to its work: 2^1 ns for each instruction. By its own clock the machine then always does
 * half a billion instructions a second, and every deadline (ours, systemd's, the kernel's) means what it means
 * elsewhere. There is one processor: with such a clock Linux 6.1 hangs when it starts a second one.
 */
const EMULATION = ['-accel', 'tcg,thread=single', '-icount', 'shift=1', '-rtc', 'base=utc,clock=vm', '-smp', '1'];

const BOARDS: Record<Architecture, { program: string; board: string[]; emulated: string[]; console: string }> = {
  amd64: { program: 'qemu-system-x86_64', board: ['-machine', 'q35'], emulated: ['-cpu', 'max'], console: 'ttyS0' },
  // The standard algorithm for signing pointers costs an emulated processor half its speed.
  arm64: {
    program: 'qemu-system-aarch64',
    board: ['-machine', 'virt'],
    emulated: ['-cpu', 'max,pauth-impdef=on'],
    console: 'ttyAMA0',
  },
};

/**
 * Makes the disk, boots it, and waits until the machine has turned itself off; its logs are then in `places.log`.
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

/** Some machines have /dev/kvm and cannot use it: no processor can be created, or QEMU hangs. */
async function kvmWorks(program: string, start: string[], console: string): Promise<boolean> {
  if (!existsSync('/dev/kvm')) return false;
  const trial = [...start, ...KVM, '-m', '256M', '-serial', 'stdio', '-append', `console=${console} panic=-1`];
  const { output } = await runCommand(program, trial, { timeoutMs: KVM_TRIAL_MS });
  return output.includes('Linux version');
}

/** Reports the progress of the probe from the output of its checks. Returns a function that stops it. */
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

/** Reads the logs without mounting the disk: the machine may have been cut off while it was writing. */
async function takeLogs({ disk, log }: Places): Promise<void> {
  await runCommand('e2fsck', ['-fy', disk], { timeoutMs: MKFS_MS });
  // debugfs creates a folder with this name, and fails if it exists.
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

/** Returns the results of the checks that the machine finished. */
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
