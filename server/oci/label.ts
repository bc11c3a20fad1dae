import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/**
 * Returns what the server that keeps its state in this folder calls everything of its own, such as control groups, and
 * a number for its host ids. Two folders have different ones.
 */
export function labelOf(stateDir: string): { label: string; seed: number } {
  const digest = createHash('sha256').update(resolve(stateDir)).digest();
  return { label: `bankrun-${digest.toString('hex').slice(0, 12)}`, seed: digest.readUInt32BE(0) };
}
