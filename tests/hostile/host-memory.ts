import { readFileSync } from 'node:fs';
import { KERNEL_FILES, uncountedBytes } from '../../server/oci/uncounted-memory.ts';

const SAMPLE_MS = 100;

/** What the kernel holds for itself and could not give back: objects, page tables, stacks, and what it does not count at all. Bytes. */
function kernelBytes(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const kibibytes = ['SUnreclaim', 'PageTables', 'KernelStack', 'Percpu'].map((name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0));
  return kibibytes.reduce((sum, size) => sum + size, 0) * 1024 + uncountedBytes(KERNEL_FILES);
}

/** Watches the memory of the host's kernel; what it returns ends that and tells by how many bytes it has grown at most. */
export function watchKernelMemory(): () => number {
  const before = kernelBytes();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, kernelBytes());
  }, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return most - before;
  };
}
