import { cpus, type CpuInfo } from 'node:os';

/** The counters of a shorter time say little, because the kernel advances them every 10 ms. */
const LEAST_MS = 200;

/**
 * Returns a function that returns how many of the machine's processors nobody has used since its last call, or since
 * this one; undefined when that was less than 0.2 s ago.
 */
export function freeProcessors(read: () => Pick<CpuInfo, 'times'>[] = cpus): () => number | undefined {
  let last = sum(read());
  return () => {
    const now = sum(read());
    const ms = (now.totalMs - last.totalMs) / now.count;
    if (!(ms >= LEAST_MS)) return undefined;
    const free = (now.idleMs - last.idleMs) / ms;
    last = now;
    return free;
  };
}

function sum(processors: Pick<CpuInfo, 'times'>[]): { count: number; idleMs: number; totalMs: number } {
  let idleMs = 0;
  let totalMs = 0;
  for (const { times } of processors) {
    idleMs += times.idle;
    totalMs += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { count: processors.length, idleMs, totalMs };
}
