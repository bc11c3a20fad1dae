import { readFileSync } from 'node:fs';
import { readMeminfo } from './meminfo.ts';
import { pageBytes } from './page-size.ts';

/** The uses of memory in /proc/meminfo that the kernel counts. */
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

/** Reads the kernel's files about this machine's memory; tests replace it. */
export interface MemoryFiles {
  /** The text of /proc/meminfo. */
  meminfo(): string;
  /** The text of /proc/zoneinfo. */
  zoneinfo(): string;
}

/** The kernel's own files. */
export const KERNEL_FILES: MemoryFiles = {
  /** Reads /proc/meminfo. */
  meminfo: () => readFileSync('/proc/meminfo', 'utf8'),
  /** Reads /proc/zoneinfo. */
  zoneinfo: () => readFileSync('/proc/zoneinfo', 'utf8'),
};

/**
 * Returns how much memory is in use that no counter of the kernel includes, in bytes: pages of drivers and the network.
 * It includes free pages that are reserved for single processors; see `readyBytes`.
 */
export function uncountedBytes({ meminfo }: Pick<MemoryFiles, 'meminfo'>): number {
  const of = readMeminfo(meminfo());
  const counted = COUNTED.reduce((sum, name) => sum + of(name), of('HugePages_Total') * of('Hugepagesize'));
  return of('MemTotal') - counted;
}

/**
 * Returns the bytes of free pages on the lists of single processors, which MemFree does not include. They can be an
 * eighth of the machine's memory.
 */
export function readyBytes({ zoneinfo }: Pick<MemoryFiles, 'zoneinfo'>, page = pageBytes()): number {
  const counts = [...zoneinfo().matchAll(/^\s+count:\s+(\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0) * page;
}
