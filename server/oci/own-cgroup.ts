import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The group for the server itself, because a group that delegates controllers must not contain processes. */
const LEAF = 'server';
/** How often processes are moved, because new ones may be created meanwhile. */
const ROUNDS = 10;

/**
 * Returns the version 2 group, relative to `mount`, in which this server may create groups. For the machine's root user
 * it is the root group. In a container or for an ordinary user it is the group that the server was started in; its
 * processes are moved to a group below it. Throws an Error with one sentence when that is not possible.
 */
export async function openOwnGroup(mount: string, isMachinesRoot: boolean, membership?: string): Promise<string> {
  // The machine's root group has no type; one with a type is the root of a container.
  if (isMachinesRoot && !existsSync(join(mount, 'cgroup.type'))) return '/';
  const own = /^0::(\/.*)$/m.exec(membership ?? (await readFile('/proc/self/cgroup', 'utf8')))?.[1];
  if (own === undefined)
    throw new Error(
      'Sandboxes need control groups of version 2 unless the server runs as the machine’s root: start it as root.',
    );
  // Another server that was started in the same group has already moved us.
  if (own.endsWith(`/${LEAF}`)) return own.slice(0, -LEAF.length - 1) || '/';
  try {
    await moveAll(join(mount, own), join(mount, own, LEAF));
  } catch (cause) {
    throw new Error(
      `The control group ${own} cannot be divided by this server: start with \`npm start\`, as a systemd service ` +
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
    // ESRCH means that the process has ended meanwhile.
    for (const pid of pids)
      await writeFile(join(to, 'cgroup.procs'), pid).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ESRCH') throw cause;
      });
  }
}
