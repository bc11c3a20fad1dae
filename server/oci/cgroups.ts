import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ceilingOf, type Ceiling } from './cgroup-ceiling.ts';
import { openOwnGroup } from './own-cgroup.ts';

/** Controllers without which a container would be unlimited. */
const NEEDED = ['memory', 'pids', 'cpu'] as const;
/** Used where it is there. */
const DISKS = { 1: 'blkio', 2: 'io' } as const;
type Controller = (typeof NEEDED)[number] | 'blkio';

/** A second, in each direction. */
export interface DiskRate {
  bytes: number;
  operations: number;
}

/** The control groups of this machine, version 1 or 2, as far as containers of ours need them. */
export interface Cgroups extends Hierarchy {
  /** The group that those of our containers are made in, below each controller's mount. */
  readonly parent: string;
  /** What all containers together may have, whatever is granted to each. */
  readonly ceiling: Ceiling;
}

interface Hierarchy {
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

/** Where each controller is mounted, from `/proc/self/mountinfo`; with version 2 they share one place. */
function mountsOf(mountinfo: string): { v1: Map<string, string>; v2: string | undefined } {
  const v1 = new Map<string, string>();
  let v2: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type, , options = ''] = after.split(' ');
    if (point === undefined) continue;
    if (type === 'cgroup') for (const name of options.split(',')) v1.set(name, point);
    if (type === 'cgroup2') v2 = point;
  }
  return { v1, v2 };
}

/**
 * Finds the control groups, makes one of that name and proves that groups can be made in it for each needed controller.
 * Throws an Error with one sentence naming what is missing.
 */
export async function openCgroups(
  name: string,
  isMachinesRoot: boolean,
  mountinfo = readFileSync('/proc/self/mountinfo', 'utf8'),
): Promise<Cgroups> {
  const { v1, v2 } = mountsOf(mountinfo);
  const isV1 = NEEDED.every((name) => v1.has(name));
  const isV2 = !isV1 && v2 !== undefined && existsSync(join(v2, 'cgroup.controllers'));
  if (!isV1 && !isV2) {
    const missing = NEEDED.filter((name) => !v1.has(name));
    throw new Error(
      `The kernel’s control groups are not there for: ${missing.join(', ')}. Mount /sys/fs/cgroup, or start the server where it is mounted.`,
    );
  }
  const own = isV2 ? await openOwnGroup(v2 ?? '', isMachinesRoot) : '/';
  const parent = join(own, name);
  // Beside version 1, version 2 may be mounted without controllers: runc makes groups there too.
  const roots = new Set([...(isV1 ? v1.values() : []), ...(v2 === undefined ? [] : [v2])]);
  for (const root of isV1 ? new Set(NEEDED.map((name) => v1.get(name) ?? '')) : roots) {
    const place = join(root, parent);
    await mkdir(place, { recursive: true }).catch((cause: unknown) => {
      throw new Error(
        `Control groups cannot be made in ${root}: start the server as root, or in a container as SECURITY.md says.`,
        { cause },
      );
    });
  }
  if (isV2) await delegate(join(v2 ?? '', own), name);
  const at = (controller: Controller, path: string, file: string): string =>
    join(isV1 ? (v1.get(controller) ?? '') : (v2 ?? ''), path, file);
  const cgroups = isV1
    ? version1(at, roots, existsSync(at('memory', parent, 'memory.memsw.limit_in_bytes')))
    : version2(at, roots);
  const ceiling = isV2 ? await ceilingOf(v2 ?? '', own) : { memoryBytes: Infinity, pids: Infinity };
  return { ...cgroups, parent, ceiling };
}

/** Hands the controllers down to our group, and in it to those of containers. */
async function delegate(own: string, name: string): Promise<void> {
  for (const place of [own, join(own, name)]) {
    const enabled = (await readFile(join(place, 'cgroup.subtree_control'), 'utf8')).trim().split(' ');
    for (const needed of NEEDED.filter((controller) => !enabled.includes(controller))) {
      await writeFile(join(place, 'cgroup.subtree_control'), `+${needed}`).catch((cause: unknown) => {
        throw new Error(
          `The ${needed} limit cannot be handed to containers in ${place}: start the server in a control group of its own (systemd: Delegate=cpu memory pids io), or in a container as SECURITY.md says.`,
          { cause },
        );
      });
    }
    // Not all that hand down the others have it; `limitDisk` tells.
    if (!enabled.includes(DISKS[2]))
      await writeFile(join(place, 'cgroup.subtree_control'), `+${DISKS[2]}`).catch(() => undefined);
  }
}

