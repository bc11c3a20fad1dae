import { readFileSync } from 'node:fs';
import { readMeminfo } from './meminfo.ts';
import { pageBytes } from './page-size.ts';

/** What /proc/meminfo says of each use of memory that the kernel counts. */
const COUNTED = [
  'MemFree',
  'Active',
  'Inactive',
  'Unevictable',
  'Slab',
  'PageTables',
  'SecPageTables',
  'KernelStack',
  'Percpu',
];

/** Reads what the kernel tells about this machine's memory; a test puts something else there. */
export interface MemoryFiles {
  /** The text of /proc/meminfo. */
  meminfo(): string;
  /** The text of /proc/zoneinfo. */
  zoneinfo(): string;
}

/** The kernel's own files. */
export const KERNEL_FILES: MemoryFiles = {
  /** As the machine has it now. */
  meminfo: () => readFileSync('/proc/meminfo', 'utf8'),
  /** The same for the lists of free pages. */
  zoneinfo: () => readFileSync('/proc/zoneinfo', 'utf8'),
};

/**
 * Memory of this machine that is in use, but of nothing that the kernel counts, in bytes: what drivers and the network
 * have taken as whole pages. Pages that processors keep ready for themselves are among it; see `readyBytes`.
 */
export function uncountedBytes({ meminfo }: Pick<MemoryFiles, 'meminfo'>): number {
  const of = readMeminfo(meminfo());
  const counted = COUNTED.reduce((sum, name) => sum + of(name), of('HugePages_Total') * of('Hugepagesize'));
  return of('MemTotal') - counted;
}

/**
 * Free pages on the lists of single processors, which MemFree leaves out; they can be an eighth of the machine. Bytes.
 */
export function readyBytes({ zoneinfo }: Pick<MemoryFiles, 'zoneinfo'>, page = pageBytes()): number {
  const counts = [...zoneinfo().matchAll(/^\s+count:\s+(\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0) * page;
}
