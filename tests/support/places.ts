import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runtimeDirectory } from '../../server/oci/runtime-directory.ts';

const GROUPS = '/sys/fs/cgroup';

/** Returns the label by which a server with this state directory marks what it makes. */
export function labelOf(stateDir: string): string {
  return `bankrun-${createHash('sha256').update(resolve(stateDir)).digest('hex').slice(0, 12)}`;
}

/**
 * Returns where a server may make its control group: at the root of either version, or, without root, in this test's
 * own group.
 */
export function groupPlaces(): string[] {
  const own = /^0::(.*?)(\/server)?$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '';
  const folders = readdirSync(GROUPS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...new Set([GROUPS, join(GROUPS, own), ...folders.map(({ name }) => join(GROUPS, name))])].filter((place) =>
    existsSync(place),
  );
}

/** Returns where a server may keep bundles and states. */
export function stateFolders(stateDir: string): string[] {
  return [join(stateDir, 'oci'), join(runtimeDirectory().path, labelOf(stateDir))].filter((place) => existsSync(place));
}
