import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Controllers without which a container would be unlimited. */
export const NEEDED = ['memory', 'pids', 'cpu'] as const;
/** The controller of disks, by the version of control groups; used where it exists. */
export const DISKS = { 1: 'blkio', 2: 'io' } as const;
/** A controller, by the name that version 1 has for it. */
type Controller = (typeof NEEDED)[number] | 'blkio';

/** What may be read from a disk, and written to it, in a second. */
export interface DiskRate {
  bytes: number;
  operations: number;
}

/** Where a file of a group lies, for one of its controllers. */
export type FileOf = (controller: Controller, group: string, file: string) => string;

/** The control groups of one version, as far as our containers need them. Groups are named by their paths. */
export interface Hierarchy {
  readonly version: 1 | 2;
  /** Whether memory and swap together can be limited. */
  readonly limitsSwap: boolean;
  usage(path: string): Promise<{ memoryBytes: number; oomKills: number; processes: number }>;
  /**
   * The limits in force, read back from the kernel; Infinity where there is none. `disks` are those of which reading is
   * limited.
   */
  limits(path: string): Promise<{ memoryBytes: number; pids: number; cpus: number; disks: string[] }>;
  /**
   * Bounds what TCP sockets buffer. Version 1 counts that apart from memory, without a limit; in version 2 it is
   * memory.
   */
  limitSockets(path: string, bytes: number): Promise<void>;
  /** What the group's TCP sockets are charged for, bytes. */
  socketBytes(path: string): Promise<number>;
  /** Bounds what the group reads from a disk, and writes to it, a second. Rejects where the kernel cannot. */
  limitDisk(path: string, disk: string, rate: DiskRate): Promise<void>;
  /** Host pids in the group, of all controllers. */
  pids(path: string): Promise<number[]>;
  /** Gives back the cached memory of a group whose processes are gone; else it stays charged after its removal. */
  reclaim(path: string): Promise<void>;
  /** Removes the group and the empty groups in it. What has processes stays. */
  remove(path: string): Promise<void>;
  /** Names of the groups directly below. */
  children(path: string): Promise<string[]>;
}

/** Reads a file of a group. */
export const read = (file: string): Promise<string> => readFile(file, 'utf8');

/** Returns a limit as a number: Infinity where there is none. */
export const limitOf = (text: string): number => (text.trim() === 'max' ? Infinity : Number(text));

/** Returns a figure of a file with one name and number per line; 0 when it is not among them. */
export const fieldOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

/**
 * Returns the pages of files in a `memory.stat`, bytes: programs and libraries that all sandboxes share, charged to
 * whichever read them first. The kernel takes them back before anything ends for want of memory. What lies in a tmpfs
 * is not among them.
 */
const filePages = (stat: string, prefix: string): number =>
  fieldOf(stat, `${prefix}active_file`) + fieldOf(stat, `${prefix}inactive_file`);

/** The files of a group that its usage is read from, and what the names in `memory.stat` begin with. */
interface UsageFiles {
  memory: string;
  oomKills: string;
  statPrefix: string;
}

/** Returns what a group uses; its memory without pages of files (see `filePages`). */
export async function usageIn(fileOf: FileOf, path: string, files: UsageFiles): ReturnType<Hierarchy['usage']> {
  const [memory, stat, kills, processes] = await Promise.all([
    read(fileOf('memory', path, files.memory)),
    read(fileOf('memory', path, 'memory.stat')).catch(() => ''),
    read(fileOf('memory', path, files.oomKills)),
    read(fileOf('pids', path, 'pids.current')),
  ]);
  return {
    memoryBytes: Number(memory) - filePages(stat, files.statPrefix),
    oomKills: fieldOf(kills, 'oom_kill'),
    processes: Number(processes),
  };
}

/** Returns the disks that a file with one line for each limited disk names. */
export const disksIn = (text: string): string[] => [...text.matchAll(/^(\d+:\d+) /gm)].map(([, disk]) => disk ?? '');

/** What is the same in both versions. `roots`: where they are mounted. */
export function commonHierarchy(roots: Set<string>): Pick<Hierarchy, 'pids' | 'remove' | 'children'> {
  const below = async (place: string): Promise<string[]> => {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  };
  const removeAt = async (place: string): Promise<void> => {
    for (const name of await below(place)) await removeAt(join(place, name));
    await rmdir(place).catch(() => undefined);
  };
  return {
    async pids(path) {
      const lists = await Promise.all([...roots].map((root) => read(join(root, path, 'cgroup.procs')).catch(() => '')));
      return [...new Set(lists.flatMap((list) => list.split('\n').filter(Boolean).map(Number)))];
    },
    async remove(path) {
      for (const root of roots) await removeAt(join(root, path));
    },
    async children(path) {
      const names = await Promise.all([...roots].map((root) => below(join(root, path))));
      return [...new Set(names.flat())];
    },
  };
}
