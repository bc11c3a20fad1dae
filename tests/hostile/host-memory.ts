import { readMeminfo } from '../../server/oci/meminfo.ts';
import { KERNEL_FILES, uncountedBytes } from '../../server/oci/uncounted-memory.ts';

const SAMPLE_MS = 100;

/**
 * Returns how many bytes the kernel keeps for itself and could not give back: objects, page tables, stacks, and what it
 * does not count at all.
 */
function kernelBytes(): number {
  const of = readMeminfo();
  return ['SUnreclaim', 'PageTables', 'KernelStack', 'Percpu'].reduce(
    (sum, name) => sum + of(name),
    uncountedBytes(KERNEL_FILES),
  );
}

/**
 * Watches the memory of the host's kernel. Returns a function that stops watching and returns by how many bytes the
 * memory grew at most.
 */
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
