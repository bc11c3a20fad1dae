/**
 * What containers get of the processors in proportion to each other while there are not enough for all, as `cpu.shares`
 * counts it. A start that a reader waits for goes before the programs of readers who have their cluster: otherwise, in
 * a crowd, the last start ends when everything else does. What nobody waits for goes last. A start gets as much as 32
 * busy containers together, because some dozens of readers may be running programs while the others wait.
 */
export const SHARES = { inUse: 256, startedForReader: 8192, madeAhead: 64 } as const;

/** Returns what these shares are as a weight of control groups version 2, as runtimes convert them. */
export function weightOf(shares: number): number {
  return 1 + Math.floor(((shares - 2) * 9999) / 262_142);
}
