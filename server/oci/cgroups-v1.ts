import { writeFile } from 'node:fs/promises';
import {
  commonHierarchy,
  DISKS,
  disksIn,
  limitOf,
  read,
  usageIn,
  type FileOf,
  type Hierarchy,
} from './cgroup-hierarchy.ts';

/** Without a limit, version 1 reports the largest multiple of a page, which is above this. */
const UNLIMITED = 2 ** 62;

/** Control groups of version 1 (kernel.org/doc/Documentation/cgroup-v1), mounted at `roots`. */
export function cgroupsV1(fileOf: FileOf, roots: Set<string>, limitsSwap: boolean): Hierarchy {
  return {
    version: 1,
    limitsSwap,
    usage: (path) =>
      usageIn(fileOf, path, { memory: 'memory.usage_in_bytes', oomKills: 'memory.oom_control', statPrefix: 'total_' }),
    async limits(path) {
      const memory = Number(await read(fileOf('memory', path, 'memory.limit_in_bytes')));
      const quota = Number(await read(fileOf('cpu', path, 'cpu.cfs_quota_us')));
      const period = Number(await read(fileOf('cpu', path, 'cpu.cfs_period_us')));
      return {
        memoryBytes: memory > UNLIMITED ? Infinity : memory,
        pids: limitOf(await read(fileOf('pids', path, 'pids.max'))),
        cpus: quota < 0 ? Infinity : quota / period,
        disks: disksIn(await read(fileOf(DISKS[1], path, 'blkio.throttle.read_bps_device')).catch(() => '')),
      };
    },
    setShares: (path, shares) => writeFile(fileOf('cpu', path, 'cpu.shares'), String(shares)),
    socketBytes: async (path) => Number(await read(fileOf('memory', path, 'memory.kmem.tcp.usage_in_bytes'))),
    async limitDisk(path, disk, { bytes, operations }) {
      for (const [file, most] of [
        ['bps', bytes],
        ['iops', operations],
      ] as const) {
        for (const direction of ['read', 'write'])
          await writeFile(fileOf(DISKS[1], path, `blkio.throttle.${direction}_${file}_device`), `${disk} ${most}`);
      }
    },
    limitSockets: (path, bytes) => writeFile(fileOf('memory', path, 'memory.kmem.tcp.limit_in_bytes'), String(bytes)),
    reclaim: (path) => writeFile(fileOf('memory', path, 'memory.force_empty'), '0').catch(() => undefined),
    ...commonHierarchy(roots),
  };
}
