import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The controllers that are required, because a container would be unlimited without them. */
export const NEEDED = ['memory', 'pids', 'cpu'] as const;
/** The controller for disks, by the version of control groups; optional. */
export const DISKS = { 1: 'blkio', 2: 'io' } as const;
/** A controller, by its name in version 1. */
type Controller = (typeof NEEDED)[number] | 'blkio';

/** How much may be read from a disk per second, and as much written to it. */
export interface DiskRate {
  bytes: number;
  operations: number;
}

/** Returns the path of a group's file for one controller. */
export type FileOf = (controller: Controller, group: string, file: string) => string;

/** The operations on control groups that containers need, for one version. Groups are named by their paths. */
export interface Hierarchy {
  readonly version: 1 | 2;
  /** Whether memory and swap together can be limited. */
  readonly limitsSwap: boolean;
  usage(path: string): Promise<{ memoryBytes: number; oomKills: number; processes: number }>;
  /**
   * Returns the limits in force, read back from the kernel; Infinity when there is none. `disks` are the disks for
   * which reading is limited.
   */
  limits(path: string): Promise<{ memoryBytes: number; pids: number; cpus: number; disks: string[] }>;
  /**
   * Limits the buffers of TCP sockets. Version 1 counts them separately from memory, without a limit; version 2 counts
   * them as memory.
   */
  limitSockets(path: string, bytes: number): Promise<void>;
  /** Sets the group's shares of the processors, see `SHARES`. Rejects when the kernel refuses. */
  setShares(path: string, shares: number): Promise<void>;
  /** Returns how many bytes the group's TCP sockets are charged. */
  socketBytes(path: string): Promise<number>;
  /** Limits what the group reads from a disk and writes to it per second. Rejects when the kernel cannot. */
  limitDisk(path: string, disk: string, rate: DiskRate): Promise<void>;
  /** Returns the host pids of the processes in the group. */
  pids(path: string): Promise<number[]>;
  /**
   * Frees the cached memory of a group without processes; otherwise it would stay charged after the group's removal.
   */
  reclaim(path: string): Promise<void>;
  /** Removes the group and the groups in it. Groups with processes are kept. */
  remove(path: string): Promise<void>;
  /** Returns the names of the groups directly below. */
  children(path: string): Promise<string[]>;
}

/** Reads a file of a group. */
export const read = (file: string): Promise<string> => readFile(file, 'utf8');

/** Returns a limit as a number: Infinity for `max`. */
export const limitOf = (text: string): number => (text.trim() === 'max' ? Infinity : Number(text));

/** Returns the number after `name` in a file with one name and number per line; 0 when it is missing. */
export const fieldOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

/**
 * Returns the bytes of cached file pages in a `memory.stat`: programs and libraries that all sandboxes share, charged
 * to whichever group read them first. The kernel reclaims them before it kills anything. Files in a tmpfs are not
 * included.
 */
const filePages = (stat: string, prefix: string): number =>
  fieldOf(stat, `${prefix}active_file`) + fieldOf(stat, `${prefix}inactive_file`);

/** The files from which a group's usage is read, and the prefix of names in `memory.stat`. */
interface UsageFiles {
  memory: string;
  oomKills: string;
  statPrefix: string;
}

/** Returns a group's usage; its memory does not include cached file pages (see `filePages`). */
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

/** Returns the disks in a file that has a line for each limited disk. */
export const disksIn = (text: string): string[] => [...text.matchAll(/^(\d+:\d+) /gm)].map(([, disk]) => disk ?? '');

/** Returns the operations that are the same in both versions. `roots` are the mount points. */
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
