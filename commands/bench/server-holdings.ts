import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { labelOf } from '../../server/oci/label.ts';
import type { RunningServer } from '../client/server.ts';
import { heapBytes } from './heap.ts';

const GROUPS = '/sys/fs/cgroup';
/** Of control groups: one of version 1 is below its controller, one of version 2 perhaps below the server's own. */
const DEPTH = 4;

/** What a server holds of this machine. */
export interface ServerHoldings {
  /** Processes in its sandboxes. */
  processes: number;
  /** Mounts in its mount namespace. */
  mounts: number;
  /** Control groups of its sandboxes. */
  groups: number;
  descriptors: number;
  /** Its heap after garbage collection, MiB. */
  heapMib: number;
}

/** Returns what a server holds. It must have been started with `--inspect`; `instance` is its INSTANCE. */
export async function serverHoldings(server: RunningServer, instance: string): Promise<ServerHoldings> {
  const { label } = labelOf(join(readConfig().stateDir, instance));
  // Whether zombies are reaped is up to this machine's first process.
  const isProcess = (name: string): boolean =>
    /^\d+$/.test(name) &&
    readIfAny(`/proc/${name}/cgroup`).includes(label) &&
    /^State:\s+[^ZX]/m.test(readIfAny(`/proc/${name}/status`));
  return {
    processes: readdirSync('/proc').filter(isProcess).length,
    mounts: readIfAny(`/proc/${server.pid}/mountinfo`).trim().split('\n').length,
    groups: groupsBelow(GROUPS, DEPTH).filter((path) => path.includes(`/${label}`)).length,
    descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
    heapMib: (await heapBytes(server.log())) / (1 << 20),
  };
}

function groupsBelow(path: string, depth: number): string[] {
  if (depth === 0) return [];
  try {
    const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.flatMap(({ name }) => [join(path, name), ...groupsBelow(join(path, name), depth - 1)]);
  } catch {
    return []; // it has just been removed
  }
}

function readIfAny(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