type At = (controller: Controller, path: string, file: string) => string;
const read = (file: string): Promise<string> => readFile(file, 'utf8');
const numberOf = (text: string): number => (text.trim() === 'max' ? Infinity : Number(text));
const fieldOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
/**
 * Pages of files, bytes: programs and libraries that all sandboxes share, charged to whichever read them first. The
 * kernel takes them back before anything ends for want of memory. What lies in a tmpfs is not among them.
 */
const filePages = (stat: string, prefix: string): number =>
  fieldOf(stat, `${prefix}active_file`) + fieldOf(stat, `${prefix}inactive_file`);
/** One line for each disk with a limit. */
const disksIn = (text: string): string[] => [...text.matchAll(/^(\d+:\d+) /gm)].map(([, disk]) => disk ?? '');
/** Version 1 writes the largest multiple of a page instead of no limit. */
const V1_UNLIMITED = 2 ** 62;

function version1(at: At, roots: Set<string>, limitsSwap: boolean): Hierarchy {
  return {
    version: 1,
    limitsSwap,
    async usage(path) {
      const [memory, stat, oom, processes] = await Promise.all([
        read(at('memory', path, 'memory.usage_in_bytes')),
        read(at('memory', path, 'memory.stat')).catch(() => ''),
        read(at('memory', path, 'memory.oom_control')),
        read(at('pids', path, 'pids.current')),
      ]);
      return {
        memoryBytes: Number(memory) - filePages(stat, 'total_'),
        oomKills: fieldOf(oom, 'oom_kill'),
        processes: Number(processes),
      };
    },
    async limits(path) {
      const memory = Number(await read(at('memory', path, 'memory.limit_in_bytes')));
      const quota = Number(await read(at('cpu', path, 'cpu.cfs_quota_us')));
      const period = Number(await read(at('cpu', path, 'cpu.cfs_period_us')));
      return {
        memoryBytes: memory > V1_UNLIMITED ? Infinity : memory,
        pids: numberOf(await read(at('pids', path, 'pids.max'))),
        cpus: quota < 0 ? Infinity : quota / period,
        disks: disksIn(await read(at(DISKS[1], path, 'blkio.throttle.read_bps_device')).catch(() => '')),
      };
    },
    socketBytes: async (path) => Number(await read(at('memory', path, 'memory.kmem.tcp.usage_in_bytes'))),
    async limitDisk(path, disk, { bytes, operations }) {
      for (const [file, most] of [
        ['bps', bytes],
        ['iops', operations],
      ] as const) {
        for (const direction of ['read', 'write'])
          await writeFile(at(DISKS[1], path, `blkio.throttle.${direction}_${file}_device`), `${disk} ${most}`);
      }
    },
    limitSockets: (path, bytes) => writeFile(at('memory', path, 'memory.kmem.tcp.limit_in_bytes'), String(bytes)),
    reclaim: (path) => writeFile(at('memory', path, 'memory.force_empty'), '0').catch(() => undefined),
    ...common(roots),
  };
}

function version2(at: At, roots: Set<string>): Hierarchy {
  return {
    version: 2,
    limitsSwap: true,
    async usage(path) {
      const [memory, stat, events, processes] = await Promise.all([
        read(at('memory', path, 'memory.current')),
        read(at('memory', path, 'memory.stat')).catch(() => ''),
        read(at('memory', path, 'memory.events')),
        read(at('pids', path, 'pids.current')),
      ]);
      return {
        memoryBytes: Number(memory) - filePages(stat, ''),
        oomKills: fieldOf(events, 'oom_kill'),
        processes: Number(processes),
      };
    },
    async limits(path) {
      const [quota = 'max', period = '100000'] = (await read(at('cpu', path, 'cpu.max'))).trim().split(' ');
      return {
        memoryBytes: numberOf(await read(at('memory', path, 'memory.max'))),
        pids: numberOf(await read(at('pids', path, 'pids.max'))),
        cpus: numberOf(quota) / Number(period),
        disks: disksIn(await read(at('memory', path, 'io.max')).catch(() => '')),
      };
    },
    socketBytes: async (path) => fieldOf(await read(at('memory', path, 'memory.stat')), 'sock'),
    limitDisk: (path, disk, { bytes, operations }) =>
      writeFile(
        at('memory', path, 'io.max'),
        `${disk} rbps=${bytes} wbps=${bytes} riops=${operations} wiops=${operations}`,
      ),
    limitSockets: () => Promise.resolve(),
    async reclaim(path) {
      const used = await read(at('memory', path, 'memory.current')).catch(() => '0');
      await writeFile(at('memory', path, 'memory.reclaim'), used.trim()).catch(() => undefined);
    },
    ...common(roots),
  };
}

function common(roots: Set<string>): Pick<Hierarchy, 'pids' | 'remove' | 'children'> {
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
