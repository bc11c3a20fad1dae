import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runtimeDirectory } from '../../server/oci/runtime-directory.ts';

const GROUPS = '/sys/fs/cgroup';

/** By which a server that keeps its state there marks what it makes. */
export function labelOf(stateDir: string): string {
  return `bankrun-${createHash('sha256').update(resolve(stateDir)).digest('hex').slice(0, 12)}`;
}

/**
 * Where a server makes its control group: at the root of either version, or, without root, in the group that this test
 * is in, too.
 */
export function groupPlaces(): string[] {
  const own = /^0::(.*?)(\/server)?$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '';
  const folders = readdirSync(GROUPS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...new Set([GROUPS, join(GROUPS, own), ...folders.map(({ name }) => join(GROUPS, name))])].filter((place) =>
    existsSync(place),
  );
}

/** Where it may keep bundles and states. */
export function stateFolders(stateDir: string): string[] {
  return [join(stateDir, 'oci'), join(runtimeDirectory().path, labelOf(stateDir))].filter((place) => existsSync(place));
}
