import { realpath, stat, statfs } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder in sysfs with a link for each block device, named by its numbers. */
const BLOCK_DEVICES = '/sys/dev/block';
/** TMPFS_MAGIC and RAMFS_MAGIC from linux/magic.h: file systems in memory. */
const MEMORY_TYPES = [0x0102_1994, 0x8584_58f6];

/**
 * Returns the disks of these files and folders, as control groups name them (`254:0`), and the paths whose disk is
 * unknown, because their file system has no device of its own (overlay, btrfs, network). Limits apply to whole disks,
 * so a partition counts as its disk. Paths in memory have no disk.
 */
export async function disksOf(paths: string[]): Promise<{ disks: string[]; unknown: string[] }> {
  const devices = await Promise.all(paths.map(async (path) => numbersOf((await stat(path, { bigint: true })).dev)));
  const disksOfDevices = new Map(
    await Promise.all([...new Set(devices)].map(async (device) => [device, await wholeDisk(device)] as const)),
  );
  const withoutDisk = paths.filter((_, index) => disksOfDevices.get(devices[index]!) === undefined);
  const inMemory = await Promise.all(withoutDisk.map(async (path) => MEMORY_TYPES.includes((await statfs(path)).type)));
  const unknown = withoutDisk.filter((_, index) => !inMemory[index]);
  return { disks: [...new Set(disksOfDevices.values())].filter((disk) => disk !== undefined), unknown };
}

/** Returns `major:minor` from a `dev_t`, as the C library packs it. */
function numbersOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xffff_f000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffff_ff00n);
  return `${major}:${minor}`;
}

async function wholeDisk(numbers: string): Promise<string | undefined> {
  const device = await realpath(join(BLOCK_DEVICES, numbers)).catch(() => undefined);
  if (device === undefined) return undefined;
  return existsSync(join(device, 'partition')) ? readFileSync(join(dirname(device), 'dev'), 'utf8').trim() : numbers;
}
