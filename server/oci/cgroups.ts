import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ceilingOf, type Ceiling } from './cgroup-ceiling.ts';
import { DISKS, NEEDED, type FileOf, type Hierarchy } from './cgroup-hierarchy.ts';
import { cgroupsV1 } from './cgroups-v1.ts';
import { cgroupsV2 } from './cgroups-v2.ts';
import { openOwnGroup } from './own-cgroup.ts';

/** This machine's control groups, version 1 or 2, with the group for this server's containers. */
export interface Cgroups extends Hierarchy {
  /** The group in which containers' groups are created, relative to each controller's mount point. */
  readonly parent: string;
  /** The limits for all containers together, in addition to each one's own. */
  readonly ceiling: Ceiling;
}

/** Returns the mount point of each version 1 controller, and of version 2, from `/proc/self/mountinfo`. */
function mountsOf(mountinfo: string): { v1: Map<string, string>; v2: string | undefined } {
  const v1 = new Map<string, string>();
  let v2: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type, , options = ''] = after.split(' ');
    if (point === undefined) continue;
    if (type === 'cgroup') for (const name of options.split(',')) v1.set(name, point);
    if (type === 'cgroup2') v2 = point;
  }
  return { v1, v2 };
}

/**
 * Finds the control groups and creates one of that name in which containers' groups can be created with all required
 * controllers. Throws an Error with one sentence that names what is missing.
 */
export async function openCgroups(
  name: string,
  isMachinesRoot: boolean,
  mountinfo = readFileSync('/proc/self/mountinfo', 'utf8'),
): Promise<Cgroups> {
  const { v1, v2 } = mountsOf(mountinfo);
  const isV1 = NEEDED.every((name) => v1.has(name));
  const isV2 = !isV1 && v2 !== undefined && existsSync(join(v2, 'cgroup.controllers'));
  if (!isV1 && !isV2) {
    const missing = NEEDED.filter((name) => !v1.has(name));
    throw new Error(
      `These controllers of control groups are missing: ${missing.join(', ')}. Mount /sys/fs/cgroup, or ` +
        'start the server where it is mounted.',
    );
  }
  const own = isV2 ? await openOwnGroup(v2 ?? '', isMachinesRoot) : '/';
  const parent = join(own, name);
  // With version 1, version 2 may also be mounted, without controllers; runc creates groups there, too.
  const roots = new Set([...(isV1 ? v1.values() : []), ...(v2 === undefined ? [] : [v2])]);
  for (const root of isV1 ? new Set(NEEDED.map((name) => v1.get(name) ?? '')) : roots) {
    const place = join(root, parent);
    await mkdir(place, { recursive: true }).catch((cause: unknown) => {
      throw new Error(
        `Control groups cannot be created in ${root}: start the server as root, or in a container as SECURITY.md says.`,
        { cause },
      );
    });
  }
  if (isV2) await delegate(join(v2 ?? '', own), name);
  const fileOf: FileOf = (controller, path, file) => join(isV1 ? (v1.get(controller) ?? '') : (v2 ?? ''), path, file);
  const cgroups = isV1
    ? cgroupsV1(fileOf, roots, existsSync(fileOf('memory', parent, 'memory.memsw.limit_in_bytes')))
    : cgroupsV2(fileOf, roots);
  const ceiling = isV2 ? await ceilingOf(v2 ?? '', own) : { memoryBytes: Infinity, pids: Infinity };
  return { ...cgroups, parent, ceiling };
}

/** Enables the controllers for the server's group and for the groups of containers in it. */
async function delegate(own: string, name: string): Promise<void> {
  for (const place of [own, join(own, name)]) {
    const enabled = (await readFile(join(place, 'cgroup.subtree_control'), 'utf8')).trim().split(' ');
    for (const needed of NEEDED.filter((controller) => !enabled.includes(controller))) {
      await writeFile(join(place, 'cgroup.subtree_control'), `+${needed}`).catch((cause: unknown) => {
        throw new Error(
          `The ${needed} controller cannot be enabled for containers in ${place}: start the server in a ` +
            'control group of its own (systemd: Delegate=cpu memory pids io), or in a container as ' +
            'SECURITY.md says.',
          { cause },
        );
      });
    }
    // This controller is optional; `limitDisk` rejects when it is missing.
    if (!enabled.includes(DISKS[2]))
      await writeFile(join(place, 'cgroup.subtree_control'), `+${DISKS[2]}`).catch(() => undefined);
  }
}
