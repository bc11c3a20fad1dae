/** The kernel's numbers that the filter needs and that differ between processors. */
export interface Architecture {
  /** libseccomp's name of the architecture. */
  seccomp: string;
  /** O_DIRECT, from asm/fcntl.h. The same bit is O_DIRECTORY on the other processor. */
  oDirect: number;
}

/**
 * The processors that sandboxes support, by Node's names. When you add one, check all numbers in `seccomp.ts` and
 * `syscall-arguments.ts`.
 */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: { seccomp: 'SCMP_ARCH_X86_64', oDirect: 0o40_000 },
  arm64: { seccomp: 'SCMP_ARCH_AARCH64', oDirect: 0o200_000 },
};

/**
 * Returns a processor's numbers, by Node's name for it. Throws an Error with one sentence when the filter does not
 * support it.
 */
export function architectureOf(name: NodeJS.Architecture = process.arch): Architecture {
  const architecture = ARCHITECTURES[name];
  if (!architecture)
    throw new Error(
      'Sandboxes need an x86-64 or arm64 processor, because the system-call filter supports no others; this ' +
        `machine has ${name}.`,
    );
  return architecture;
}
