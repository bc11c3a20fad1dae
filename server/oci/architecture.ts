/** What of the kernel's numbers the filter needs and differs from processor to processor. */
export interface Architecture {
  /** libseccomp's name for it. */
  seccomp: string;
  /** Of open's flags, as asm/fcntl.h has it: this bit of one is O_DIRECTORY of the other. */
  oDirect: number;
}

/**
 * The processors that sandboxes run on, by Node's name for them. Whoever adds one goes through all numbers of
 * `seccomp.ts` and `syscall-arguments.ts`.
 */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: { seccomp: 'SCMP_ARCH_X86_64', oDirect: 0o40_000 },
  arm64: { seccomp: 'SCMP_ARCH_AARCH64', oDirect: 0o200_000 },
};

/**
 * A processor's numbers, by Node's name for it. Throws an Error with one sentence when the filter is not written for
 * it.
 */
export function architectureOf(name: NodeJS.Architecture = process.arch): Architecture {
  const architecture = ARCHITECTURES[name];
  if (!architecture)
    throw new Error(
      'Sandboxes need an x86-64 or arm64 processor, for which the system-call filter is written; this ' +
        `machine's is ${name}.`,
    );
  return architecture;
}
