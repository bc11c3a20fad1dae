import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The group that the server itself lives in: one that hands controllers down may hold no process. */
const LEAF = 'server';
/** Processes may be born while others are moved. */
const ROUNDS = 10;

/**
 * The group of version 2, below `mount`, in which this server may make groups. It is the machine's root for the
 * machine's root user. Elsewhere, in a container or as an ordinary user, it is the one that we were started in, all of
 * whose processes are moved to a group below it. Throws an Error with one sentence.
 */
export async function openOwnGroup(mount: string, isMachinesRoot: boolean, membership?: string): Promise<string> {
  // The machine's own root group has no type: a root that has one is a container's.
  if (isMachinesRoot && !existsSync(join(mount, 'cgroup.type'))) return '/';
  const own = /^0::(\/.*)$/m.exec(membership ?? (await readFile('/proc/self/cgroup', 'utf8')))?.[1];
  if (own === undefined)
    throw new Error(
      'Without the machine’s root, sandboxes need control groups of version 2: start the server as root.',
    );
  // As another server from the same start sees it.
  if (own.endsWith(`/${LEAF}`)) return own.slice(0, -LEAF.length - 1) || '/';
  try {
    await moveAll(join(mount, own), join(mount, own, LEAF));
  } catch (cause) {
    throw new Error(
      `The control group ${own} is not ours to divide: start with \`npm start\`, as a systemd service ` +
        'with Delegate=yes, or in a container as SECURITY.md says.',
      { cause },
    );
  }
  return own;
}

async function moveAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (let round = 0; round < ROUNDS; round++) {
    const pids = (await readFile(join(from, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean);
    if (pids.length === 0) return;
    // Those that ended meanwhile cannot be moved, and need not.
    for (const pid of pids)
      await writeFile(join(to, 'cgroup.procs'), pid).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ESRCH') throw cause;
      });
  }
}
