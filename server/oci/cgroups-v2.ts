import { writeFile } from 'node:fs/promises';
import {
  commonHierarchy,
  disksIn,
  fieldOf,
  limitOf,
  read,
  usageIn,
  type FileOf,
  type Hierarchy,
} from './cgroup-hierarchy.ts';
import { weightOf } from './processor-shares.ts';

/** Control groups of version 2 (kernel.org/doc/Documentation/admin-guide/cgroup-v2.rst), mounted at `roots`. */
export function cgroupsV2(fileOf: FileOf, roots: Set<string>): Hierarchy {
  return {
    version: 2,
    limitsSwap: true,
    usage: (path) => usageIn(fileOf, path, { memory: 'memory.current', oomKills: 'memory.events', statPrefix: '' }),
    async limits(path) {
      const [quota = 'max', period = '100000'] = (await read(fileOf('cpu', path, 'cpu.max'))).trim().split(' ');
      return {
        memoryBytes: limitOf(await read(fileOf('memory', path, 'memory.max'))),
        pids: limitOf(await read(fileOf('pids', path, 'pids.max'))),
        cpus: limitOf(quota) / Number(period),
        disks: disksIn(await read(fileOf('memory', path, 'io.max')).catch(() => '')),
      };
    },
    setShares: (path, shares) => writeFile(fileOf('cpu', path, 'cpu.weight'), String(weightOf(shares))),
    socketBytes: async (path) => fieldOf(await read(fileOf('memory', path, 'memory.stat')), 'sock'),
    limitDisk: (path, disk, { bytes, operations }) =>
      writeFile(
        fileOf('memory', path, 'io.max'),
        `${disk} rbps=${bytes} wbps=${bytes} riops=${operations} wiops=${operations}`,
      ),
    limitSockets: () => Promise.resolve(),
    async reclaim(path) {
      const used = await read(fileOf('memory', path, 'memory.current')).catch(() => '0');
      await writeFile(fileOf('memory', path, 'memory.reclaim'), used.trim()).catch(() => undefined);
    },
    ...commonHierarchy(roots),
  };
}
