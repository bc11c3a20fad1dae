import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { labelOf } from '../../server/oci/label.ts';

/** What a tick in /proc is, milliseconds: the same on all machines (`man 5 proc`, USER_HZ). */
const TICK_MS = 10;

/** Processor time of a process, milliseconds: its own, and that of the programs which it started and which ended. */
export interface ProcessTime {
  ownMs: number;
  endedMs: number;
}

/** Returns the processor time that a live process has used. */
export function processTime(pid: number): ProcessTime {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may contain anything; user time is field 14.
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11)
    .map(Number);
  return { ownMs: (user + system) * TICK_MS, endedMs: (endedUser + endedSystem) * TICK_MS };
}

/**
 * Returns a function that returns the processor time which all containers of a server have used so far, those that
 * ended included, milliseconds. `instance` is the server's INSTANCE. Throws when it has had no container.
 */
export function containersTime(instance: string): () => number {
  const { stateDir, setup } = readConfig();
  const { label } = labelOf(join(stateDir, instance));
  const group = `${label}-${setup.runtime && 'name' in setup.runtime ? setup.runtime.name : ''}`;
  const { v1, v2 } = mountsOf(readFileSync('/proc/self/mountinfo', 'utf8'));
  const counted = join(v1 ?? '', group, 'cpuacct.usage');
  if (v1 !== undefined && existsSync(counted)) return () => Number(readFileSync(counted, 'utf8')) / 1e6;
  const own = /^0::(\/.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
  // The server makes a group for its containers next to the one that it moves itself to.
  const file = ['/', own, join(own, '..')]
    .map((parent) => join(v2 ?? '', parent, group, 'cpu.stat'))
    .find((one) => existsSync(one));
  if (v2 === undefined || file === undefined) throw new Error(`there is no control group ${group}`);
  return () => Number(/^usage_usec (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1]) / 1000;
}

/** The mount points of the controller that counts processor time in version 1, and of version 2. */
function mountsOf(mountinfo: string): { v1?: string; v2?: string } {
  const mounts: { v1?: string; v2?: string } = {};
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type, , options = ''] = after.split(' ');
    if (point === undefined) continue;
    if (type === 'cgroup' && options.split(',').includes('cpuacct')) mounts.v1 = point;
    if (type === 'cgroup2') mounts.v2 = point;
  }
  return mounts;
}
