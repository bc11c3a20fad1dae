import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log } from '../../../server/log.ts';
import { MemoryGuard, type Guarded } from '../../../server/oci/memory-guard.ts';
import { pageBytes } from '../../../server/oci/page-size.ts';
import { KERNEL_FILES, readyBytes, uncountedBytes } from '../../../server/oci/uncounted-memory.ts';

const MIB = 1 << 20;

beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => vi.restoreAllMocks());

describe('memory for which nobody is charged', () => {
  test('is what is used beyond everything that the kernel counts', () => {
    const meminfo = (): string =>
      [
        'MemTotal:  1000 kB',
        'MemFree: 100 kB',
        'Active: 200 kB',
        'Active(anon): 150 kB',
        'Inactive: 50 kB',
        'Unevictable: 10 kB',
        'Slab: 40 kB',
        'PageTables: 5 kB',
        'KernelStack: 5 kB',
        'Percpu: 10 kB',
        'HugePages_Total: 2',
        'Hugepagesize: 40 kB',
        '',
      ].join('\n');
    expect(uncountedBytes({ meminfo })).toBe(500 * 1024);
  });

  test('is known for this machine', () => {
    expect(uncountedBytes(KERNEL_FILES)).toBeGreaterThan(0);
    expect(readyBytes(KERNEL_FILES)).toBeGreaterThan(0);
  });

  test('includes what processors keep ready, in pages of this kernel’s size', () => {
    const zoneinfo = (): string => '    cpu: 0\n              count:    3\n    cpu: 1\n              count:    4\n';
    expect(readyBytes({ zoneinfo }, 16_384)).toBe(7 * 16_384);
    expect(readyBytes({ zoneinfo })).toBe(7 * Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' })));
  });
});

describe('the guard of the machine’s memory', () => {
  let usedMiB: number;
  let readyMiB: number;
  let nowMs: number;
  let containers: Guarded[];
  let guard: MemoryGuard;
  let said: string[];
  const container = (id: string, socketKiB: number, isRunning = true): Guarded => ({
    id,
    socketBytes: async () => socketKiB << 10,
    endRuns: (sentence) => isRunning && said.push(sentence) > 0,
    end: () => said.push(`${id} is removed`),
  });
  /** Returns what the guard does after memory has had time to be freed. */
  const look = (): Promise<string[]> => guard.look((nowMs += 1000));
  beforeEach(async () => {
    [usedMiB, readyMiB, nowMs, said] = [100, 0, 0, []];
    const files = {
      meminfo: () => `MemTotal: ${8192 * 1024} kB\nMemFree: ${(8192 - usedMiB) * 1024} kB\n`,
      zoneinfo: () =>
        `  cpu: 0\n              count:    ${(readyMiB * MIB) / pageBytes()}\n              high:     9\n`,
    };
    guard = new MemoryGuard(() => containers, 256 * MIB, log, files);
    containers = [container('a', 900), container('b', 40), container('c', 500), container('d', 8)];
    expect(await look()).toEqual([]);
  });

  test('does nothing while little memory has gone', async () => {
    usedMiB += 256;
    expect(await look()).toEqual([]);
  });

  test('ends the run whose sockets hold most, tells its reader, and spares others if that helped', async () => {
    usedMiB += 257;
    expect(await look()).toEqual(['a']);
    expect(said).toEqual([expect.stringMatching(/^Ended: .*memory/)]);
    usedMiB -= 257;
    expect(await look()).toEqual([]);
    usedMiB += 257;
    expect(await look()).toEqual(['a']);
  });

  test('waits for memory to be freed before it goes on', async () => {
    usedMiB += 257;
    expect(await guard.look((nowMs += 1000))).toEqual(['a']);
    expect(await guard.look((nowMs += 100))).toEqual([]);
  });

  test('goes on to all runs that hold much, and then to their containers', async () => {
    usedMiB += 257;
    expect([await look(), await look(), await look()]).toEqual([['a'], ['a', 'c'], ['a', 'c']]);
    expect(said.slice(3)).toEqual(['a is removed', 'c is removed']);
  });

  test('ends a container in which nothing runs, because its engine may hold the memory', async () => {
    usedMiB += 257;
    containers = [container('idle', 900, false), container('b', 40)];
    expect(await look()).toEqual(['idle']);
    expect(said).toEqual(['idle is removed']);
  });

  test('blames nobody when no sockets hold anything, until the memory grows further', async () => {
    usedMiB += 300;
    containers = [container('d', 8)];
    expect(await look()).toEqual([]);
    containers = [container('a', 900)];
    expect(await look()).toEqual([]);
    usedMiB += 257;
    expect(await look()).toEqual(['a']);
  });

  test('measures from the time of least use', async () => {
    usedMiB -= 50;
    await look();
    usedMiB += 257;
    expect(await look()).toEqual(['a']);
  });

  test('ignores pages that processors keep ready', async () => {
    usedMiB += 400;
    readyMiB = 150;
    expect(await look()).toEqual([]);
    readyMiB = 0;
    expect(await look()).toEqual(['a']);
  });

  test('skips containers that do not answer', async () => {
    usedMiB += 257;
    containers = [
      { ...container('gone', 900), socketBytes: () => Promise.reject(new Error('gone')) },
      container('b', 40),
    ];
    expect(await look()).toEqual(['b']);
  });
});
